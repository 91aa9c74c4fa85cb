import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { secretKey } from './secret-key.ts';

const NONCE = 12;
const TAG = 16;

/** What was encrypted cannot be read: another key, another place, or a changed byte. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

/**
 * AES-256-GCM: nonce (12 bytes) ‖ ciphertext ‖ tag (16 bytes). The nonce is random, so one data key may encrypt up to 2^32 texts
 * (NIST SP 800-38D, 8.3); keys per party and purpose stay far below.
 * @param dataKey 32 bytes
 * @param aad where the text belongs, e.g. record id and field: it is not stored, but `decrypt` needs the same
 */
export function encrypt(dataKey: Buffer, plaintext: Buffer, aad: Buffer): Buffer {
  // of the operating system whatever the house injects elsewhere: a seeded nonce would come twice and give the key away
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', secretKey(dataKey), nonce).setAAD(aad);
  return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** @throws SealBroken when key, place or any byte differs from what was encrypted */
export function decrypt(dataKey: Buffer, sealed: Buffer, aad: Buffer): Buffer {
  if (sealed.length < NONCE + TAG) throw new SealBroken('The encrypted text is too short.');
  const end = sealed.length - TAG;
  const cipher = createDecipheriv('aes-256-gcm', secretKey(dataKey), sealed.subarray(0, NONCE), { authTagLength: TAG }).setAAD(aad);
  cipher.setAuthTag(sealed.subarray(end));
  try {
    return Buffer.concat([cipher.update(sealed.subarray(NONCE, end)), cipher.final()]);
  } catch (error) {
    throw new SealBroken('The encrypted text does not fit this key and place, or was changed.', { cause: error });
  }
}
