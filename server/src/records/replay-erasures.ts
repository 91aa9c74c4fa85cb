import { decodeBundle } from '@perisai/log';
import { erasedHandles } from './record.sql.ts';
import type { Spine } from './spine.ts';

/** Erasures read and destroyed at once: the key store rewrites each file once for all of them. */
const batch = 1_000;

/**
 * Destroys the key of everybody who was erased, again: before a door opens, so that a key store which was brought back from a backup
 * reads nobody's texts who was erased since. Costs one look-up an erasure where nothing was restored.
 *
 * Where the gate refuses, the database may itself be older than an erasure: then the leaves outside it are asked, too.
 * @returns how many keys there were to destroy
 */
export async function replayErasures(spine: Spine): Promise<number> {
  let destroyed = 0;
  for await (const handles of spine.gate.open ? inside(spine) : everywhere(spine)) {
    const gone = await Promise.all(handles.map((handle) => spine.keys.destroy(handle)));
    destroyed += gone.filter(Boolean).length;
  }
  if (destroyed > 0)
    spine.log.warn({ keys: destroyed }, 'the key store held keys of people who were erased: it was restored; they are destroyed again');
  return destroyed;
}

async function* everywhere(spine: Spine): AsyncIterable<string[]> {
  yield* inside(spine);
  yield* outside(spine);
}

async function* inside({ db }: Spine): AsyncIterable<string[]> {
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const page = await pageOf(db, after);
    yield page.map(({ handle }) => handle);
    const last = page.at(-1);
    if (page.length < batch || !last) return;
    after = last.id;
  }
}

const pageOf = (db: Spine['db'], after: string) => db.begin('spine', (tx) => erasedHandles(tx, after, batch));

/** Whatever the checkpoint says: a leaf that lies there was written, and its transaction committed. */
async function* outside({ blobs }: Spine): AsyncIterable<string[]> {
  for await (const path of blobs.list('log/tile/entries/')) {
    const bundle = await blobs.get(path);
    if (bundle === null) continue;
    yield decodeBundle(bundle).flatMap((entry) => erasedBy(Buffer.from(entry).toString('utf8')));
  }
}

function erasedBy(line: string): string[] {
  // A declared gap has an empty line; and most lines need not be parsed.
  if (!line.includes('"party.erased"')) return [];
  const { kind, payload } = JSON.parse(line) as { kind: string; payload: { handle: string } };
  return kind === 'party.erased' ? [payload.handle] : [];
}
