export { type AccessObject, type Action, type Answer, demand, may } from './access.ts';
export { findEntry as rosterEntry, findMember as member, roster } from './member.sql.ts';
export { type Member, type RosterEntry, roleWork, type StaffRole, staffRoles, wholeProvider } from './member.ts';
