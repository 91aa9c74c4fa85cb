import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '../db/transaction.ts';
import { later, technical } from '../db/transaction.ts';

/** Invariant 15: what a key is unique within. */
export interface KeyPlace {
  readonly service: string;
  readonly method: string;
  readonly route: string;
  readonly key: string;
}

export interface StoredAnswer {
  readonly body_hash: Buffer;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly answer: Buffer;
}

interface Tables {
  'perisai.idempotency': KeyPlace & {
    body_hash: Buffer;
    status: number;
    headers: Record<string, string>;
    answer: Buffer;
    created_at: Date;
  };
}

/** Until the transaction ends; false when another transaction holds it. Two places share a lock with probability 2⁻⁶⁴: then one is told to try again. */
export async function tryLock(tx: Tx, place: KeyPlace): Promise<boolean> {
  const digest = createHash('sha256')
    .update(JSON.stringify(['idempotency', place.service, place.method, place.route, place.key]))
    .digest();
  const lock = digest.readBigInt64BE().toString();
  const { rows } = await sql<{ held: boolean }>`select pg_try_advisory_xact_lock(${lock}::bigint) as held`.execute(technical(tx));
  return rows[0]?.held === true;
}

/** Index: primary key. Older than `since` counts as forgotten, whether or not the row is still there. */
export function findAnswer(tx: Tx, place: KeyPlace, since: Date): Promise<StoredAnswer | undefined> {
  return technical<Tables>(tx)
    .selectFrom('perisai.idempotency')
    .select(['body_hash', 'status', 'headers', 'answer'])
    .where('service', '=', place.service)
    .where('method', '=', place.method)
    .where('route', '=', place.route)
    .where('key', '=', place.key)
    .where('created_at', '>', since)
    .executeTakeFirst();
}

/** Replaces a forgotten one. */
export function keepAnswer(tx: Tx, place: KeyPlace, answer: StoredAnswer, createdAt: Date): void {
  const values = { ...answer, created_at: createdAt };
  later(
    technical<Tables>(tx)
      .insertInto('perisai.idempotency')
      .values({ ...place, ...values })
      .onConflict((twin) => twin.columns(['service', 'method', 'route', 'key']).doUpdateSet(values))
      .execute(),
  );
}

/** Index: idempotency_by_age. At most `limit` rows, so that one call stays short. */
export async function deleteAnswers(tx: Tx, before: Date, limit: number): Promise<number> {
  const { rows } = await sql`
    delete from perisai.idempotency
    where ctid = any (array(select ctid from perisai.idempotency where created_at <= ${before} order by created_at limit ${limit}))
    returning 1`.execute(technical(tx));
  return rows.length;
}
