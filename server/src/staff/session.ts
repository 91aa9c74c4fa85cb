import type { Clock } from '../foundation/clock.ts';
import type { Database, Tx } from '../foundation/db/transaction.ts';
import { digest } from '../foundation/digest.ts';
import type { Randomness } from '../foundation/randomness.ts';
import type { Member } from './member.ts';
import { deleteExpired, deleteSession, findSession, insertSession, touchSession } from './session.sql.ts';

/** A working day, and a pause: whichever ends first ends the session. */
export const sessionMs = { absolute: 12 * 60 * 60_000, idle: 30 * 60_000 } as const;

/** Being seen is written down at most this often. */
const noticedEveryMs = 60_000;

/** A fresh session. `token` is what the browser keeps; the database has only its hash. */
export interface NewSession {
  readonly token: string;
  readonly expiresAt: Date;
}

/** Somebody who is logged in. `id` names the session without opening it: forms are bound to it. */
export interface Session {
  readonly id: string;
  readonly member: Member;
}

interface Means {
  readonly db: Database;
  readonly clock: Clock;
}

export async function beginSession(
  tx: Tx,
  means: { readonly clock: Clock; readonly random: Randomness },
  staff: string,
): Promise<NewSession> {
  const at = means.clock.now();
  const token = means.random.bytes(32).toString('base64url');
  const expiresAt = new Date(at.getTime() + sessionMs.absolute);
  await deleteExpired(tx, at);
  await insertSession(tx, { idHash: digest('sha256', token), staff, at, expiresAt });
  return { token, expiresAt };
}

/**
 * Whose session this is, with the roles they have at this moment; null when it is over or its member was disabled. One read a request; being
 * seen is written once a minute.
 */
export async function memberOfSession({ db, clock }: Means, token: string): Promise<Session | null> {
  if (!/^[A-Za-z0-9_-]{43}$/.test(token)) return null;
  const id = digest('sha256', token);
  return db.begin('doors', async (tx) => {
    const row = await findSession(tx, id);
    const now = clock.now();
    if (!row || row.expiresAt <= now || now.getTime() - row.lastSeenAt.getTime() >= sessionMs.idle) return null;
    if (now.getTime() - row.lastSeenAt.getTime() >= noticedEveryMs) await touchSession(tx, id, now);
    return { id, member: row.member };
  });
}

/** Logs out here; other browsers of the same member stay. */
export async function logOut({ db }: Pick<Means, 'db'>, token: string): Promise<void> {
  await db.begin('doors', (tx) => deleteSession(tx, digest('sha256', token)));
}
