import { copyFileSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { perisai, run } from '../../test/command.ts';
import { type FreshDatabase, freshDatabase } from '../../test/database.ts';
import type { Examined } from '../foundation/doctor.ts';
import { doctor } from './doctor.ts';
import { keyFile } from './key-file.ts';
import { service } from './service.ts';

let database: FreshDatabase;
let folder: string;
let env: Record<string, string>;

beforeAll(async () => {
  database = await freshDatabase();
  folder = mkdtempSync(join(tmpdir(), 'perisai-doctor-'));
  env = { DATABASE_URL: database.url, PERISAI_DATA_DIR: folder };
});

afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

/** What the doctor prints with --json, and how it ends. */
async function visit(): Promise<{ code: number; state: string; checks: Examined[] }> {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  let out = '';
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  try {
    const code = await doctor.run(['--json']);
    return { code, ...(JSON.parse(out) as { state: string; checks: Examined[] }) };
  } finally {
    spy.mockRestore();
  }
}

const named = (checks: Examined[], name: string) => checks.find((check) => check.name === name);

test('says of an installation that was never started that it was not, and makes nothing', async () => {
  const none = join(folder, 'none');
  const { code, out } = await perisai(['doctor'], { PERISAI_DATA_DIR: none });
  expect(code).toBe(1);
  expect(out).toMatch(/good {2}node/);
  expect(out).toContain(`BAD   database       Perisai has not been started on ${none} yet.\n`);
  expect(out).toContain('→ perisai start');
  expect(out).toMatch(/1 bad, 0 to look at, 2 good/);
}, 60_000);

test('says what a new installation lacks, each with what to do', async () => {
  await run(service, ['add', '--slug', 'warung', '--name', 'Warung'], env);
  const { code, state, checks } = await visit();
  expect([code, state]).toEqual([1, 'bad']);
  expect(checks.map(({ name }) => name)).toEqual([
    ...['node', 'configuration', 'data folder', 'key file copy', 'disk space', 'database', 'migrations', 'clock', 'log origin', 'e-mail'],
    ...['log', 'log key', 'log times', 'data keys', 'staff', 'two people', 'calls', 'services', 'subscribers', 'counts', 'webhooks'],
  ]);
  expect(checks.filter((check) => check.state !== 'good' && check.todo === undefined)).toEqual([]);
  expect(named(checks, 'log')).toMatchObject({ state: 'good', says: expect.stringMatching(/: 29 records are sealed/) });
  expect(named(checks, 'database')).toMatchObject({ state: 'warn', says: expect.stringContaining('logs in as the owner') });
});

test('is red about the key file until its copy is confirmed', async () => {
  expect(named((await visit()).checks, 'key file copy')).toMatchObject({
    state: 'bad',
    todo: expect.stringContaining('perisai key-file confirm-copy'),
  });
  copyFileSync(join(folder, 'key-file.json'), join(folder, 'copy.json'));
  await run(keyFile, ['confirm-copy', join(folder, 'copy.json')], env);
  expect(named((await visit()).checks, 'key file copy')).toMatchObject({ state: 'good' });
});

test('knows a database that is not the anchored one, and a key store that is not its own', async () => {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query("update records.leaf set hash = decode(repeat('00', 32), 'hex') where index = (select max(index) from records.leaf)");
  await client.end();
  expect(named((await visit()).checks, 'log')).toMatchObject({
    state: 'bad',
    says: expect.stringContaining('is not the one that was anchored'),
  });
  renameSync(join(folder, 'keys/secrets/log-key'), join(folder, 'away'));
  expect(named((await visit()).checks, 'keys')).toMatchObject({ state: 'bad', says: expect.stringContaining('holds no log key') });
});
