import { keyedDigest } from '../foundation/digest.ts';
import type { Randomness } from '../foundation/randomness.ts';

/** So many are made at a time. */
const recoveryCodes = 10;

const letters = 'abcdefghijkmnpqrstuvwxyz23456789';

/** One-time codes in place of an authenticator's: 50 bits each, without letters that look alike. Shown once; only `recoveryHash` is kept. */
export function newRecoveryCodes(random: Randomness): string[] {
  return Array.from({ length: recoveryCodes }, () => {
    const drawn = [...random.bytes(10)].map((byte) => letters[byte & 31]).join('');
    return `${drawn.slice(0, 5)}-${drawn.slice(5)}`;
  });
}

/** Whether it is written as one, whoever's. Blanks and capitals are forgiven. */
export function asRecoveryCode(typed: string): string | null {
  const code = typed.replace(/[\s-]/g, '').toLowerCase();
  return /^[a-z2-9]{10}$/.test(code) ? code : null;
}

/** Keyed by the installation, and by whose it is: who reads the table can neither try codes nor see that two people have the same. */
export function recoveryHash(secret: Buffer, staff: string, code: string): string {
  return keyedDigest(secret, 'recovery', staff, asRecoveryCode(code) ?? '');
}
