import type { Bag, ExportSource } from './bag.ts';
import { bagFiles, checkPayload, mediaFolder, openBag } from './bag.ts';
import { ExportError } from './failure.ts';
import { readHead } from './head.ts';
import type { Openings } from './openings.ts';
import { checkAllHeld, readOpenings } from './openings.ts';
import { checkRecords } from './records.ts';

/** How to verify. */
export interface VerifyOptions {
  /** The log's verifier key, got elsewhere than from the export: without it the export only proves that it agrees with itself. */
  readonly vkey?: string;
  /** Called after every 10,000 records with their number so far. */
  readonly onProgress?: (records: number) => void;
}

/** What a good export holds. */
export interface ExportReport {
  readonly origin: string;
  /** Leaves of the checkpoint's tree. */
  readonly size: number;
  /** Root hash, base64. */
  readonly root: string;
  readonly vkey: string;
  /** Whether the key was compared with one got elsewhere. */
  readonly keyCompared: boolean;
  readonly records: number;
  readonly openings: number;
  readonly media: number;
  /** Size of the older checkpoint that this log is shown to continue. */
  readonly oldSize: number | null;
  /** Records whose `recorded_at` lies more than 60 s before that of an earlier one: a sign of back-dating. */
  readonly backDated: number;
}

const progressEvery = 10_000;

/**
 * Verifies an export, whole, in bounded memory (some 100 bytes a record, for its id): the bag, the keys, the checkpoint, each record's
 * place in the tree, each opening, each blob.
 * @throws {ExportError} at the first departure, naming file and line.
 */
export async function verifyExport(source: ExportSource, options: VerifyOptions = {}): Promise<ExportReport> {
  const bag = await openBag(source);
  await checkReadme(bag);
  const { checkpoint, vkey, oldSize } = await readHead(bag, options.vkey);
  const openings = await readOpenings(bag);
  const { records, backDated } = await checkRecords(bag, checkpoint, openings, (n) => {
    if (n % progressEvery === 0) options.onProgress?.(n);
  });
  await checkAllHeld(bag, openings);
  await checkMedia(bag, openings);
  await checkPayload(bag);
  return {
    origin: checkpoint.origin,
    size: checkpoint.size,
    root: Buffer.from(checkpoint.root).toString('base64'),
    vkey,
    keyCompared: options.vkey !== undefined,
    records,
    openings: openings.expected.size,
    media: bag.media.length,
    oldSize,
    backDated,
  };
}

async function checkReadme(bag: Bag): Promise<void> {
  if (bag.paths.has(bagFiles.readme)) for await (const _ of bag.text(bagFiles.readme));
}

async function checkMedia(bag: Bag, openings: Openings): Promise<void> {
  for (const hash of bag.media) {
    const path = `${mediaFolder}${hash}`;
    if ((await bag.digest(path)).sha256 !== hash)
      throw new ExportError('bad-media', path, null, 'does not have the SHA-256 that is its name');
    if (!openings.media.has(hash)) throw new ExportError('bad-media', path, null, 'stands in no opening');
  }
}
