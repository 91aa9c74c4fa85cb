import { sql } from 'kysely';
import { later, reading, type Tx, technical } from '../db/transaction.ts';

/** How a try ended: what it asked for is done · taken, not done yet, sent again · not taken, tried again · not taken, and given up. */
export const deliveryResults = ['done', 'taken', 'failed', 'given-up'] as const;
export type DeliveryResult = (typeof deliveryResults)[number];

/** One try of one webhook. */
export interface Attempt {
  readonly service: string;
  /** What the receiver sees as `webhook-id`. */
  readonly message: string;
  readonly type: string;
  /** The action or the notice. */
  readonly subject: string;
  readonly attempt: number;
  readonly at: Date;
  readonly durationMs: number;
  readonly result: DeliveryResult;
  /** Null where there was no answer. */
  readonly status: number | null;
  readonly failure: string | null;
  readonly response: string | null;
  readonly nextAt: Date | null;
}

/** Writes a try down, in the transaction that says what follows from it. */
export function noteAttempt(tx: Tx, a: Attempt): void {
  const noted = sql`insert into perisai.delivery (service, message, type, subject, attempt, at, duration_ms, result, status, failure, response, next_at)
    values (${a.service}, ${a.message}, ${a.type}, ${a.subject}, ${a.attempt}, ${a.at}, ${a.durationMs}, ${a.result}, ${a.status}, ${a.failure}, ${a.response}, ${a.nextAt})`;
  later(noted.execute(technical(tx)));
}

export interface AttemptFilter {
  /** Null: of every service. */
  readonly service: string | null;
  readonly message?: string | undefined;
  readonly subject?: string | undefined;
  readonly result?: DeliveryResult | undefined;
}

/** Tries, the newest first, by keyset. Walks delivery_by_message, or delivery_by_service, or the primary key. */
export async function attempts(
  tx: Tx,
  { service, message, subject, result }: AttemptFilter,
  before: number | undefined,
  limit: number,
): Promise<(Attempt & { readonly id: number })[]> {
  const { rows } = await sql<Attempt & { readonly id: number }>`
    select id, service, message, type, subject, attempt, at, duration_ms as "durationMs", result, status, failure, response, next_at as "nextAt"
    from perisai.delivery where true
      ${service === null ? sql`` : sql`and service = ${service}`} ${message === undefined ? sql`` : sql`and message = ${message}`}
      ${subject === undefined ? sql`` : sql`and subject = ${subject}`} ${result === undefined ? sql`` : sql`and result = ${result}`}
      ${before === undefined ? sql`` : sql`and id < ${before}`}
    order by id desc limit ${limit}`.execute(reading(tx));
  return rows;
}

const keptMs = 30 * 24 * 3_600_000;

/** Forgets tries of more than 30 days ago, at most 5,000 at a time; gives how many, so that a job goes on until 0. Walks delivery_at. */
export async function forgetAttempts(tx: Tx, now: Date): Promise<number> {
  const { rows } = await sql`delete from perisai.delivery where id = any (array(
      select id from perisai.delivery where at < ${new Date(now.getTime() - keptMs)} order by at limit 5000)) returning 1`.execute(
    technical(tx),
  );
  return rows.length;
}
