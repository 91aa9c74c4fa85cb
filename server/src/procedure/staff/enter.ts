import { append } from '../../records/index.ts';
import * as staff from '../../staff/index.ts';

/**
 * Somebody logs in. With a one-time code in place of the authenticator's, that is a record, so that its member and an administrator learn of it.
 * @throws Problem `log-in-failed`, `log-in-locked`
 */
export async function enter(house: staff.StaffHouse, typed: staff.LogIn): Promise<staff.LoggedIn> {
  return staff.logIn(house, typed, undefined, async (tx, member, left) => {
    await append(house, tx, {
      kind: 'staff.recovery-used',
      service: staff.wholeProvider,
      parties: [{ role: 'actor', party: member.id, purpose: 'staff' }],
      payload: { staff: member.id, left },
    });
  });
}
