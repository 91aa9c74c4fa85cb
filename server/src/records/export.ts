import {
  bagFiles,
  bagInfoText,
  bagitText,
  type Checkpoint,
  consistencyText,
  manifestText,
  mediaFolder,
  NoteError,
  openCheckpoint,
  openingLine,
  proofLine,
  readmeText,
  recordLine,
  Tree,
  verifierUrl,
  vkeyText,
  type WrittenFile,
} from '@perisai/log';
import type { Tx } from '../foundation/db/transaction.ts';
import type { ZipWriter } from '../foundation/zip.ts';
import { logReader, outsideCheckpoint } from './anchor.ts';
import { announcedKeys } from './announced.ts';
import { keptBytes } from './keep.ts';
import { leavesFrom, leavesOfCase } from './leaf.sql.ts';
import { findSealed } from './record.sql.ts';
import { openings } from './retell.ts';
import type { Spine } from './spine.ts';

export interface ExportRequest {
  /** Only the records of this case; all of them where not given. */
  readonly case?: string;
  /** Indices [from, to). */
  readonly from?: number;
  readonly to?: number;
  /** Also discloses what the records only commit to, and kept media. Personal data leaves with it. */
  readonly openings?: boolean;
  /** An earlier checkpoint note: its tree is shown to be the beginning of this one. */
  readonly since?: string;
  readonly onProgress?: (records: number) => void;
}

/** Leaves read at once: bounds memory whatever the size of the log. */
const window = 500;

/**
 * Writes an export (formats.md, "Records export") file by file into a zip: what is asked for of the anchored log, each record with its
 * proof. Streams; a million records take no more memory than five hundred.
 * @returns how many records it holds, of a log of which size. @throws Error where nothing has been anchored yet.
 */
export async function writeExport(
  spine: Spine,
  zip: ZipWriter,
  request: ExportRequest,
): Promise<{ readonly records: number; readonly size: number }> {
  const checkpoint = await outsideCheckpoint(spine);
  if (checkpoint === null) throw new Error('Nothing has been sealed yet: there is no checkpoint to export against.');
  const { origin, size, note } = checkpoint;
  const tree = new Tree(size, logReader(spine));
  const files: WrittenFile[] = [];
  const add = async (path: string, bytes: string | Uint8Array) => void files.push(await zip.add(path, [Buffer.from(bytes)]));

  // Records and proofs grow side by side; the zip holds one file after the other, so they wait on disk.
  const drafts = await zip.drafts(['records', 'proofs', 'openings']);
  const media = new Map<string, string>();
  let records = 0;
  for await (const leaves of slices(spine, request, size)) {
    const sealed = request.openings
      ? await spine.db.begin('doors', (tx) =>
          findSealed(
            tx,
            leaves.map(({ record }) => record),
          ),
        )
      : [];
    for (const { index, record, line } of leaves) {
      await drafts.records.write(recordLine(Buffer.from(line)));
      await drafts.proofs.write(proofLine(record, index, await tree.inclusionProof(index)));
      for (const { field, salt, value } of await openings(
        spine,
        record,
        sealed.filter((one) => one.record === record),
      )) {
        await drafts.openings.write(openingLine({ id: record, field, salt, value }));
        if (field === '/payload/media') noteMedia(media, line, value as { sha256: string | null; kept: boolean }[]);
      }
    }
    records += leaves.length;
    request.onProgress?.(records);
  }

  const madeAt = spine.clock.now().toISOString();
  await add(bagFiles.readme, readmeText({ origin, madeAt, asked: asked(request), size, records }));
  await add(bagFiles.checkpoint, note);
  await add(bagFiles.vkey, vkeyText(spine.signer.vkey));
  files.push(await zip.add(bagFiles.records, drafts.records.read()), await zip.add(bagFiles.proofs, drafts.proofs.read()));
  if (drafts.openings.size > 0) files.push(await zip.add(bagFiles.openings, drafts.openings.read()));
  if (request.since !== undefined) {
    const { old, vkey } = await openEarlier(spine, request.since);
    if (vkey !== spine.signer.vkey) await add(bagFiles.oldVkey, vkeyText(vkey));
    await add(bagFiles.consistency, consistencyText(request.since, note, await tree.consistencyProof(old.size)));
  }
  for (const [sha256, path] of media) {
    const bytes = await keptBytes(spine, path);
    if (bytes) await add(`${mediaFolder}${sha256}`, bytes);
  }
  await finishBag(spine, zip, files, madeAt);
  return { records, size };
}

/** An earlier checkpoint, and the key that signed it: today's or, from before a rotation, one that the log announced. @throws NoteError */
async function openEarlier(spine: Spine, note: string): Promise<{ readonly old: Checkpoint; readonly vkey: string }> {
  const keys = await spine.db.begin('doors', announcedKeys);
  for (const vkey of [spine.signer.vkey, ...keys.reverse()]) {
    try {
      return { old: openCheckpoint(note, vkey), vkey };
    } catch (error) {
      if (!(error instanceof NoteError && error.code === 'unsigned')) throw error;
    }
  }
  throw new NoteError('unsigned', 'The earlier checkpoint was signed by no key that this log ever announced.');
}

async function finishBag(spine: Spine, zip: ZipWriter, payload: readonly WrittenFile[], madeAt: string): Promise<void> {
  const tags: WrittenFile[] = [];
  const tag = async (path: string, bytes: string | Uint8Array) => void tags.push(await zip.add(path, [Buffer.from(bytes)]));
  await tag(bagFiles.bagit, bagitText);
  await tag(bagFiles.info, bagInfoText(payload, madeAt.slice(0, 10), { 'External-Identifier': spine.signer.vkey.split('+')[0] as string }));
  await tag(bagFiles.manifest, manifestText(payload));
  await tag(bagFiles.verifier, await zip.readFile(verifierUrl));
  await zip.add(bagFiles.tagManifest, [Buffer.from(manifestText(tags))]);
  await zip.close();
}

interface Slice {
  readonly index: number;
  readonly record: string;
  readonly line: string;
}

/** What is asked for, ascending, a window at a time, each read in a transaction of its own. */
async function* slices(spine: Spine, { case: caseId, from = 0, to }: ExportRequest, size: number): AsyncIterable<Slice[]> {
  const end = Math.min(to ?? size, size);
  for (let at = from; at < end; ) {
    const rows = await spine.db.begin('doors', (tx: Tx) =>
      caseId === undefined ? leavesFrom(tx, at, Math.min(window, end - at)) : leavesOfCase(tx, caseId, at, window),
    );
    const last = rows.at(-1);
    if (!last) return;
    const slice = rows.filter((row): row is typeof row & Slice => row.record !== null && row.line !== null && row.index < end);
    if (slice.length > 0) yield slice;
    at = last.index + 1;
  }
}

function noteMedia(into: Map<string, string>, line: string, media: readonly { sha256: string | null; kept: boolean }[]): void {
  const { payload } = JSON.parse(line) as { payload: { revision: string } };
  for (const { sha256, kept } of media) if (kept && sha256 !== null) into.set(sha256, `media/${payload.revision}/${sha256}`);
}

function asked({ case: caseId, from, to, openings }: ExportRequest): string {
  const what = caseId === undefined ? `records ${from ?? 0} to ${to === undefined ? 'the last' : to - 1}` : `the records of case ${caseId}`;
  return `${what}${openings ? ', with the confidential fields that can be disclosed' : ''}`;
}
