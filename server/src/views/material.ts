import type { Blobs } from '../foundation/blobs.ts';
import type { Tx } from '../foundation/db/transaction.ts';
import { type ShownType, sniff } from '../foundation/sniff.ts';
import type * as intake from '../intake/questions.ts';
import * as policy from '../policy/questions.ts';
import { keptBytes, type Payload, reveal, type Spine } from '../records/questions.ts';
import * as subjects from '../subjects/questions.ts';

/** A file of it. `state`: kept · known by its hashes alone · still being fetched · not to be had, with the reason · kept once, and not there any more. */
export interface MaterialFile {
  /** Which of the revision's files, from 0. */
  readonly place: number;
  readonly type: string | null;
  readonly sha256: string | null;
  readonly sha1: string | null;
  readonly md5: string | null;
  readonly state: 'kept' | 'hashes' | 'awaited' | 'failed' | 'lost';
  readonly reason: string | null;
  /** Of a file that is kept, what it is by its own bytes; null where they were not asked for. */
  readonly facts: FileFacts | null;
}

/** `type` null: nothing that is shown on a page. */
export interface FileFacts {
  readonly type: ShownType | null;
  readonly size: number;
}

/** What an item said in one revision, as it was sealed. Text and media are null once the author's *evidence* is erased. */
export interface Material {
  readonly revision: string;
  readonly platformRevision: string;
  readonly seenAt: Date;
  /** When the platform took it, as the platform says: it is judged by the guidelines of that day. */
  readonly datedAt: Date | null;
  readonly attested: string;
  readonly complete: boolean;
  readonly text: string | null;
  /** What it replies to or hangs on, as the platform names it. */
  readonly parent: string | null;
  /** Where it stood on the platform. */
  readonly url: string | null;
  /** Of a kind of the service's own: each field as it was sealed. */
  readonly fields: readonly (readonly [name: string, value: unknown])[];
  readonly ad: Payload<'content.snapshotted'>['ad'];
  readonly segment: Payload<'content.snapshotted'>['segment'];
  readonly segments: NonNullable<Payload<'content.snapshotted'>['segments']>;
  readonly media: readonly MaterialFile[];
}

/** Is it kept from eyes that did not ask for it? So it is where the case or any of its reports is about such a harm. */
export function isGuarded(harm: policy.HarmEntry['id'], reports: readonly Pick<intake.Report, 'harm'>[]): boolean {
  return policy.isGuarded([harm, ...reports.map((report) => report.harm)]);
}

/** Without `blobs` no file is opened: what it is known by is told, not what it is. */
type Opened = Pick<Spine, 'keys'> & Partial<Pick<Spine, 'blobs'>>;

/** What these revisions said, newest first. Whoever shows guarded material has written `material.viewed` in this transaction. */
export async function materialOf(spine: Opened, tx: Tx, revisions: readonly string[]): Promise<readonly Material[]> {
  const found: Material[] = [];
  for (const id of revisions) {
    const revision = await subjects.revision(tx, id);
    const sealed = revision && (await reveal(spine, tx, 'content.snapshotted', revision.record));
    if (!revision || !sealed) continue;
    found.push({
      revision: id,
      platformRevision: revision.platformRevision,
      seenAt: revision.seenAt,
      datedAt: revision.datedAt,
      attested: sealed.attested,
      complete: revision.complete,
      text: sealed.text,
      parent: sealed.parent,
      url: sealed.url,
      fields: Object.entries(JSON.parse(sealed.fields ?? '{}') as Record<string, unknown>),
      ad: sealed.ad,
      segment: sealed.segment,
      segments: sealed.segments ?? [],
      media: await filesOf(spine, id, sealed.media ?? [], await subjects.mediaOf(tx, id)),
    });
  }
  return found.reverse();
}

/** What was sealed at once, and what became of the files that were handed in by their address. */
async function filesOf(
  spine: Opened,
  revision: string,
  sealed: NonNullable<Payload<'content.snapshotted'>['media']>,
  late: readonly subjects.AwaitedMedia[],
): Promise<readonly MaterialFile[]> {
  const files: MaterialFile[] = [];
  // One after the other: a file is held whole while it is opened.
  for (const [place, { type, sha256, sha1, md5, kept }] of sealed.entries()) {
    const came = late.findLast((one) => one.place === place);
    const state = kept ? 'kept' : (came?.state ?? 'hashes');
    const about = { place, type, sha256, sha1, md5, reason: came?.reason ?? null };
    if (state !== 'kept' || sha256 === null || spine.blobs === undefined) files.push({ ...about, state, facts: null });
    else {
      const facts = await factsOf({ keys: spine.keys, blobs: spine.blobs }, subjects.mediaPath(revision, sha256));
      files.push({ ...about, state: facts ? 'kept' : 'lost', facts });
    }
  }
  return files;
}

/** What files are, of the last that were opened: a path is that of one content for ever, and a case is read many times while it is decided. */
const opened = new WeakMap<Blobs, Map<string, FileFacts>>();
const remembered = 2_000;

async function factsOf(spine: Pick<Spine, 'keys' | 'blobs'>, path: string): Promise<FileFacts | null> {
  const known = opened.get(spine.blobs) ?? new Map<string, FileFacts>();
  opened.set(spine.blobs, known);
  const before = known.get(path);
  if (before) return before;
  const bytes = await keptBytes(spine, path);
  if (bytes === null) return null;
  const facts = { type: sniff(bytes), size: bytes.length };
  if (known.size >= remembered) known.delete(known.keys().next().value as string);
  known.set(path, facts);
  return facts;
}
