import { Problem } from '../../foundation/http/problems.ts';
import { append } from '../../records/index.ts';
import * as staff from '../../staff/index.ts';

/**
 * Ends a member's access at once, in every browser, for good. Doing it again changes nothing.
 * @throws Problem `forbidden`, `not-found`, `conflict` (nobody would be administrator)
 */
export async function disable(house: staff.StaffHouse, member: staff.Member, input: { readonly member: string }): Promise<void> {
  staff.demand(member, 'staff.manage', 'staff');
  await house.db.begin('doors', async (tx) => {
    await staff.lockRoster(tx);
    const roster = await staff.roster(tx);
    staff.demand(staff.asOfNow(roster, member), 'staff.manage', 'staff');
    const entry = roster.find(({ id }) => id === input.member);
    if (!entry) throw new Problem('not-found', 'There is no such member of staff.');
    if (entry.disabled) return;
    if (staff.leavesNobody(roster, entry.id, [])) throw new Problem('conflict', 'Nobody would be administrator any more.');
    const because = await append(house, tx, {
      kind: 'staff.disabled',
      service: staff.wholeProvider,
      parties: [
        { role: 'member', party: entry.id, purpose: 'staff' },
        { role: 'actor', party: member.id, purpose: 'staff' },
      ],
      payload: { staff: entry.id },
    });
    await staff.disable(because);
    await staff.revokeCredential(tx, entry.id);
  });
}
