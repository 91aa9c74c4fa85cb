import { Problem } from '../../foundation/http/problems.ts';
import { append } from '../../records/index.ts';
import * as staff from '../../staff/index.ts';

/**
 * An administrator gives a member new secrets, to be handed over once: they lost password or authenticator. Old ones open nothing any more,
 * nor do recovery codes, and every session of theirs is over.
 * @throws Problem `forbidden`, `same-person` (own ones), `not-found`, `conflict` (disabled)
 */
export async function resetSecrets(
  house: staff.StaffHouse,
  member: staff.Member,
  input: { readonly member: string },
): Promise<staff.Secrets & { readonly login: string; readonly name: string }> {
  staff.demand(member, 'staff.reset', { type: 'member', id: input.member });
  const { plain, sealed } = await staff.newSecrets(house);
  return house.db.begin('doors', async (tx) => {
    await staff.lockRoster(tx);
    const roster = await staff.roster(tx);
    staff.demand(staff.asOfNow(roster, member), 'staff.reset', { type: 'member', id: input.member });
    const entry = roster.find(({ id }) => id === input.member);
    if (!entry) throw new Problem('not-found', 'There is no such member of staff.');
    if (entry.disabled || entry.login === null || entry.name === null) throw new Problem('conflict', 'Who is disabled cannot log in.');
    await append(house, tx, {
      kind: 'staff.secrets-reset',
      service: staff.wholeProvider,
      parties: [
        { role: 'member', party: entry.id, purpose: 'staff' },
        { role: 'actor', party: member.id, purpose: 'staff' },
      ],
      payload: { staff: entry.id },
    });
    await staff.giveCredential(tx, entry.id, sealed, house.clock.now());
    await staff.dropRecoveryCodes(tx, entry.id);
    return { ...plain, login: entry.login, name: entry.name };
  });
}
