import { reading, type Tx, technical } from '../foundation/db/transaction.ts';
import type { Member } from './member.ts';

interface Tables {
  'staff.session': { id_hash: string; staff: string; created_at: Date; last_seen_at: Date; expires_at: Date };
  'staff.member': { id: string; name: string | null; roles: string[]; languages: string[]; disabled: boolean };
}

/** One of a member's own sessions. */
export interface OwnSession {
  readonly id: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
}

export interface SessionRow {
  readonly idHash: string;

  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly member: Member;
}

export async function insertSession(
  tx: Tx,
  session: { readonly idHash: string; readonly staff: string; readonly at: Date; readonly expiresAt: Date },
): Promise<void> {
  const { idHash, staff, at, expiresAt } = session;
  await technical<Tables>(tx)
    .insertInto('staff.session')
    .values({ id_hash: idHash, staff, created_at: at, last_seen_at: at, expires_at: expiresAt })
    .execute();
}

/** The session with its member as they are *now*; none for who is disabled. Served by the primary keys. */
export async function findSession(tx: Tx, idHash: string): Promise<SessionRow | undefined> {
  const row = await reading<Tables>(tx)
    .selectFrom('staff.session as s')
    .innerJoin('staff.member as m', 'm.id', 's.staff')
    .select(['s.created_at', 's.last_seen_at', 's.expires_at', 'm.id', 'm.name', 'm.roles', 'm.languages'])
    .where('s.id_hash', '=', idHash)
    .where('m.disabled', '=', false)
    .where('m.name', 'is not', null)
    .executeTakeFirst();
  if (!row) return undefined;
  const { id, name, roles, languages } = row;
  return {
    idHash,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    expiresAt: row.expires_at,
    member: { id, name, roles, languages } as Member,
  };
}

export async function touchSession(tx: Tx, idHash: string, at: Date): Promise<void> {
  await technical<Tables>(tx).updateTable('staff.session').set({ last_seen_at: at }).where('id_hash', '=', idHash).execute();
}

export async function deleteSession(tx: Tx, idHash: string): Promise<void> {
  await technical<Tables>(tx).deleteFrom('staff.session').where('id_hash', '=', idHash).execute();
}

/** Logs a member out everywhere. Served by session_by_staff. */
export async function deleteSessionsOf(tx: Tx, staff: string): Promise<void> {
  await technical<Tables>(tx).deleteFrom('staff.session').where('staff', '=', staff).execute();
}

/** Where a member is logged in. Served by session_by_staff. */
export async function sessionsOf(tx: Tx, staff: string, now: Date): Promise<OwnSession[]> {
  const rows = await reading<Tables>(tx)
    .selectFrom('staff.session')
    .select(['id_hash as id', 'created_at as createdAt', 'last_seen_at as lastSeenAt'])
    .where('staff', '=', staff)
    .where('expires_at', '>', now)
    .orderBy('last_seen_at', 'desc')
    .execute();
  return rows;
}

/** All but one. */
export async function endSessions(tx: Tx, staff: string, but: string): Promise<void> {
  await technical<Tables>(tx).deleteFrom('staff.session').where('staff', '=', staff).where('id_hash', '<>', but).execute();
}

/** Served by session_by_expiry. */
export async function deleteExpired(tx: Tx, now: Date): Promise<void> {
  await technical<Tables>(tx).deleteFrom('staff.session').where('expires_at', '<', now).execute();
}
