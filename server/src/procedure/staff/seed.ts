import type { Language } from '../../foundation/i18n/language.ts';
import type * as staff from '../../staff/index.ts';
import { type Enrolled, enrol, enrolFirstAdministrator, type NewMember } from './enrol.ts';

/** Somebody to be seeded; password and secret are drawn where they aren't given. */
export interface Seed extends NewMember, Partial<staff.Secrets> {}

/** A seeded member, with everything that is needed to log in as them. */
export interface Seeded extends Enrolled {
  readonly name: string;
  readonly roles: readonly string[];
  readonly languages: readonly Language[];
}

/** Invented people, at least one for each role and two who can hear each other's appeals. The administrator comes first. */
export const seedPeople: readonly Seed[] = [
  { name: 'Intan Pentadbir', login: 'intan', roles: ['administrator'], languages: ['ms', 'en'] },
  { name: 'Awan Penyemak', login: 'awan', roles: ['moderator'], languages: ['ms', 'en'] },
  { name: 'Xiao Yu', login: 'xiaoyu', roles: ['moderator'], languages: ['zh', 'en'] },
  { name: 'Mullai', login: 'mullai', roles: ['senior-moderator'], languages: ['ta', 'en'] },
  { name: 'Seri Kanan', login: 'seri', roles: ['senior-moderator'], languages: ['ms', 'en'] },
  { name: 'Melur Lindung', login: 'melur', roles: ['child-safety-reviewer'], languages: ['ms', 'en'] },
  { name: 'Kasturi Teduh', login: 'kasturi', roles: ['child-safety-reviewer'], languages: ['ta', 'en'] },
  { name: 'Bayu Ketua', login: 'bayu', roles: ['lead'], languages: ['ms', 'en'] },
  { name: 'Kenanga Hubung', login: 'kenanga', roles: ['law-enforcement-liaison'], languages: ['ms', 'en'] },
  { name: 'Teratai Risiko', login: 'teratai', roles: ['risk-officer'], languages: ['ms', 'en'] },
  { name: 'Cempaka Patuh', login: 'cempaka', roles: ['compliance-officer'], languages: ['ms', 'en'] },
  { name: 'Embun Audit', login: 'embun', roles: ['auditor'], languages: ['ms', 'en'] },
  { name: 'Fajar Latih', login: 'fajar', roles: ['trainer'], languages: ['ms', 'en'] },
  { name: 'Suria Jaga', login: 'suria', roles: ['safeguarding-officer'], languages: ['ms', 'en'] },
  { name: 'Pena Sunting', login: 'pena', roles: ['policy-editor'], languages: ['ms', 'en'] },
];

/**
 * Staff for a demonstration, the story or a test, on an installation without any. Every enrolment is a record like any other.
 * @param people the first is the administrator, who enrols the others
 * @throws Problem `conflict` where there is staff already
 */
export async function seedStaff(house: staff.StaffHouse, people: readonly Seed[] = seedPeople): Promise<Seeded[]> {
  const [first, ...others] = people;
  if (!first?.roles.includes('administrator')) throw new TypeError('The first of the seeded people is the administrator.');
  const enrolled = await enrolFirstAdministrator(house, first, secretsOf(first));
  const seeded: Seeded[] = [{ ...enrolled, ...shown(first), roles: ['administrator'] }];
  const administrator: staff.Member = { id: enrolled.id, name: first.name, roles: ['administrator'], languages: first.languages };
  for (const person of others) seeded.push({ ...(await enrol(house, administrator, person, secretsOf(person))), ...shown(person) });
  return seeded;
}

function secretsOf({ password, totpSecret }: Seed): Partial<staff.Secrets> {
  return { ...(password === undefined ? {} : { password }), ...(totpSecret === undefined ? {} : { totpSecret }) };
}

function shown({ name, roles, languages }: Seed) {
  return { name, roles, languages };
}
