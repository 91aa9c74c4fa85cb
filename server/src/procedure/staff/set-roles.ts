import { Problem } from '../../foundation/http/problems.ts';
import { append } from '../../records/index.ts';
import * as staff from '../../staff/index.ts';

/**
 * Gives a member these roles and no others. They hold from the next request on.
 * @throws Problem `forbidden`, `same-person` (own roles), `not-found`, `field-wrong`, `conflict` (disabled; nobody would be administrator)
 */
export async function setRoles(
  house: staff.StaffHouse,
  member: staff.Member,
  input: { readonly member: string; readonly roles: readonly string[] },
): Promise<void> {
  staff.demand(member, 'staff.set-roles', { type: 'member', id: input.member });
  const roles = staff.checkRoles(input.roles);
  await house.db.begin('doors', async (tx) => {
    await staff.lockRoster(tx);
    const roster = await staff.roster(tx);
    staff.demand(staff.asOfNow(roster, member), 'staff.set-roles', { type: 'member', id: input.member });
    const entry = roster.find(({ id }) => id === input.member);
    if (!entry) throw new Problem('not-found', 'There is no such member of staff.');
    if (entry.disabled) throw new Problem('conflict', 'Who is disabled has no roles to set.');
    if (staff.leavesNobody(roster, entry.id, roles)) throw new Problem('conflict', 'Nobody would be administrator any more.');
    if (roles.join() === entry.roles.join()) return;
    const because = await append(house, tx, {
      kind: 'staff.roles-set',
      service: staff.wholeProvider,
      parties: [
        { role: 'member', party: entry.id, purpose: 'staff' },
        { role: 'actor', party: member.id, purpose: 'staff' },
      ],
      payload: { staff: entry.id, roles },
    });
    await staff.setRoles(because);
  });
}
