import type { Tx } from '../foundation/db/transaction.ts';
import { keyedDigest } from '../foundation/digest.ts';
import { Problem } from '../foundation/http/problems.ts';
import { clearAttempts, deleteAttemptsBefore, lockAttempts, putAttempts } from './attempt.sql.ts';
import { type Candidate, candidate, credentialOf, stillThePassword, useStep } from './credential.sql.ts';
import type { StaffHouse } from './credential.ts';
import { countTry, forgottenAfterMs } from './lockout.ts';
import { type Member, normalLogin } from './member.ts';
import { verifyPassword } from './password.ts';
import { countRecoveryCodes, takeRecoveryCode } from './recovery.sql.ts';
import { asRecoveryCode, recoveryHash } from './recovery.ts';
import { beginSession, type NewSession } from './session.ts';
import { stepOfCode } from './totp.ts';

export interface LogIn {
  readonly login: string;
  readonly password: string;
  /** Six digits of the authenticator, or a one-time recovery code. */
  readonly code: string;
}

export interface LoggedIn extends NewSession {
  readonly member: Member;
}

/** What an unknown log-in is compared with, so that it takes as long as a known one. The hash of nothing that anybody can type. */
const nobody = {
  passwordHash: '$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGtub3dzIGl0Lg$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  totpSecret: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
} as const;

/** What is done, in the transaction of the log-in, when somebody came in by a one-time code: the step appends its record. */
export type Recovered = (tx: Tx, member: Member, left: number) => Promise<void>;

/** How secrets are compared: the argon2id function, replaceable so that a test can count the calls. */
export type VerifyPassword = typeof verifyPassword;

/**
 * Password and code at once; the answer doesn't say which was wrong, nor whether the log-in exists: unknown ones are compared, counted and
 * locked like known ones. A code works once.
 * @throws Problem `log-in-failed`, `log-in-locked`
 */
export async function logIn(
  house: StaffHouse,
  typed: LogIn,
  verify: VerifyPassword = verifyPassword,
  recovered: Recovered = async () => undefined,
): Promise<LoggedIn> {
  const login = normalLogin(typed.login);
  const key = keyedDigest(house.secret, 'log-in', login);
  const found = await house.db.begin('doors', async (tx) => {
    await count(house, tx, key);
    return candidate(tx, login);
  });
  const step = await compare(house, found, typed, verify);
  return house.db.begin('doors', async (tx) => {
    const opened =
      found &&
      step !== null &&
      (step === 'recovery' ? await useRecovery(house, tx, found, typed.code, recovered) : await useStep(tx, found, step));
    if (!found || !opened) throw new Problem('log-in-failed', 'Name, password and code do not match, or the code was used before.');
    await clearAttempts(tx, key);
    return { ...(await beginSession(tx, house, found.member.id)), member: found.member };
  });
}

async function count(house: StaffHouse, tx: Tx, key: string): Promise<void> {
  const now = house.clock.now();
  const before = await lockAttempts(tx, key);
  const counted = countTry(before, now);
  if (counted === null) {
    const seconds = Math.ceil(((before?.lockedUntil?.getTime() ?? 0) - now.getTime()) / 1000);
    throw new Problem('log-in-locked', undefined, { retryAfter: seconds });
  }
  await deleteAttemptsBefore(tx, new Date(now.getTime() - forgottenAfterMs));
  await putAttempts(tx, key, counted);
}

/** The code's time step when both are right, else null. Both are always compared, for somebody or for nobody. */
async function compare(
  house: StaffHouse,
  found: Candidate | undefined,
  typed: LogIn,
  verify: VerifyPassword,
): Promise<number | 'recovery' | null> {
  const passwordIsRight = await verify(found?.passwordHash ?? nobody.passwordHash, typed.password);
  const secret = found ? (await house.keyEncryption.unwrap(found.totpSecret)).toString() : await secretOfNobody(house);
  const step = stepOfCode(secret, typed.code, house.clock.now());
  if (!found || !passwordIsRight) return null;
  return step ?? (asRecoveryCode(typed.code) === null ? null : 'recovery');
}

/** A one-time code in place of the authenticator's. Used up; and told, so that it goes on record in the same transaction. */
async function useRecovery(house: StaffHouse, tx: Tx, found: Candidate, typed: string, told: Recovered): Promise<boolean> {
  const { id } = found.member;
  if (!(await stillThePassword(tx, found)) || !(await takeRecoveryCode(tx, id, recoveryHash(house.secret, id, typed)))) return false;
  await told(tx, found.member, await countRecoveryCodes(tx, id));
  return true;
}

/**
 * The password once more, before somebody who is logged in changes how they log in: whoever finds an open browser can't. Wrong ones are counted
 * like those of a log-in.
 * @throws Problem `log-in-failed`, `log-in-locked`
 */
export async function confirmPassword(
  house: StaffHouse,
  member: Member,
  password: string,
  verify: VerifyPassword = verifyPassword,
): Promise<void> {
  const key = keyedDigest(house.secret, 'confirm', member.id);
  const known = await house.db.begin('doors', async (tx) => {
    await count(house, tx, key);
    return credentialOf(tx, member.id);
  });
  if (!known || !(await verify(known.passwordHash, password))) throw new Problem('log-in-failed', 'This is not your password.');
  await house.db.begin('doors', (tx) => clearAttempts(tx, key));
}

/** With a call to the operator's key service, which may be far away: else its absence would tell that nobody has this log-in. */
async function secretOfNobody(house: StaffHouse): Promise<string> {
  await house.keyEncryption.wrap(Buffer.from(nobody.totpSecret));
  return nobody.totpSecret;
}
