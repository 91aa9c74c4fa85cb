export { type AccessObject, type Action, demand, may } from './access.ts';
export { findEntry as rosterEntry, findMember as member, roster } from './member.sql.ts';
export { type Member, type RosterEntry, staffRoles, wholeProvider } from './member.ts';
