import { Problem } from '../foundation/http/problems.ts';
import type { Language } from '../foundation/i18n/language.ts';

/** Each role's work in one line: all roles there are (product.md, "Roles"). A person may hold several. */
export const roleWork = {
  moderator: 'looks at cases and decides them, those of child abuse material excepted',
  'senior-moderator': 'does what a moderator does, hears appeals and confirms what needs two, as the second person',
  lead: 'does what a moderator does, is called before a promise is broken and says why one was',
  'child-safety-reviewer': 'alone sees and decides cases of child abuse material, and nothing else by this role',
  'law-enforcement-liaison': 'refers crimes to the authorities and answers their lawful requests',
  'risk-officer': 'assesses risks and what is done about them; reads, decides nothing about content',
  'compliance-officer': 'answers to the regulator, is told of every exception and says why a promise was broken',
  auditor: 'reads what is on record, changes nothing, sees no material',
  trainer: 'teaches how cases are decided; reads cases and guidelines, decides none',
  administrator: 'enrols staff, sets their roles and helps them back in; decides nothing about content',
  'safeguarding-officer': 'looks after the people who look at harmful content; reads how much waits, sees no material',
  'policy-editor': 'writes guidelines and rules, which another person reviews',
} as const satisfies Readonly<Record<string, string>>;

export type StaffRole = keyof typeof roleWork;

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
