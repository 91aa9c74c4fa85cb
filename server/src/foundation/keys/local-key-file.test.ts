import { randomBytes } from 'node:crypto';
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestClock } from '../clock.ts';
import { KeyUnavailable } from './key-encryption.ts';
import { confirmKeyCopy, keyCopyState, openLocalKeyFile, rotateLocalKeyFile } from './local-key-file.ts';

const clock = new TestClock('2026-11-24T00:00:00Z');
let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'perisai-keyfile-'));
  path = join(folder, 'keys', 'key.json');
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('the local key file', () => {
  it('is made on the first opening, for its owner only, and used ever after', async () => {
    const dataKey = randomBytes(32);
    const wrapped = await openLocalKeyFile(path, clock).wrap(dataKey);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(wrapped.includes(dataKey)).toBe(false);
    expect(await openLocalKeyFile(path, clock).unwrap(wrapped)).toEqual(dataKey);
  });

  it('is refused when others can read it', () => {
    openLocalKeyFile(path, clock);
    chmodSync(path, 0o640);
    expect(() => openLocalKeyFile(path, clock)).toThrow(/chmod 600/);
  });

  it('unwraps with the old key after a rotation, and wraps with the new one', async () => {
    const before = openLocalKeyFile(path, clock);
    const dataKey = randomBytes(32);
    const wrapped = await before.wrap(dataKey);
    const { id } = rotateLocalKeyFile(path, clock);
    const after = openLocalKeyFile(path, clock);
    expect(after.id).toBe(id);
    expect(after.id).not.toBe(before.id);
    expect(await after.unwrap(wrapped)).toEqual(dataKey);
    await expect(before.unwrap(await after.wrap(dataKey))).rejects.toThrow(KeyUnavailable);
  });

  it('tells a changed wrapped key', async () => {
    const encryption = openLocalKeyFile(path, clock);
    const wrapped = await encryption.wrap(randomBytes(32));
    wrapped[20] = (wrapped[20] ?? 0) ^ 1;
    await expect(encryption.unwrap(wrapped)).rejects.toThrow(KeyUnavailable);
  });

  it('counts as copied only when a whole, present copy was shown, and not after a rotation', () => {
    expect(keyCopyState(path)).toBe('no file');
    openLocalKeyFile(path, clock);
    expect(keyCopyState(path)).toBe('unconfirmed');
    const copy = join(folder, 'copy.json');
    expect(() => confirmKeyCopy(path, path)).toThrow('the key file itself');
    copyFileSync(path, copy);
    confirmKeyCopy(path, copy);
    expect(keyCopyState(path)).toBe('confirmed');
    rotateLocalKeyFile(path, clock);
    expect(keyCopyState(path)).toBe('unconfirmed');
    expect(() => confirmKeyCopy(path, copy)).toThrow('an old one');
    expect(readFileSync(path, 'utf8')).not.toBe(readFileSync(copy, 'utf8'));
  });
});
