import type { Tx } from '../../foundation/db/transaction.ts';
import { append } from '../../records/index.ts';
import * as staff from '../../staff/index.ts';

type Changed = 'password' | 'recovery-codes' | 'sessions';

/** A member changes how they log in, and nobody else does; each change is a record that says what, never with what. */
async function changed(house: staff.StaffHouse, tx: Tx, member: staff.Member, what: Changed): Promise<void> {
  await append(house, tx, {
    kind: 'staff.own-changed',
    service: staff.wholeProvider,
    parties: [{ role: 'actor', party: member.id, purpose: 'staff' }],
    payload: { staff: member.id, what },
  });
}

/**
 * A new password in place of the old one, which is asked for again. All other sessions are over; this one stays.
 * @throws Problem `log-in-failed` (the old one is wrong), `log-in-locked`, `field-wrong` (the new one is too short)
 */
export async function changePassword(
  house: staff.StaffHouse,
  { id: session, member }: staff.Session,
  typed: { readonly old: string; readonly fresh: string },
): Promise<void> {
  staff.demand(member, 'own.manage', 'own');
  const passwordHash = await staff.hashPassword(typed.fresh);
  await staff.confirmPassword(house, member, typed.old);
  await house.db.begin('doors', async (tx) => {
    await changed(house, tx, member, 'password');
    await staff.replacePassword(tx, member.id, passwordHash, house.clock.now());
    await staff.endSessions(tx, member.id, session);
  });
}

/**
 * Ten new one-time codes for the day on which the authenticator is lost; those before open nothing any more. The password is asked for again.
 * @throws Problem `log-in-failed`, `log-in-locked`
 */
export async function makeRecoveryCodes(house: staff.StaffHouse, member: staff.Member, password: string): Promise<readonly string[]> {
  staff.demand(member, 'own.manage', 'own');
  await staff.confirmPassword(house, member, password);
  const codes = staff.newRecoveryCodes(house.random);
  await house.db.begin('doors', async (tx) => {
    await changed(house, tx, member, 'recovery-codes');
    const hashes = codes.map((code) => staff.recoveryHash(house.secret, member.id, code));
    await staff.putRecoveryCodes(tx, member.id, hashes, house.clock.now());
  });
  return codes;
}

/** Ends every session of theirs but this one: the browser left open elsewhere. */
export async function endOtherSessions(house: staff.StaffHouse, { id: session, member }: staff.Session): Promise<void> {
  staff.demand(member, 'own.manage', 'own');
  await house.db.begin('doors', async (tx) => {
    await changed(house, tx, member, 'sessions');
    await staff.endSessions(tx, member.id, session);
  });
}
