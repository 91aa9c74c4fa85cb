import { generateLogKey, logSigner } from '@perisai/log';
import { sql } from 'kysely';
import { TestClock } from '../src/foundation/clock.ts';
import { connectPools } from '../src/foundation/db/pools.ts';
import { openDatabase, reading, type Tx } from '../src/foundation/db/transaction.ts';
import { createIds } from '../src/foundation/ids.ts';
import { silentLog } from '../src/foundation/log.ts';
import { seededRandomness } from '../src/foundation/randomness.ts';
import { append, type Because, Gate, type Spine } from '../src/records/index.ts';
import { freshDatabase } from './database.ts';
import { memoryBlobs } from './memory-blobs.ts';
import { memoryKeyStore } from './memory-key-store.ts';

export interface TestSpine extends Spine {
  readonly clock: TestClock;
  /** Of the database's owner. */
  readonly url: string;
  close(): Promise<void>;
}

/** What two spines may share, as a restored database and the one it was copied from share their blob store. */
type Shared = Partial<Pick<Spine, 'blobs' | 'keys' | 'signer'>> & { readonly clock?: TestClock };

/** The spine alone: no noun, no step. The gate is shut until a beat has compared; `close` also drops the database. */
export async function testSpine(shared: Shared = {}): Promise<TestSpine> {
  const database = await freshDatabase();
  const spine = spineOn(database.url, shared);
  return {
    ...spine,
    async close() {
      await spine.close();
      await database.drop();
    },
  };
}

/** Another spine on a database that is there, as another process would have it. */
export function spineOn(
  url: string,
  {
    blobs = memoryBlobs(),
    keys = memoryKeyStore(),
    signer = logSigner(generateLogKey('demo/test').skey),
    clock = new TestClock('2026-11-24T01:00:00.000Z'),
  }: Shared = {},
): TestSpine {
  const random = seededRandomness(`spine ${++spines}`);
  const db = openDatabase(connectPools({ url }));
  return {
    db,
    clock,
    random,
    ids: createIds(clock, random),
    signer,
    blobs,
    keys,
    log: silentLog,
    secret: random.bytes(32),
    gate: new Gate(),
    nudge: () => undefined,
    url,
    close: () => db.end(),
  };
}
let spines = 0;

/** A record that says next to nothing. */
export function say(spine: Spine, tx: Tx, inCase?: string): Promise<Because<'material.viewed'>> {
  return append(spine, tx, {
    kind: 'material.viewed',
    service: 'warung',
    ...(inCase === undefined ? {} : { case: inCase }),
    payload: { revision: '00000000-0000-7000-8000-000000000000', why: 'a test', place: null },
  });
}

/** A transaction of its own with that many records. @returns their ids */
export function sayAlone(spine: Spine, records = 1): Promise<string[]> {
  return spine.db.begin('doors', async (tx) => {
    const ids: string[] = [];
    for (let n = 0; n < records; n += 1) ids.push((await say(spine, tx)).record.id);
    return ids;
  });
}

/** A record with a confidential text about somebody. */
export function nameSomebody(spine: Spine, tx: Tx, account: string, name: string): Promise<Because<'account.noted'>> {
  return append(spine, tx, {
    kind: 'account.noted',
    service: 'warung',
    parties: [{ role: 'account', party: account, purpose: 'profile' }],
    payload: { external_id: 'a1', handle: name, language: null, age_band: null },
  });
}

/** What the database answers to a question of a test. */
export function ask<Row>(spine: Pick<Spine, 'db'>, question: string): Promise<Row[]> {
  return spine.db.begin('doors', async (tx) => (await sql.raw<Row>(question).execute(reading(tx))).rows);
}

/** Waits until this work waits for a lock of somebody else. @returns false where it came to its end instead */
export async function waitsForLock(spine: Pick<Spine, 'db'>, work: Promise<unknown>): Promise<boolean> {
  let ended = false;
  const end = () => {
    ended = true;
  };
  work.then(end, end);
  const waiting = 'select 1 from pg_locks join pg_stat_activity using (pid) where not granted and datname = current_database()';
  while (!ended) if ((await ask(spine, waiting)).length > 0) return true;
  return false;
}
