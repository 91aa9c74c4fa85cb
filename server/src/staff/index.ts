export { accessReference } from './access.ts';
export { replacePassword } from './credential.sql.ts';
export { giveCredential, newSecrets, revokeCredential, type Secrets, type SecretWrapping, type StaffHouse } from './credential.ts';
export { confirmPassword, type LoggedIn, type LogIn, logIn } from './log-in.ts';
export {
  disableMember as disable,
  eraseMember as eraseParty,
  insertMember as enrol,
  lockRoster,
  updateRoles as setRoles,
} from './member.sql.ts';
export { asOfNow, checkLogin, checkRoles, leavesNobody } from './member.ts';
export { hashPassword } from './password.ts';
export * from './questions.ts';
export { countRecoveryCodes, dropRecoveryCodes, putRecoveryCodes } from './recovery.sql.ts';
export { newRecoveryCodes, recoveryHash } from './recovery.ts';
export { endSessions, type OwnSession, sessionsOf } from './session.sql.ts';
export { logOut, memberOfSession, type Session, sessionMs } from './session.ts';
export { totpAddress, totpCode } from './totp.ts';
