import {
  appendLeaves,
  bundlePath,
  type Checkpoint,
  encodeBundle,
  NoteError,
  openCheckpoint,
  type Read,
  signCheckpoint,
  tilePath,
  tileWidth,
} from '@perisai/log';
import type { Tx } from '../foundation/db/transaction.ts';
import type { CrashPoint } from './crash-points.ts';
import { becomeSequencer, insertCheckpoint, lastCheckpoint, leafHashAt, leavesFrom, treeSize } from './leaf.sql.ts';
import type { Spine } from './spine.ts';

/** Where the newest checkpoint lies in the blob store; the tiles lie beside it. */
export const checkpointPath = 'log/checkpoint';

/** Leaves anchored by one checkpoint at most: bounds memory when a long tail has to be caught up. */
const anchorLimit = 16_384;

/** Reads a file of the log outside the database. */
export function logReader({ blobs }: Pick<Spine, 'blobs'>): Read {
  return async (path) => (await blobs.get(`log/${path}`)) ?? undefined;
}

/** The newest checkpoint outside the database, its signature verified; null where nothing was ever anchored. */
export async function outsideCheckpoint(spine: Pick<Spine, 'blobs' | 'signer'>): Promise<(Checkpoint & { note: string }) | null> {
  const bytes = await spine.blobs.get(checkpointPath);
  if (bytes === null) return null;
  const note = bytes.toString('utf8');
  return { ...openCheckpoint(note, spine.signer.vkey), note };
}

/**
 * Is this the database that was anchored? Compares the hash of the last anchored leaf inside with the one outside; sizes alone would let
 * pass an older backup that has grown again. Opens or closes the gate, and gives the anchored size, or null where it refuses.
 */
export async function compare(spine: Spine, tx: Tx): Promise<number | null> {
  const difference = await differenceOutside(spine, tx);
  if (typeof difference === 'number') {
    spine.gate.pass();
    return difference;
  }
  if (spine.gate.reason !== difference) spine.log.error({ reason: difference }, 'the log refuses to seal');
  spine.gate.refuse(difference);
  return null;
}

/** The anchored size; or, where inside and outside don't belong together, what is so and what to do. */
async function differenceOutside(spine: Spine, tx: Tx): Promise<number | string> {
  const outside = await outsideCheckpoint(spine).catch((error: unknown) => {
    if (error instanceof NoteError) return error;
    throw error;
  });
  if (outside instanceof NoteError)
    return `The checkpoint in the blob store ${outside.message}. Stop Perisai and bring back the blob store, or the key store with the log's key, from the backups that belong together.`;
  if (outside === null || outside.size === 0) {
    const inside = await lastCheckpoint(tx);
    if (!inside) return 0;
    // The sequencer of another process may have sealed for the first time between the two looks.
    if ((await spine.blobs.get(checkpointPath)) !== null) return differenceOutside(spine, tx);
    return `The database was sealed at ${inside.size} records, but the blob store holds no checkpoint: this is not its blob store. Stop Perisai and give it the blob store of this database, or its newest backup.`;
  }
  const last = outside.size - 1;
  const [inside, tile] = [await leafHashAt(tx, last), await lastTile(spine, outside.size)];
  if (tile.length === 0)
    return `The log was anchored at ${outside.size} records, but the blob store has lost the tile of record ${last}. Stop Perisai and bring back the newest backup of the blob store.`;
  if (inside === undefined)
    return `The log was anchored at ${outside.size} records, but the database has no record ${last}: it was restored from an older backup. ${newestDatabase}`;
  if (!inside.equals(tile))
    return `Record ${last} of the database is not the one that was anchored: it was restored from an older backup and has grown since. ${newestDatabase}`;
  return outside.size;
}

const newestDatabase =
  'Stop Perisai and restore the newest backup of the database, with the write-ahead log up to its end; nothing is lost by waiting, since nothing is accepted.';

/** The hash of the last leaf of a tree of that size, as it lies outside. */
async function lastTile(spine: Spine, size: number): Promise<Buffer> {
  const place = (size - 1) % tileWidth;
  const read = logReader(spine);
  const index = Math.floor((size - 1) / tileWidth);
  const tile = (await read(tilePath(0, index, place + 1))) ?? (await read(tilePath(0, index)));
  return Buffer.from(tile?.subarray(place * 32, place * 32 + 32) ?? []);
}

/**
 * Lays the leaves that are not anchored yet outside the database: entry bundles, then hash tiles, then the signed checkpoint that makes
 * them count. Null where this is not the sequencer or the gate refuses; else the anchored size.
 */
export async function anchor(spine: Spine, tx: Tx, passing: (point: CrashPoint) => void): Promise<number | null> {
  if (!(await becomeSequencer(tx))) return null;
  const from = await compare(spine, tx);
  if (from === null) return null;
  // A crash between the outside and here left a checkpoint that the database does not know: then a blob store that is lost would not be missed.
  if (from > ((await lastCheckpoint(tx))?.size ?? 0)) await noteOutside(spine, tx);
  if ((await treeSize(tx)) === from) return from;
  const firstOfBundle = from - (from % tileWidth);
  const leaves = await leavesFrom(tx, firstOfBundle, anchorLimit);
  const fresh = leaves.slice(from - firstOfBundle);
  const bundles = Array.from({ length: Math.ceil(leaves.length / tileWidth) }, (_, n) => leaves.slice(n * tileWidth, (n + 1) * tileWidth));
  // All at once: each waits for the disk twice.
  await Promise.all(
    bundles.map((bundle, n) =>
      spine.blobs.put(
        `log/${bundlePath(firstOfBundle / tileWidth + n, bundle.length)}`,
        Buffer.from(encodeBundle(bundle.map(({ line }) => Buffer.from(line ?? '')))),
      ),
    ),
  );
  passing('anchor.bundles-written');
  const { size, root, tiles } = await appendLeaves(
    { size: from, read: logReader(spine) },
    fresh.map(({ hash }) => hash),
  );
  await Promise.all(tiles.map(({ path, bytes }) => spine.blobs.put(`log/${path}`, Buffer.from(bytes))));
  passing('anchor.tiles-written');
  const origin = spine.signer.vkey.split('+')[0] as string;
  const note = await signCheckpoint({ origin, size, root }, spine.signer);
  await spine.blobs.put(checkpointPath, Buffer.from(note));
  passing('anchor.checkpoint-written');
  await insertCheckpoint(tx, size, note, spine.clock.now());
  passing('anchor.noted');
  await tidy(spine, from, size);
  return size;
}

async function noteOutside(spine: Spine, tx: Tx): Promise<void> {
  const outside = await outsideCheckpoint(spine);
  if (outside) await insertCheckpoint(tx, outside.size, outside.note, spine.clock.now());
}

/** Takes away what a fuller file replaces: the last partial bundle, and all partial files of a tile that is full now (C2SP tlog-tiles allows it). */
async function tidy(spine: Spine, before: number, size: number): Promise<void> {
  const open = before % tileWidth;
  if (open !== 0) await spine.blobs.delete(`log/${bundlePath(Math.floor(before / tileWidth), open)}`);
  for (let index = Math.floor(before / tileWidth); index < Math.floor(size / tileWidth); index++) {
    for (const whole of [tilePath(0, index), bundlePath(index)])
      for await (const path of spine.blobs.list(`log/${whole}.p/`)) await spine.blobs.delete(path);
  }
}
