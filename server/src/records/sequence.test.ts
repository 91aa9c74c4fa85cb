import { leafHash } from '@perisai/log';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { expectOneTree } from '../../test/log.ts';
import { ask, say, sayAlone, spineOn, type TestSpine, testSpine } from '../../test/spine.ts';
import { crashPoints } from './crash-points.ts';
import { becomeSequencer, nextPending } from './leaf.sql.ts';
import { beat, startSequencer } from './sequence.ts';
import { hearNext } from './subscribe.ts';
import { ensureSubscriber } from './subscriber.sql.ts';

let spine: TestSpine;
beforeEach(async () => {
  spine = await testSpine();
  await beat(spine);
});
afterEach(() => spine.close());

test('a transaction that began first and commits last is passed over by nobody', async () => {
  const heard: string[] = [];
  const listener = {
    name: 'listener',
    kinds: ['material.viewed' as const],
    hear: async (_tx: unknown, { record }: { record: { id: string } }) => void heard.push(record.id),
  };
  await spine.db.begin('jobs', (tx) => ensureSubscriber(tx, listener.name));
  const listen = async () => {
    while (await hearNext(spine, listener));
  };
  const { promise: mayCommit, resolve: commit } = Promise.withResolvers<void>();
  const { promise: written, resolve: wrote } = Promise.withResolvers<string>();
  const slow = spine.db.begin('doors', async (tx) => {
    wrote((await say(spine, tx)).record.id);
    await mayCommit;
  });
  const lower = await written;
  const [higher] = await sayAlone(spine);
  await beat(spine);
  await listen();
  expect(heard).toEqual([higher]);
  commit();
  await slow;
  await beat(spine);
  await listen();
  expect(heard).toEqual([higher, lower]);
  const seqs = (await expectOneTree(spine)).map(({ record }) => record);
  expect(seqs).toEqual([higher, lower]);
  expect((lower as string) < (higher as string)).toBe(true);
});

test('of eight writers at once no record is lost, while two processes would both be the sequencer', async () => {
  const other = spineOn(spine.url, spine);
  await beat(other);
  const beats = [spine, other].map((one) => startSequencer(one, { every: 1 }));
  const said = await Promise.all(
    Array.from({ length: 8 }, async () => {
      const ids: string[] = [];
      for (let n = 0; n < 130; n += 1) ids.push(...(await sayAlone(spine, 1 + (n % 4))));
      return ids;
    }),
  );
  await Promise.all(beats.map((one) => one.stop()));
  while ((await beat(spine)).laid > 0);
  const leaves = await expectOneTree(spine);
  expect(leaves.map(({ record }) => record).sort()).toEqual(said.flat().sort());
  await other.close();
}, 60_000);

test('a leaf is the hash of the line that the record was written with', async () => {
  const [id] = await sayAlone(spine);
  await beat(spine);
  const [{ line, hash }] = (await ask(spine, `select r.line, l.hash from records.record r join records.leaf l on l.record = r.id`)) as [
    { line: string; hash: Buffer },
  ];
  expect(JSON.parse(line)).toMatchObject({ id, kind: 'material.viewed' });
  expect(Buffer.from(leafHash(Buffer.from(line))).equals(hash)).toBe(true);
});

test.each(crashPoints)('a crash at %s loses nothing, and the next beat goes on', async (point) => {
  for (const before of [0, 3, 254, 300]) {
    await sayAlone(spine, before);
    await beat(spine);
    const said = await sayAlone(spine, 5);
    const died = new Error(`died at ${point}`);
    await expect(
      beat(spine, (passed) => {
        if (passed === point) throw died;
      }),
    ).rejects.toBe(died);
    // Whoever takes over is another process, with nothing in its memory.
    const next = spineOn(spine.url, spine);
    await sayAlone(spine, 2);
    while ((await beat(next)).laid > 0);
    await beat(next);
    const leaves = await expectOneTree(next);
    for (const id of said) expect(leaves.filter(({ record }) => record === id)).toHaveLength(1);
    await next.close();
  }
});

test('a crash at the same point again and again still ends in one tree', async () => {
  for (const point of crashPoints) {
    for (let again = 0; again < 3; again += 1) {
      await sayAlone(spine, 90);
      await beat(spine, (passed) => {
        if (passed === point) throw new Error(point);
      }).catch(() => undefined);
    }
  }
  while ((await beat(spine)).laid > 0);
  expect(await expectOneTree(spine)).toHaveLength(crashPoints.length * 270);
});

test('of a queue that is longer than a beat takes the oldest come first', async () => {
  const said = await sayAlone(spine, 7);
  const taken = await spine.db.begin('spine', (tx) => nextPending(tx, 3));
  expect(taken.map(({ record }) => record)).toEqual(said.slice(0, 3));
});

test('who is not the sequencer lays nothing, signs nothing, and still learns whether it may append', async () => {
  await sayAlone(spine, 2);
  await beat(spine);
  await sayAlone(spine);
  const other = spineOn(spine.url, { blobs: spine.blobs, signer: spine.signer });
  await spine.db.begin('spine', async (tx) => {
    expect(await becomeSequencer(tx)).toBe(true);
    expect(await beat(other)).toEqual({ mine: false, laid: 0, sealed: 0 });
  });
  expect(other.gate.open).toBe(true);
  expect(await ask(spine, 'select count(*) from records.pending')).toEqual([{ count: 1 }]);
  await other.close();
});

test('the beat runs at once when it is nudged, and a stop waits for the one under way', async () => {
  const { promise: sealed, resolve } = Promise.withResolvers<number>();
  const running = startSequencer(spine, { every: 3_600_000, onBeat: ({ laid, sealed: size }) => laid > 0 && resolve(size) });
  await sayAlone(spine);
  running.nudge();
  expect(await sealed).toBe(1);
  await running.stop();
  await expectOneTree(spine);
});

test('who is nudged while a beat runs takes a breath before the next one, so that it takes what many commit; a stop waits for no breath', async () => {
  const beats: number[] = [];
  const { promise: first, resolve } = Promise.withResolvers<void>();
  const running = startSequencer(spine, {
    every: 3_600_000,
    breath: 3_600_000,
    onBeat: ({ laid }) => {
      beats.push(laid);
      running.nudge();
      resolve();
    },
  });
  await first;
  for (let n = 0; n < 3; n += 1) {
    await sayAlone(spine);
    running.nudge();
  }
  await running.stop();
  expect(beats).toEqual([0]);
  expect((await beat(spine)).laid).toBe(3);
  await expectOneTree(spine);
});
