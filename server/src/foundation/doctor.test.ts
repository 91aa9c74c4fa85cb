import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../test/database.ts';
import { firstChecks, foundationChecks } from './checks.ts';
import { type Clock, systemClock, TestClock } from './clock.ts';
import { loadConfig } from './config.ts';
import { type Check, type Examined, examine, worst } from './doctor.ts';
import { confirmKeyCopy, openLocalKeyFile } from './keys/local-key-file.ts';

let database: FreshDatabase;
let cwd: string;
const migrations = fileURLToPath(new URL('../../migrations', import.meta.url));

beforeAll(async () => {
  database = await freshDatabase();
  cwd = mkdtempSync(join(tmpdir(), 'perisai-doctor-'));
});

afterAll(async () => {
  await database.drop();
  rmSync(cwd, { recursive: true });
});

async function find(
  name: string,
  more: { url?: string; clock?: Clock; directory?: string; env?: Record<string, string> } = {},
): Promise<Examined> {
  const config = loadConfig({ env: { PERISAI_DATA_DIR: cwd, ...more.env }, cwd });
  const given = {
    config,
    databaseUrl: more.url ?? database.url,
    migrations: more.directory ?? migrations,
    clock: more.clock ?? systemClock,
  };
  const check = foundationChecks(given).find((one) => one.name === name) as Check;
  return (await examine([check]))[0] as Examined;
}

describe('the doctor', () => {
  it('asks all, in order, and counts what throws or never answers as bad', async () => {
    const checks: Check[] = [
      { name: 'fine', run: async () => ({ state: 'good', says: 'Fine.' }) },
      { name: 'silent', run: () => new Promise(() => undefined) },
      {
        name: 'broken',
        run: async () => {
          throw Object.assign(new Error('secret words'), { code: 'EIO' });
        },
      },
    ];
    const found = await examine(checks, 20);
    expect(found.map(({ name, state }) => `${name} ${state}`)).toEqual(['fine good', 'silent bad', 'broken bad']);
    expect(found[2]?.says).toBe('The check itself failed: EIO.');
    expect([worst(found), worst(found.slice(0, 1)), worst([])]).toEqual(['bad', 'good', 'good']);
  });

  it('explains an old Node and a configuration that cannot be used', async () => {
    const load = () => loadConfig({ env: { PERISAI_PROT: '1' }, cwd });
    const found = await examine(firstChecks({ load, nodeVersion: '20.20.2' }));
    expect(found.map(({ state }) => state)).toEqual(['bad', 'bad']);
    expect(found[1]?.says).toContain('did you mean PERISAI_PORT?');
    const fine = await examine(firstChecks({ load: () => loadConfig({ env: {}, cwd }), nodeVersion: '24.21.0' }));
    expect(worst(fine)).toBe('good');
  });

  it('wants a data folder of its own', async () => {
    chmodSync(cwd, 0o711);
    expect(await find('data folder')).toMatchObject({ state: 'good' });
    chmodSync(cwd, 0o755);
    expect(await find('data folder')).toMatchObject({ state: 'bad', todo: `chmod o-rw ${cwd}` });
    chmodSync(cwd, 0o700);
    expect(await find('data folder', { env: { PERISAI_DATA_DIR: join(cwd, 'none') } })).toMatchObject({ state: 'bad' });
  });

  it('is red until a copy of the key file was confirmed', async () => {
    expect(await find('key file copy')).toMatchObject({ state: 'bad', says: expect.stringContaining('no key file') });
    const path = join(cwd, 'key-file.json');
    openLocalKeyFile(path, systemClock);
    expect(await find('key file copy')).toMatchObject({ state: 'bad', todo: expect.stringContaining('confirm-copy') });
    copyFileSync(path, join(cwd, 'copy'));
    confirmKeyCopy(path, join(cwd, 'copy'));
    expect(await find('key file copy')).toMatchObject({ state: 'good' });
  });

  it('tells a database that answers from one that does not, and why', async () => {
    const login = `doctor_${process.pid}`;
    const owner = new pg.Client({ connectionString: database.url });
    await owner.connect();
    await owner.query(`create role ${login} login password 'durian' in role perisai_app`);
    const url = database.url.replace(/\/\/[^@]*@/, `//${login}:durian@`);
    expect(await find('database', { url })).toMatchObject({ state: 'good', says: expect.stringMatching(/^PostgreSQL \d+/) });
    await owner.query(`drop role ${login}`);
    await owner.end();
    expect(await find('database')).toMatchObject({ state: 'warn', todo: expect.stringContaining('DATABASE_OWNER_URL') });
    expect(await find('database', { url: database.url.replace(/\/test_\w+/, '/nothing_here') })).toMatchObject({
      state: 'bad',
      todo: expect.stringContaining('Create the database'),
    });
    expect(await find('database', { url: 'postgresql://x:y@127.0.0.1:9/z' })).toMatchObject({
      state: 'bad',
      says: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('knows whether the migrations were applied', async () => {
    expect(await find('migrations')).toMatchObject({ state: 'good' });
    const directory = mkdtempSync(join(cwd, 'migrations-'));
    writeFileSync(join(directory, '20000101T000000-other.sql'), 'select 1;');
    expect(await find('migrations', { directory })).toMatchObject({ state: 'bad', says: expect.stringContaining('newer Perisai') });
    const empty = await freshDatabase({ empty: true });
    expect(await find('migrations', { url: empty.url })).toMatchObject({
      state: 'warn',
      says: expect.stringContaining('nothing of Perisai'),
    });
    await empty.drop();
  });

  it('compares the clock with the database and with reason', async () => {
    expect(await find('clock')).toMatchObject({ state: 'good' });
    expect(await find('clock', { clock: new TestClock('1970-01-01T00:00:00Z') })).toMatchObject({ state: 'bad' });
    expect(await find('clock', { clock: new TestClock('2126-01-01T00:00:00Z') })).toMatchObject({
      state: 'bad',
      says: expect.stringContaining('differ by'),
    });
  });

  it('measures the disk, and warns of a log that is a demonstration', async () => {
    expect((await find('disk space')).says).toMatch(/^\d+\.\d GB are free/);
    expect(await find('log origin')).toMatchObject({ state: 'warn' });
    expect(await find('log origin', { env: { PERISAI_ORIGIN: 'trust.warung.example/log' } })).toMatchObject({ state: 'good' });
  });
});
