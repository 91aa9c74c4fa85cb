import { sql } from 'kysely';
import { later, type Tx, technical } from '../db/transaction.ts';

/** How fast a receiver may be sent messages: so many a second, and so many at once after a pause. */
export interface Pace {
  readonly perSecond: number;
  readonly atOnce: number;
}

interface Bucket {
  readonly tokens: number;
  readonly at: Date;
}

/** A bucket at a time: what has flowed in since it was last looked at, never above its brim. A clock that went back adds nothing. */
export function refilled({ tokens, at }: Bucket, { perSecond, atOnce }: Pace, now: Date): number {
  const seconds = Math.max(0, now.getTime() - at.getTime()) / 1_000;
  return Math.min(atOnce, tokens + seconds * perSecond);
}

/**
 * How many messages may leave on a lane now, `most` at most; `take` says how many then do. One bucket a lane, shared by all processes:
 * its row is locked until the transaction ends. Another process that holds it just now gets what there is, and we nothing.
 */
export async function drawing(
  tx: Tx,
  lane: string,
  pace: Pace,
  now: Date,
  most: number,
): Promise<{ readonly allowed: number; take(sent: number): void }> {
  const filled = sql`insert into perisai.delivery_bucket (service, tokens, at) values (${lane}, ${pace.atOnce}, ${now}) on conflict do nothing`;
  later(filled.execute(technical(tx)));
  const { rows } = await sql<Bucket>`select tokens, at from perisai.delivery_bucket where service = ${lane} for update skip locked`.execute(
    technical(tx),
  );
  const [bucket] = rows;
  if (!bucket) return { allowed: 0, take: () => undefined };
  const tokens = refilled(bucket, pace, now);
  return {
    allowed: Math.min(most, Math.floor(tokens)),
    take(sent) {
      later(sql`update perisai.delivery_bucket set tokens = ${tokens - sent}, at = ${now} where service = ${lane}`.execute(technical(tx)));
    },
  };
}
