import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Checkpoint, generateLogKey, logSigner, Tree, verifyConsistency } from '@perisai/log';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freshDatabase } from '../../test/database.ts';
import { expectOneTree } from '../../test/log.ts';
import { ask, sayAlone, spineOn, type TestSpine } from '../../test/spine.ts';
import { openDiskBlobs } from '../foundation/disk-blobs.ts';
import { seededRandomness } from '../foundation/randomness.ts';
import { logReader, outsideCheckpoint } from './anchor.ts';
import { crashPoints } from './crash-points.ts';
import { beat } from './sequence.ts';

const program = fileURLToPath(new URL('../../test/sequencer.ts', import.meta.url));
const { skey } = generateLogKey('demo/test');
let folder: string;
let database: Awaited<ReturnType<typeof freshDatabase>>;
let spine: TestSpine;
const seals: Checkpoint[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'perisai-fire-'));
  database = await freshDatabase();
  spine = spineOn(database.url, { blobs: await openDiskBlobs(folder), signer: logSigner(skey) });
  await beat(spine);
  seals.length = 0;
});
afterEach(async () => {
  await spine.close();
  await database.drop();
  await rm(folder, { recursive: true });
});

function sequencer(dieAt?: string): ChildProcess {
  const child = spawn(
    process.execPath,
    ['--conditions=perisai-source', program, database.url, folder, skey, ...(dieAt === undefined ? [] : [dieAt])],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  return child;
}

/** The crash points that it passes. */
const lines = (child: ChildProcess) => createInterface({ input: child.stdout as NonNullable<ChildProcess['stdout']> });

/** Writers that go on whatever becomes of the sequencer, as long as they are allowed transactions: else they would bury it. */
function write(writers: number) {
  let stopping = false;
  let allowed = 0;
  let { promise: more, resolve: wake } = Promise.withResolvers<void>();
  const said: string[] = [];
  const done = Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      while (!stopping) {
        if (allowed-- > 0) said.push(...(await sayAlone(spine, 1 + (writer % 3))));
        else await more;
      }
    }),
  );
  const next = () => {
    wake();
    ({ promise: more, resolve: wake } = Promise.withResolvers<void>());
  };
  return {
    said,
    allow(transactions: number) {
      allowed = Math.max(allowed, 0) + transactions;
      next();
    },
    async stop() {
      stopping = true;
      next();
      await done;
    },
  };
}

/** What lies outside after a kill: never less than before, and a continuation of it. */
async function expectProgress(): Promise<void> {
  const now = await outsideCheckpoint(spine);
  if (now === null) return;
  const before = seals.at(-1);
  if (before) {
    expect(now.size).toBeGreaterThanOrEqual(before.size);
    const proof = await new Tree(now.size, logReader(spine)).consistencyProof(before.size);
    expect(verifyConsistency({ oldSize: before.size, oldRoot: before.root, newSize: now.size, newRoot: now.root, proof })).toBe(true);
  }
  seals.push(now);
}

async function expectAll(said: readonly string[]): Promise<void> {
  // The lock of a process that was just killed is freed when PostgreSQL notices.
  for (let done = false; !done; ) {
    const { mine, laid } = await beat(spine);
    done = mine && laid === 0;
  }
  const leaves = await expectOneTree(spine);
  expect(new Set(leaves.map(({ record }) => record))).toEqual(new Set(said));
  expect(leaves).toHaveLength(said.length);
  const last = await outsideCheckpoint(spine);
  for (const { size, root } of seals)
    expect(Buffer.from(await new Tree(size, logReader(spine)).root()).equals(root), `the tree of ${size} of ${last?.size}`).toBe(true);
}

test('killed 22 times at any moment while eight writers go on, the sequencer loses nothing and signs one tree', async () => {
  const random = seededRandomness('fire');
  const writers = write(8);
  for (let kill = 0; kill < 22; kill += 1) {
    const child = sequencer();
    // The random moment: so many crash points after its start, and then wherever it is when the signal comes.
    let left = 1 + (random.bytes(1)[0] as number) / 4;
    writers.allow(200);
    for await (const _ of lines(child)) {
      writers.allow(10);
      left -= 1;
      if (left <= 0) child.kill('SIGKILL');
    }
    if (child.signalCode === null) await once(child, 'exit');
    expect(child.signalCode).toBe('SIGKILL');
    await expectProgress();
  }
  await writers.stop();
  expect(writers.said.length).toBeGreaterThan(2_000);
  await expectAll(writers.said);
});

test('killed at each of its crash points while writers go on, it loses nothing and signs one tree', async () => {
  const writers = write(4);
  for (const point of [...crashPoints, ...crashPoints]) {
    const child = sequencer(point);
    writers.allow(100);
    child.stdout?.resume();
    const [, signal] = (await once(child, 'exit')) as [number | null, string];
    expect(signal).toBe('SIGKILL');
    await expectProgress();
  }
  await writers.stop();
  await expectAll(writers.said);
});

test('two sequencers side by side, of which one is killed, are one', async () => {
  const writers = write(4);
  for (const point of crashPoints) {
    const [one, other] = [sequencer(), sequencer(point)];
    writers.allow(100);
    other.stdout?.resume();
    let passed = 0;
    let ended = false;
    void once(other, 'exit').then(() => (ended = true));
    // The one that dies may never get its turn while the other goes on: then a kill from outside is its end.
    for await (const _ of lines(one)) {
      writers.allow(10);
      passed += 1;
      if (ended || passed === 120) one.kill('SIGKILL');
    }
    other.kill('SIGKILL');
    if (!ended) await once(other, 'exit');
    await expectProgress();
  }
  await writers.stop();
  await expectAll(writers.said);
});

test('a tail longer than one checkpoint takes is anchored in slices, to the same tree', async () => {
  const said: string[] = [];
  for (let n = 0; n < 72; n += 1) said.push(...(await sayAlone(spine, 250)));
  for (let n = 0; n < 3; n += 1)
    await beat(spine, (point) => {
      if (point === 'sequence.laid') throw new Error('not anchored');
    }).catch(() => undefined);
  expect(await ask(spine, 'select count(*) from records.leaf')).toEqual([{ count: 18_000 }]);
  expect(await outsideCheckpoint(spine)).toBeNull();
  expect((await beat(spine)).sealed).toBe(16_384);
  expect((await beat(spine)).sealed).toBe(18_000);
  await expectAll(said);
});
