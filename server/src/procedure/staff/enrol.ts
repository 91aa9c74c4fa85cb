import { Problem } from '../../foundation/http/problems.ts';
import type { Language } from '../../foundation/i18n/language.ts';
import { append } from '../../records/index.ts';
import * as staff from '../../staff/index.ts';

/** Who is to be enrolled. */
export interface NewMember {
  readonly name: string;
  readonly login: string;
  readonly roles: readonly string[];
  readonly languages: readonly Language[];
}

/** With what they log in: to be handed over once. */
export interface Enrolled extends staff.Secrets {
  readonly id: string;
  readonly login: string;
}

/**
 * Takes somebody onto the staff.
 * @throws Problem `forbidden`, `field-wrong`, `conflict` (the log-in is taken)
 */
export async function enrol(
  house: staff.StaffHouse,
  member: staff.Member,
  input: NewMember,
  given: Partial<staff.Secrets> = {},
): Promise<Enrolled> {
  staff.demand(member, 'staff.manage', 'staff');
  return enrolBy(house, input, given, member);
}

/**
 * At set-up, when there is nobody yet: the administrator enrols themselves.
 * @throws Problem `field-wrong`, `conflict` (there is staff already)
 */
export async function enrolFirstAdministrator(
  house: staff.StaffHouse,
  input: Omit<NewMember, 'roles'>,
  given: Partial<staff.Secrets> = {},
): Promise<Enrolled> {
  return enrolBy(house, { ...input, roles: ['administrator'] }, given, null);
}

/** @param by null: themselves, as the first */
async function enrolBy(
  house: staff.StaffHouse,
  input: NewMember,
  given: Partial<staff.Secrets>,
  by: staff.Member | null,
): Promise<Enrolled> {
  const id = house.ids.next();
  const login = staff.checkLogin(input.login);
  const roles = staff.checkRoles(input.roles);
  const name = input.name.trim();
  if (name === '' || name.length > 200) throw new Problem('field-wrong', 'A name has 1 to 200 characters.');
  const { plain, sealed } = await staff.newSecrets(house, given);
  await house.db.begin('doors', async (tx) => {
    await staff.lockRoster(tx);
    const roster = await staff.roster(tx);
    if (by) staff.demand(staff.asOfNow(roster, by), 'staff.manage', 'staff');
    else if (roster.length > 0) throw new Problem('conflict', 'There is staff already: an administrator enrols further members.');
    if (roster.some((entry) => entry.login === login)) throw new Problem('conflict', 'Somebody has this log-in already.');
    const because = await append(house, tx, {
      kind: 'staff.enrolled',
      service: staff.wholeProvider,
      parties: [
        { role: 'member', party: id, purpose: 'staff' },
        { role: 'actor', party: by?.id ?? id, purpose: 'staff' },
      ],
      payload: { staff: id, name, login, roles, languages: [...input.languages] },
    });
    await staff.enrol(because);
    await staff.giveCredential(tx, id, sealed, house.clock.now());
  });
  return { id, login, ...plain };
}
