import type { Tx } from '../foundation/db/transaction.ts';
import type { Spine } from '../records/questions.ts';
import { dropCredential, putCredential } from './credential.sql.ts';
import { hashPassword, newPassword } from './password.ts';
import { dropRecoveryCodes } from './recovery.sql.ts';
import { deleteSessionsOf } from './session.sql.ts';
import { newTotpSecret } from './totp.ts';

/** Seals small secrets under the operator's key-encryption key. Authenticated: `unwrap` throws for what `wrap` did not make. */
export interface SecretWrapping {
  wrap(plain: Buffer): Promise<Buffer>;
  unwrap(wrapped: Buffer): Promise<Buffer>;
}

/** What staff's steps need beside the spine. */
export interface StaffHouse extends Spine {
  readonly keyEncryption: SecretWrapping;
}

/** What a member needs to log in. Shown once, to whoever enrols them; nobody can read it again. */
export interface Secrets {
  readonly password: string;
  /** base32, for an authenticator app. */
  readonly totpSecret: string;
}

/** As they lie in the database. */
export interface SealedSecrets {
  readonly passwordHash: string;
  readonly totpSecret: Buffer;
}

/** What isn't given is drawn. Hashing takes tens of milliseconds: done before a transaction, not in it. */
export async function newSecrets(
  house: StaffHouse,
  given: Partial<Secrets> = {},
): Promise<{ readonly plain: Secrets; readonly sealed: SealedSecrets }> {
  const plain = { password: given.password ?? newPassword(house.random), totpSecret: given.totpSecret ?? newTotpSecret(house.random) };
  const sealed = {
    passwordHash: await hashPassword(plain.password),
    totpSecret: await house.keyEncryption.wrap(Buffer.from(plain.totpSecret)),
  };
  return { plain, sealed };
}

/** From now on the member logs in with these, and any session of theirs is over. */
export async function giveCredential(tx: Tx, staff: string, sealed: SealedSecrets, at: Date): Promise<void> {
  await putCredential(tx, { staff, ...sealed, at });
  await deleteSessionsOf(tx, staff);
}

/** Ends every session of the member at once, and leaves nothing to log in with. */
export async function revokeCredential(tx: Tx, staff: string): Promise<void> {
  await dropCredential(tx, staff);
  await dropRecoveryCodes(tx, staff);
  await deleteSessionsOf(tx, staff);
}
