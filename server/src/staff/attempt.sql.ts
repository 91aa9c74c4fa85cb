import { sql } from 'kysely';
import { type Tx, technical } from '../foundation/db/transaction.ts';
import type { Attempts } from './lockout.ts';

interface Tables {
  'staff.attempt': { login_hash: string; failed_count: number; last_at: Date; locked_until: Date | null };
}

/** The tries of one log-in, alone until the transaction ends: of a hundred at once each sees those before it. Served by the primary key. */
export async function lockAttempts(tx: Tx, loginHash: string): Promise<Attempts | null> {
  await sql`select pg_advisory_xact_lock(hashtext(${`staff.attempt ${loginHash}`}))`.execute(technical(tx));
  const row = await technical<Tables>(tx)
    .selectFrom('staff.attempt')
    .select(['failed_count', 'last_at', 'locked_until'])
    .where('login_hash', '=', loginHash)
    .executeTakeFirst();
  return row ? { failed: row.failed_count, lastAt: row.last_at, lockedUntil: row.locked_until } : null;
}

export async function putAttempts(tx: Tx, loginHash: string, { failed, lastAt, lockedUntil }: Attempts): Promise<void> {
  const counted = { failed_count: failed, last_at: lastAt, locked_until: lockedUntil };
  await technical<Tables>(tx)
    .insertInto('staff.attempt')
    .values({ login_hash: loginHash, ...counted })
    .onConflict((on) => on.column('login_hash').doUpdateSet(counted))
    .execute();
}

export async function clearAttempts(tx: Tx, loginHash: string): Promise<void> {
  await technical<Tables>(tx).deleteFrom('staff.attempt').where('login_hash', '=', loginHash).execute();
}

/** Served by attempt_by_last. */
export async function deleteAttemptsBefore(tx: Tx, time: Date): Promise<void> {
  await technical<Tables>(tx).deleteFrom('staff.attempt').where('last_at', '<', time).execute();
}
