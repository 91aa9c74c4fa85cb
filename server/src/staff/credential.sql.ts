import { reading, type Tx, technical } from '../foundation/db/transaction.ts';
import type { Member } from './member.ts';

interface CredentialRow {
  staff: string;
  password_hash: string;
  totp_secret: Buffer;
  totp_last_step: number;
  changed_at: Date;
}
interface Tables {
  'staff.credential': CredentialRow;
  'staff.member': { id: string; name: string | null; login: string | null; roles: string[]; languages: string[]; disabled: boolean };
}

/** Somebody who could log in, and what their password and code are compared with. */
export interface Candidate {
  readonly member: Member;
  readonly passwordHash: string;
  readonly totpSecret: Buffer;
}

export async function putCredential(
  tx: Tx,
  credential: { readonly staff: string; readonly passwordHash: string; readonly totpSecret: Buffer; readonly at: Date },
): Promise<void> {
  const fresh = {
    password_hash: credential.passwordHash,
    totp_secret: credential.totpSecret,
    totp_last_step: 0,
    changed_at: credential.at,
  };
  await technical<Tables>(tx)
    .insertInto('staff.credential')
    .values({ staff: credential.staff, ...fresh })
    .onConflict((on) => on.column('staff').doUpdateSet(fresh))
    .execute();
}

export async function dropCredential(tx: Tx, staff: string): Promise<void> {
  await technical<Tables>(tx).deleteFrom('staff.credential').where('staff', '=', staff).execute();
}

/** Served by member's unique login. */
export async function candidate(tx: Tx, login: string): Promise<Candidate | undefined> {
  const row = await reading<Tables>(tx)
    .selectFrom('staff.member as m')
    .innerJoin('staff.credential as c', 'c.staff', 'm.id')
    .select(['m.id', 'm.name', 'm.roles', 'm.languages', 'c.password_hash', 'c.totp_secret'])
    .where('m.login', '=', login)
    .where('m.disabled', '=', false)
    .executeTakeFirst();
  if (!row) return undefined;
  const { id, name, roles, languages } = row;
  return { member: { id, name, roles, languages } as Member, passwordHash: row.password_hash, totpSecret: row.totp_secret };
}

/** The secrets of a member, as they are compared. Served by the primary key. */
export async function credentialOf(tx: Tx, staff: string): Promise<{ passwordHash: string } | undefined> {
  const row = await reading<Tables>(tx)
    .selectFrom('staff.credential')
    .select('password_hash')
    .where('staff', '=', staff)
    .executeTakeFirst();
  return row && { passwordHash: row.password_hash };
}

export async function replacePassword(tx: Tx, staff: string, passwordHash: string, at: Date): Promise<void> {
  await technical<Tables>(tx)
    .updateTable('staff.credential')
    .set({ password_hash: passwordHash, changed_at: at })
    .where('staff', '=', staff)
    .execute();
}

/** The same, where no code was used: false when the password was replaced since it was compared. Locks the row until the transaction ends. */
export async function stillThePassword(tx: Tx, { member, passwordHash }: Candidate): Promise<boolean> {
  const row = await technical<Tables>(tx)
    .selectFrom('staff.credential')
    .select('staff')
    .where('staff', '=', member.id)
    .where('password_hash', '=', passwordHash)
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Uses up a code's time step; false when this or a later one was used before, and when the password was replaced since it was compared. Of
 * two at once one wins: the row is locked by the update.
 */
export async function useStep(tx: Tx, { member, passwordHash }: Candidate, step: number): Promise<boolean> {
  const used = await technical<Tables>(tx)
    .updateTable('staff.credential')
    .set({ totp_last_step: step })
    .where('staff', '=', member.id)
    .where('password_hash', '=', passwordHash)
    .where('totp_last_step', '<', step)
    .returning('staff')
    .executeTakeFirst();
  return used !== undefined;
}
