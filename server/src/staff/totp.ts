import { generateSync, generateURI, ScureBase32Plugin, verifySync } from 'otplib';
import type { Randomness } from '../foundation/randomness.ts';

/** RFC 6238 as authenticator apps expect it: SHA-1, six digits, steps of 30 s. One step either way is forgiven. */
const stepSeconds = 30;
const base32 = new ScureBase32Plugin();
const seconds = (at: Date) => Math.floor(at.getTime() / 1000);

/** A fresh secret of 160 bits, base32 without padding. */
export function newTotpSecret(random: Randomness): string {
  return base32.encode(random.bytes(20), { padding: false });
}

/** The code that an authenticator with this secret shows at that time. For the demonstration, the story and tests. */
export function totpCode(secret: string, at: Date): string {
  return generateSync({ secret, epoch: seconds(at) });
}

/** The time step that a code belongs to; null where it is no code of now. Whether it was used before, the caller asks the database. */
export function stepOfCode(secret: string, code: string, at: Date): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const result = verifySync({ secret, token: code, epoch: seconds(at), epochTolerance: stepSeconds });
  return result.valid && 'timeStep' in result ? result.timeStep : null;
}

/** What an authenticator app takes in, as a link or a QR code. */
export function totpAddress(secret: string, login: string): string {
  return generateURI({ issuer: 'Perisai', label: login, secret });
}
