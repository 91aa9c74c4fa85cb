export { type AccessObject, type Action, countsOf, covers, demand, type Lanes, lanesOf, may } from './access.ts';
export { findEntry as rosterEntry, findMember as member, roster } from './member.sql.ts';
export { type Member, type RosterEntry, type StaffRole, staffRoles, wholeProvider } from './member.ts';
