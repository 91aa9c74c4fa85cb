import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const nonceBytes = 12;
const tagBytes = 16;

/**
 * Seals bytes under a data key of 32 bytes: AES-256-GCM, nonce ‖ ciphertext ‖ tag.
 * @param aad what the bytes belong to, so that a sealed text put elsewhere does not open.
 */
export function encrypt(key: Buffer, plaintext: Buffer, aad: Buffer): Buffer {
  // A fresh random nonce from the system whatever randomness is injected: one used twice under a key would open both texts.
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(aad);
  return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** Opens what `encrypt` sealed. @throws Error where key, bytes or `aad` are not the ones it was sealed with. */
export function decrypt(key: Buffer, sealed: Buffer, aad: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes }).setAAD(aad);
  decipher.setAuthTag(sealed.subarray(-tagBytes));
  return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, -tagBytes)), decipher.final()]);
}
