import { Problem } from '../foundation/http/problems.ts';
import type { Language } from '../foundation/i18n/language.ts';
import type { Payload } from '../records/questions.ts';

/** What a member of staff may be; a person may hold several. The words are those of the records. */
export type StaffRole = Payload<'staff.enrolled'>['roles'][number];

/** Each role's work in one line. The list of roles at run time, complete by its type. */
export const roleWork: Readonly<Record<StaffRole, string>> = {
  moderator: 'looks at cases and decides them',
  'senior-moderator': 'does what a moderator does, hears appeals and reverses decisions, as the second person',
  administrator: 'enrols staff and sets their roles; decides nothing about content',
};

export const staffRoles = Object.keys(roleWork) as readonly StaffRole[];

/** Records about staff belong to no one service: they stand for the whole provider. */
export const wholeProvider = '*';

/** Who is acting: somebody who is logged in and not disabled. What rights are asked of. */
export interface Member {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly StaffRole[];
  readonly languages: readonly Language[];
}

/** A row of the roster. Name and log-in are null once the person's *staff* key is destroyed. */
export interface RosterEntry {
  readonly id: string;
  readonly name: string | null;
  readonly login: string | null;
  readonly roles: readonly StaffRole[];
  readonly languages: readonly Language[];
  readonly disabled: boolean;
  readonly enrolledAt: Date;
}

/** A log-in as it is kept and compared: NFKC, lower case, without blanks at its ends. */
export function normalLogin(typed: string): string {
  return typed.normalize('NFKC').trim().toLowerCase();
}

/** @throws Problem `field-wrong` where this can't be a log-in: 2 to 100 of a–z, 0–9 and `. _ @ -`, the first a letter or digit. */
export function checkLogin(typed: string): string {
  const login = normalLogin(typed);
  if (!/^[a-z0-9][a-z0-9._@-]{1,99}$/.test(login)) {
    throw new Problem('field-wrong', 'A log-in has 2 to 100 letters a–z, digits and . _ @ -, and begins with a letter or digit.');
  }
  return login;
}

/** @throws Problem `field-wrong` for a role that doesn't exist, or none. Each once, in the order of the list. */
export function checkRoles(asked: readonly string[]): StaffRole[] {
  const unknown = asked.find((role) => !staffRoles.some((known) => known === role));
  if (unknown !== undefined) throw new Problem('field-wrong', 'There is no such role.');
  if (asked.length === 0) throw new Problem('field-wrong', 'A member of staff has at least one role.');
  return staffRoles.filter((role) => asked.includes(role));
}

/**
 * Who acts, with the roles they have now that the roster is locked: what was asked with may have been taken from them meanwhile.
 * @throws Problem `forbidden` for who is disabled, erased or not on the roster
 */
export function asOfNow(roster: readonly RosterEntry[], { id }: Pick<Member, 'id'>): Member {
  const entry = roster.find((one) => one.id === id);
  if (!entry || entry.disabled || entry.name === null) throw new Problem('forbidden', 'You are not on the staff any more.');
  return { id, name: entry.name, roles: entry.roles, languages: entry.languages };
}

/** Would the roster be left without an administrator who can log in, if this member had these roles (none: disabled)? */
export function leavesNobody(roster: readonly RosterEntry[], id: string, roles: readonly StaffRole[]): boolean {
  if (roles.includes('administrator')) return false;
  return !roster.some((entry) => entry.id !== id && !entry.disabled && entry.roles.includes('administrator'));
}
