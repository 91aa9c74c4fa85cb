import { generateLogKey, logSigner } from '@perisai/log';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { copyDatabase } from '../../test/database.ts';
import { expectOneTree } from '../../test/log.ts';
import { memoryBlobs } from '../../test/memory-blobs.ts';
import { ask, sayAlone, spineOn, type TestSpine, testSpine } from '../../test/spine.ts';
import { checkpointPath, compare } from './anchor.ts';
import { Gate } from './gate.ts';
import { beat } from './sequence.ts';

let spine: TestSpine;
const opened: { close?(): Promise<void>; drop?(): Promise<void> }[] = [];
beforeEach(async () => {
  spine = await testSpine();
  await beat(spine);
});
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await (one.close ?? one.drop)?.();
  await spine.close();
});

const sealed = async (of: TestSpine, records: number) => {
  await sayAlone(of, records);
  return beat(of);
};

/** A backup of the database as it is now, to be restored beside the blob store that goes on. */
async function backup(): Promise<string> {
  const copy = await copyDatabase(spine.url);
  opened.push(copy);
  return copy.url;
}

function restored(url: string, shared: Parameters<typeof spineOn>[1] = { blobs: spine.blobs, signer: spine.signer }): TestSpine {
  const other = spineOn(url, shared);
  opened.push(other);
  return other;
}

async function expectRefusal(of: TestSpine, says: RegExp): Promise<void> {
  const before = await ask(of, 'select (select count(*) from records.leaf) as leaves, (select count(*) from records.checkpoint) as notes');
  const outside = await of.blobs.get(checkpointPath);
  expect(await beat(of)).toEqual({ mine: false, laid: 0, sealed: 0 });
  await expect(sayAlone(of)).rejects.toMatchObject({ code: 'log-refuses', message: expect.stringMatching(says) });
  expect(of.gate.reason).toMatch(/Stop Perisai and (restore|bring back|give it)/);
  const after = await ask(of, 'select (select count(*) from records.leaf) as leaves, (select count(*) from records.checkpoint) as notes');
  expect(after).toEqual(before);
  expect(await of.blobs.get(checkpointPath)).toEqual(outside);
}

test('nothing is appended before the log was compared with its anchor', async () => {
  const early = restored(spine.url);
  await expect(sayAlone(early)).rejects.toMatchObject({ code: 'log-refuses', message: expect.stringContaining('not been compared') });
  expect(new Gate().open).toBe(false);
});

test('a database restored from an older backup takes no record and seals nothing', async () => {
  await sealed(spine, 10);
  const url = await backup();
  await sealed(spine, 5);
  await expectRefusal(restored(url), /has no record 14: it was restored from an older backup/);
});

test.each([
  ['the same size', 5],
  ['a larger size', 300],
])('nor after it has grown again to %s', async (_, grown) => {
  await sealed(spine, 10);
  const url = await backup();
  // While nobody compared it with the right blob store it was written to, and sealed elsewhere.
  const elsewhere = restored(url, { blobs: memoryBlobs(), signer: spine.signer });
  for await (const path of spine.blobs.list('log/')) await elsewhere.blobs.put(path, (await spine.blobs.get(path)) as Buffer);
  await beat(elsewhere);
  await sealed(spine, 5);
  await sealed(elsewhere, grown);
  await expectRefusal(restored(url), /Record 14 of the database is not the one that was anchored/);
  await sealed(spine, 1);
  await expectOneTree(spine);
});

test('a database that is swapped under a running process shuts the gate with the next beat', async () => {
  await sealed(spine, 3);
  const url = await backup();
  await sealed(spine, 3);
  const running = restored(url, { blobs: memoryBlobs(), signer: spine.signer });
  for await (const path of spine.blobs.list('log/')) await running.blobs.put(path, (await spine.blobs.get(path)) as Buffer);
  running.gate.pass();
  await sayAlone(running);
  await expectRefusal(running, /older backup/);
});

test('a blob store that was emptied refuses', async () => {
  await sealed(spine, 4);
  for await (const path of spine.blobs.list('')) await spine.blobs.delete(path);
  await expectRefusal(spine, /sealed at 4 records, but the blob store holds no checkpoint/);
});

test('also where the process died before it could note the first checkpoint, and noted it later', async () => {
  await sayAlone(spine, 4);
  await beat(spine, (point) => {
    if (point === 'anchor.checkpoint-written') throw new Error('died');
  }).catch(() => undefined);
  await beat(spine);
  for await (const path of spine.blobs.list('')) await spine.blobs.delete(path);
  await expectRefusal(spine, /sealed at 4 records/);
});

test('who looks at the very moment when another process seals for the first time is not refused', async () => {
  const blobs = { ...spine.blobs };
  let looks = 0;
  blobs.get = async (path) => {
    const found = await spine.blobs.get(path);
    if (path === checkpointPath && ++looks === 1) await sealed(spine, 3);
    return found;
  };
  const other = restored(spine.url, { blobs, signer: spine.signer });
  expect(await other.db.begin('spine', (tx) => compare(other, tx))).toBe(3);
  expect(other.gate.open).toBe(true);
});

test('a blob store that lost the tile of the last leaf refuses', async () => {
  await sealed(spine, 4);
  for await (const path of spine.blobs.list('log/tile/0/')) await spine.blobs.delete(path);
  await expectRefusal(spine, /lost the tile of record 3/);
});

test('a checkpoint of another key refuses, and so does one that was changed', async () => {
  await sealed(spine, 4);
  const stranger = restored(spine.url, { blobs: spine.blobs, signer: logSigner(generateLogKey('demo/test').skey) });
  await expectRefusal(stranger, /The checkpoint in the blob store has no signature by demo\/test/);
  const note = ((await spine.blobs.get(checkpointPath)) as Buffer).toString();
  await spine.blobs.put(checkpointPath, Buffer.from(note.replace('\n4\n', '\n3\n')));
  await expectRefusal(spine, /does not bear the signature/);
});

test('a blob store from an older backup is caught up with the same leaves, to the same tree', async () => {
  await sealed(spine, 4);
  const older = memoryBlobs();
  for await (const path of spine.blobs.list('')) await older.put(path, (await spine.blobs.get(path)) as Buffer);
  await sealed(spine, 300);
  const note = await spine.blobs.get(checkpointPath);
  const later = restored(spine.url, { blobs: older, signer: spine.signer });
  expect((await beat(later)).sealed).toBe(304);
  expect(await older.get(checkpointPath)).toEqual(note);
  await expectOneTree(later);
});

test('the gate opens again when the right database is back', async () => {
  await sealed(spine, 4);
  const url = await backup();
  await sealed(spine, 1);
  const wrong = restored(url);
  await expectRefusal(wrong, /older backup/);
  const right = restored(spine.url, { blobs: spine.blobs, signer: spine.signer });
  await beat(right);
  expect(right.gate.open).toBe(true);
  await sealed(right, 1);
  await expectOneTree(right);
});
