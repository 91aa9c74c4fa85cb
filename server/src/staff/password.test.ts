import { expect, test } from 'vitest';
import { seededRandomness, systemRandomness } from '../foundation/randomness.ts';
import { hashPassword, newPassword, verifyPassword } from './password.ts';

test('passwords are kept as argon2id with 19 MiB, two passes and one lane, each with a salt of its own', async () => {
  const [one, two] = await Promise.all([hashPassword('kata laluan panjang'), hashPassword('kata laluan panjang')]);
  const [, algorithm, version, cost, salt, hash] = one.split('$');
  expect({ algorithm, version, cost }).toEqual({ algorithm: 'argon2id', version: 'v=19', cost: 'm=19456,t=2,p=1' });
  expect(Buffer.from(salt ?? '', 'base64').length).toBeGreaterThanOrEqual(16);
  expect(Buffer.from(hash ?? '', 'base64').length).toBeGreaterThanOrEqual(32);
  expect(two.split('$')[4]).not.toBe(salt);
  expect(await verifyPassword(one, 'kata laluan panjang')).toBe(true);
  expect(await verifyPassword(two, 'kata laluan panjan')).toBe(false);
});

test('a password is the same however a keyboard composes its letters, in any script', async () => {
  const hash = await hashPassword('Café கடவுச்சொல் 密碼');
  expect(await verifyPassword(hash, 'Cafe\u0301 கடவுச்சொல் 密碼')).toBe(true);
  expect(await verifyPassword(hash, 'Cafe கடவுச்சொல் 密碼')).toBe(false);
});

test.each([
  ['eleven letters', 'abcdefghijk'],
  ['eleven faces, which count as one letter each', '🙂'.repeat(11)],
  ['more than two hundred', 'a'.repeat(201)],
  ['nothing', ''],
])('%s are no password', async (_, password) => {
  await expect(hashPassword(password)).rejects.toMatchObject({ code: 'field-wrong' });
});

test('twelve and two hundred letters are', async () => {
  for (const password of ['abcdefghijkl', 'a'.repeat(200), '🙂'.repeat(12)])
    expect(await verifyPassword(await hashPassword(password), password)).toBe(true);
});

test('a password that is drawn has four groups of five letters that nobody mistakes, and comes once', () => {
  const drawn = Array.from({ length: 500 }, () => newPassword(systemRandomness));
  for (const password of drawn) expect(password).toMatch(/^([a-km-z2-9]{5}-){3}[a-km-z2-9]{5}$/);
  expect(new Set(drawn).size).toBe(500);
  expect(new Set(drawn.join('').replaceAll('-', '')).size).toBe(32);
  expect(newPassword(seededRandomness('a'))).not.toBe(newPassword(seededRandomness('b')));
});
