import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { seededRandomness } from '../foundation/randomness.ts';
import { newTotpSecret, stepOfCode, totpAddress, totpCode } from './totp.ts';

/** RFC 6238, appendix B: the ASCII secret `12345678901234567890`. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const at = (second: number) => new Date(second * 1000);

test.each([
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130'],
])('the code of second %d is that of RFC 6238', (second, code) => {
  expect(totpCode(secret, at(second))).toBe(code);
  expect(stepOfCode(secret, code, at(second))).toBe(Math.floor(second / 30));
});

test('a code is good one step before and after its own, and not a second longer', () => {
  const start = 1_764_000_000;
  const code = totpCode(secret, at(start));
  const step = start / 30;
  for (const second of [start - 30, start - 1, start, start + 29, start + 30, start + 59])
    expect(stepOfCode(secret, code, at(second)), `${second}`).toBe(step);
  for (const second of [start - 31, start + 60, start + 600]) expect(stepOfCode(secret, code, at(second)), `${second}`).toBeNull();
});

test.each(['', '12345', '1234567', 'abcdef', ' 123456', '１２３４５６', '-12345', '1e5   '])('“%s” is no code', (typed) => {
  expect(stepOfCode(secret, typed, at(59))).toBeNull();
});

test('a secret is 160 bits, which an authenticator app takes and computes with by itself', () => {
  const made = newTotpSecret(seededRandomness('totp'));
  expect(made).toMatch(/^[A-Z2-7]{32}$/);
  const address = new URL(totpAddress(made, 'intan'));
  expect(address.protocol).toBe('otpauth:');
  expect(address.searchParams.get('secret')).toBe(made);
  expect(address.searchParams.get('issuer')).toBe('Perisai');
  expect(totpCode(made, at(1_764_000_000))).toBe(byHand(made, 1_764_000_000));
});

/** HOTP as RFC 4226 writes it, without the library. */
function byHand(base32: string, second: number): string {
  const bits = [...base32].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(second / 30)));
  const mac = createHmac('sha1', key).update(counter).digest();
  const offset = (mac.at(-1) as number) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
