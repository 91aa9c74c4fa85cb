export { accessReference } from './access.ts';
export { giveCredential, newSecrets, revokeCredential, type Secrets, type SecretWrapping, type StaffHouse } from './credential.ts';
export { logIn } from './log-in.ts';
export {
  disableMember as disable,
  eraseMember as eraseParty,
  insertMember as enrol,
  lockRoster,
  updateRoles as setRoles,
} from './member.sql.ts';
export { asOfNow, checkLogin, checkRoles, leavesNobody } from './member.ts';
export * from './questions.ts';
export { logOut, memberOfSession, sessionMs } from './session.ts';
export { totpAddress, totpCode } from './totp.ts';
