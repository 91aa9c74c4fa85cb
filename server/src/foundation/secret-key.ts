import { createSecretKey, type KeyObject } from 'node:crypto';

const made = new WeakMap<Uint8Array, KeyObject>();

/**
 * The key object of a secret's bytes, made once as long as they are kept: given bare bytes, node:crypto makes one anew for each call, which
 * takes longer than encrypting or hashing a short text with it. The bytes must not be changed afterwards.
 */
export function secretKey(bytes: Uint8Array): KeyObject {
  let key = made.get(bytes);
  if (key === undefined) {
    key = createSecretKey(bytes);
    made.set(bytes, key);
  }
  return key;
}
