import { generateLogKey, logSigner } from '@perisai/log';
import { TestClock } from '../src/foundation/clock.ts';
import { connectPools } from '../src/foundation/db/pools.ts';
import { openDatabase } from '../src/foundation/db/transaction.ts';
import { createIds } from '../src/foundation/ids.ts';
import { silentLog } from '../src/foundation/log.ts';
import { seededRandomness } from '../src/foundation/randomness.ts';
import { shippedEngine } from '../src/procedure/engine.ts';
import type { House } from '../src/procedure/house.ts';
import { moderationSubscribers } from '../src/procedure/moderation/index.ts';
import { ruleFeed } from '../src/procedure/rules/index.ts';
import { begin } from '../src/procedure/setup/begin.ts';
import { defineSurface, registerService } from '../src/procedure/setup/service.ts';
import { surfaceCache } from '../src/procedure/surfaces.ts';
import { Gate } from '../src/records/index.ts';
import { beat } from '../src/records/sequence.ts';
import { hearNext } from '../src/records/subscribe.ts';
import { ensureSubscriber } from '../src/records/subscriber.sql.ts';
import { createCounter, createRuleCounter } from '../src/screening/index.ts';
import { freshDatabase } from './database.ts';
import { memoryBlobs, memoryKeys } from './memory.ts';

export interface TestHouse extends House {
  readonly clock: TestClock;
  readonly url: string;
  /** Sequences, seals, and lets every subscriber hear all there is: after it, what had to follow has followed. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** A house on a fresh database, with a clock that stands still and memory for blobs and keys; Warung is registered. */
export async function testHouse({
  seed = 'test',
  start = '2026-11-24T01:00:00.000Z',
  mail = null,
  regulator = null,
  undoSeconds = 0,
  bulkAbove = 100,
}: {
  seed?: string;
  start?: string;
  mail?: House['mail'];
  regulator?: House['regulator'];
  undoSeconds?: number;
  bulkAbove?: number;
} = {}): Promise<TestHouse> {
  const database = await freshDatabase();
  const clock = new TestClock(start);
  const random = seededRandomness(seed);
  const db = openDatabase(connectPools({ url: database.url }));
  const signer = logSigner(generateLogKey('demo/test').skey);
  const engine = shippedEngine();
  const ruleCounter = createRuleCounter();
  const house: House = {
    db,
    clock,
    random,
    signer,
    ids: createIds(clock, random),
    blobs: memoryBlobs(),
    keys: memoryKeys() as unknown as House['keys'],
    keyEncryption: { wrap: async (plain) => Buffer.from(plain), unwrap: async (wrapped) => Buffer.from(wrapped) },
    log: silentLog,
    secret: random.bytes(32),
    gate: new Gate(),
    nudge: () => undefined,
    nudgeOutbox: () => undefined,
    engine,
    counter: createCounter(),
    ruleCounter,
    ruleFeed: ruleFeed({ db, engine, counter: ruleCounter, log: silentLog }),
    publicUrl: 'http://127.0.0.1:8088',
    leaseMinutes: 30,
    mail,
    regulator,
    undoSeconds,
    bulkAbove,
    surfaces: surfaceCache(db, clock),
  };
  await beat(house);
  await begin(house);
  await house.ruleFeed.look();
  await registerService(house, { slug: 'warung', name: 'Warung', languages: ['ms', 'en', 'zh', 'ta'], webhookUrl: null });
  await defineSurface(house, 'warung', {
    slug: 'public-feed',
    type: 'public-feed',
    private: 'no',
    privateReason: 'anybody can read it',
    screening: true,
  });
  await defineSurface(house, 'warung', {
    slug: 'private-message',
    type: 'private-message',
    private: 'yes',
    privateReason: 'sent to recipients whom the sender chose',
    screening: false,
  });
  const subscribers = moderationSubscribers(house);
  await db.begin('jobs', async (tx) => {
    for (const { name } of subscribers) await ensureSubscriber(tx, name);
  });
  return {
    ...house,
    clock,
    url: database.url,
    async settle() {
      for (let more = true; more; ) {
        const { laid } = await beat(house);
        more = laid > 0;
        for (const subscriber of subscribers) while (await hearNext(house, subscriber));
      }
    },
    async close() {
      await db.end();
      await database.drop();
    },
  };
}
