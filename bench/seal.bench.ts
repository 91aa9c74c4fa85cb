import { setTimeout as wait } from 'node:timers/promises';
import { appendLeaves, bundlePath, decodeBundle, leafBytes, leafHash, Tree, tileWidth } from '../packages/log/src/index.ts';
import { logReader, outsideCheckpoint } from '../server/src/records/anchor.ts';
import { append, type Spine } from '../server/src/records/index.ts';
import { beat, startSequencer } from '../server/src/records/sequence.ts';
import type { Claim, Measured, Run } from './claim.ts';
import { percentile, seeded } from './figures.ts';
import { layRecords, leafOf } from './log-data.ts';
import { openWired } from './wired.ts';

/** The spine at so many leaves: how fast records are sequenced and sealed, appended, sealed after their commit, and proven. */
export const claim: Claim = {
  unit: 'records/s',
  sizeOf: 'leaves in the log',
  baselineOf: 'the same leaves hashed into a tree in memory: no database, no file',
  short: [1_000, 10_000],
  full: [10_000, 100_000, 1_000_000],
  targets: {
    figure: { atLeast: 60_000 },
    appendPerSecond: { atLeast: 4_000 },
    committedToSealedP99Ms: { atMost: 400 },
    proofColdP99Ms: { atMost: 10 },
    proofWarmMs: { atMost: 0.1 },
  },
  async measure(run) {
    const { house, databaseUrl } = await openWired(run);
    await beat(house);
    const sizes: Measured[] = [];
    for (const size of run.sizes) {
      await grow(house, databaseUrl, size);
      const count = Math.min(size, run.full ? 50_000 : 10_000);
      await layRecords(house, databaseUrl, count);
      const figure = count / (await seconds(() => sealAll(house)));
      sizes.push({ size, figure, baseline: await inMemory(house, count) });
      run.say(`  at ${size} leaves: ${Math.round(figure)} records/s`);
    }
    return {
      sizes,
      more: {
        appendPerSecond: await appends(house, run.seconds),
        ...(await delays(house, run.seconds)),
        ...(await proofs(house, run)),
      },
    };
  },
};

/** Fills the log up to a size; what lies there counts. */
async function grow(house: Spine, databaseUrl: string, size: number): Promise<void> {
  await sealAll(house);
  const there = (await outsideCheckpoint(house))?.size ?? 0;
  for (let at = there; at < size; at += 50_000) {
    await layRecords(house, databaseUrl, Math.min(50_000, size - at));
    await sealAll(house);
  }
}

/** Beats until nothing waits and everything that was laid is anchored. */
async function sealAll(house: Spine): Promise<void> {
  for (let last = -1; ; ) {
    const { laid, sealed } = await beat(house);
    if (laid === 0 && sealed === last) return;
    last = sealed;
  }
}

async function inMemory(house: Spine, count: number): Promise<number> {
  const lines = Array.from({ length: count }, (_, n) => leafBytes(leafOf(house, n)));
  const empty = { size: 0, read: async () => undefined };
  const took = await seconds(async () => void (await appendLeaves(empty, lines.map(leafHash))));
  return count / took;
}

/** One record a transaction, eight at a time, of a kind that speaks of a case. */
function appendOne(house: Spine): Promise<string> {
  return house.db.begin('doors', async (tx) => {
    const [of, item, revision] = [house.ids.next(), house.ids.next(), house.ids.next()];
    const { record } = await append(house, tx, { kind: 'case.revision-added', service: 'bench', case: of, payload: { item, revision } });
    return record.id;
  });
}

async function appends(house: Spine, forSeconds: number): Promise<number> {
  let done = 0;
  const loop = async (end: number) => {
    while (performance.now() < end) {
      await appendOne(house);
      done += 1;
    }
  };
  const eight = (ms: number) => Promise.all(Array.from({ length: 8 }, () => loop(performance.now() + ms)));
  await eight(forSeconds * 200);
  done = 0;
  const took = await seconds(() => eight(forSeconds * 1_000));
  await sealAll(house);
  return done / took;
}

/** From the commit of a record until a checkpoint outside the database holds it, at 500 a second. */
async function delays(house: Spine, forSeconds: number): Promise<Record<string, number>> {
  const before = (await outsideCheckpoint(house))?.size ?? 0;
  const seals: { size: number; at: number }[] = [];
  const sequencer = startSequencer(house, { onBeat: ({ sealed }) => seals.push({ size: sealed, at: performance.now() }) });
  const committed = new Map<string, number>();
  const open = new Set<Promise<void>>();
  const random = seeded(500);
  const end = performance.now() + forSeconds * 1_000;
  for (let next = performance.now(); next < end; ) {
    for (; next <= performance.now(); next += -Math.log(1 - random()) * 2) {
      const one = appendOne(house).then((id) => {
        committed.set(id, performance.now());
        sequencer.nudge();
        open.delete(one);
      });
      open.add(one);
    }
    await wait(1);
  }
  await Promise.all(open);
  await sequencer.stop();
  await sealAll(house);
  seals.push({ size: Number.POSITIVE_INFINITY, at: performance.now() });
  const took: number[] = [];
  for (const [id, index] of await placesOf(house, before)) {
    const at = committed.get(id);
    const sealed = seals.find(({ size }) => size > index);
    if (at !== undefined && sealed) took.push(Math.max(0, sealed.at - at));
  }
  return {
    committedPerSecond: committed.size / forSeconds,
    committedToSealedP50Ms: percentile(took, 0.5),
    committedToSealedP99Ms: percentile(took, 0.99),
  };
}

/** The places of the leaves from one on, read from the entry bundles: what an auditor reads. */
async function placesOf(house: Spine, from: number): Promise<[id: string, index: number][]> {
  const size = (await outsideCheckpoint(house))?.size ?? 0;
  const read = logReader(house);
  const places: [string, number][] = [];
  for (let first = from - (from % tileWidth); first < size; first += tileWidth) {
    const bytes = await read(bundlePath(first / tileWidth, Math.min(tileWidth, size - first)));
    const lines = bytes ? decodeBundle(bytes) : [];
    lines.forEach((line, n) => {
      if (first + n >= from) places.push([(JSON.parse(Buffer.from(line).toString('utf8')) as { id: string }).id, first + n]);
    });
  }
  return places;
}

/** Inclusion proofs of random leaves: cold from the files with nothing in memory, warm where the tiles were read before. */
async function proofs(house: Spine, { full }: Run): Promise<Record<string, number>> {
  const size = (await outsideCheckpoint(house))?.size ?? 0;
  const random = seeded(7);
  const places = Array.from({ length: full ? 1_000 : 200 }, () => Math.floor(random() * size));
  const cold: number[] = [];
  for (const index of places) {
    const tree = new Tree(size, logReader(house));
    cold.push((await seconds(() => tree.inclusionProof(index))) * 1_000);
  }
  const tree = new Tree(size, logReader(house));
  const nearby = places.map((_, n) => Math.max(0, size - 1 - n));
  for (const index of nearby) await tree.inclusionProof(index);
  const warm = await seconds(async () => {
    for (const index of nearby) await tree.inclusionProof(index);
  });
  return {
    proofColdP50Ms: percentile(cold, 0.5),
    proofColdP99Ms: percentile(cold, 0.99),
    proofWarmMs: (warm * 1_000) / nearby.length,
  };
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1_000;
}
