import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decrypt, encrypt, SealBroken } from './seal-text.ts';

const key = randomBytes(32);
const place = Buffer.from('record 1, field text');

describe('an encrypted text', () => {
  it('is read again with the same key and place, whatever it says', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => decrypt(key, encrypt(key, Buffer.from(bytes), place), place).equals(bytes)));
  });

  it('looks different each time', () => {
    expect(encrypt(key, Buffer.from('x'), place)).not.toEqual(encrypt(key, Buffer.from('x'), place));
  });

  it('is not read with another key, at another place, or with any byte changed or missing', () => {
    const sealed = encrypt(key, Buffer.from('rahsia'), place);
    expect(() => decrypt(randomBytes(32), sealed, place)).toThrow(SealBroken);
    expect(() => decrypt(key, sealed, Buffer.from('record 2, field text'))).toThrow(SealBroken);
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => decrypt(key, changed, place)).toThrow(SealBroken);
      expect(() => decrypt(key, sealed.subarray(0, at), place)).toThrow(SealBroken);
    }
  });
});
