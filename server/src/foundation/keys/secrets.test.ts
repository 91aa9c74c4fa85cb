import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TestClock } from '../clock.ts';
import { openLocalKeyFile } from './local-key-file.ts';
import { installationSecret, replaceSecret } from './secrets.ts';

let folder: string;
const clock = new TestClock('2026-11-24T01:00:00Z');
const encryption = () => openLocalKeyFile(join(folder, 'key-file.json'), clock);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'perisai-secrets-'));
});
afterEach(() => rm(folder, { recursive: true }));

const secret = (name: string, plain: string) => installationSecret(folder, encryption(), name, () => Buffer.from(plain));

test('a secret is made once, kept wrapped, and read by its owner only', async () => {
  expect((await secret('log-key', 'first')).toString()).toBe('first');
  expect((await secret('log-key', 'second')).toString()).toBe('first');
  const path = join(folder, 'secrets', 'log-key');
  expect((await readFile(path)).includes('first')).toBe(false);
  expect((await stat(path)).mode & 0o077).toBe(0);
  expect(await readdir(join(folder, 'secrets'))).toEqual(['log-key']);
});

test('of many that make it at the same moment one holds for all', async () => {
  const made = await Promise.all(Array.from({ length: 12 }, (_, n) => secret('installation', `${n}`)));
  expect(new Set(made.map(String)).size).toBe(1);
  expect(await readdir(join(folder, 'secrets'))).toEqual(['installation']);
});

test('a secret takes the place of another', async () => {
  await secret('log-key', 'old');
  await secret('log-key-next', 'new');
  await replaceSecret(folder, { from: 'log-key-next', to: 'log-key' });
  expect((await secret('log-key', 'never')).toString()).toBe('new');
  expect(await readdir(join(folder, 'secrets'))).toEqual(['log-key']);
});
