import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { commandProcess, logged, perisai, run } from '../../test/command.ts';
import { freshDatabase } from '../../test/database.ts';
import { startEmbedded } from '../foundation/db/embedded.ts';
import { silentLog } from '../foundation/log.ts';
import { exitCodes, explain } from './failure.ts';
import { key } from './key.ts';
import { service } from './service.ts';
import { staff } from './staff.ts';
import { surface } from './surface.ts';

let folder: string;
let env: Record<string, string>;
const children: ChildProcess[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'perisai-start-'));
  env = { PERISAI_DATA_DIR: folder, PERISAI_PORT: '0' };
});

afterEach(() => {
  for (const child of children.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
});

afterAll(async () => {
  await (await startEmbedded({ dataDir: folder, log: silentLog })).stop({ remove: true });
  rmSync(folder, { recursive: true });
});

async function started(more: Record<string, string> = {}): Promise<{ child: ChildProcess; address: string }> {
  const child = commandProcess(['start'], { ...env, ...more });
  children.push(child);
  const { address } = await logged(child, 'Perisai is open');
  return { child, address: String(address) };
}

/** A process of its own takes seconds to begin where many tests share the machine. */
const patience = { timeout: 60_000 };

describe('perisai start', patience, () => {
  test('serves a service that is set up beside it, ends with 0 when asked, and with its embedded database', async () => {
    const told = new Map<string, string>();
    const collector = createHttpServer((request, response) => {
      request.setEncoding('utf8').on('data', (part: string) => told.set(request.url ?? '', (told.get(request.url ?? '') ?? '') + part));
      request.on('end', () => response.end('{}'));
    }).listen(0, '127.0.0.1');
    await once(collector, 'listening');
    const { port } = collector.address() as { port: number };
    const { child, address } = await started({ PERISAI_OTLP_ENDPOINT: `http://127.0.0.1:${port}` });
    expect(await (await fetch(`${address}/readyz`)).json()).toEqual({ status: 'ready', checks: { database: 'ok', log: 'ok' } });
    expect(await perisai(['service', 'add', '--slug', 'warung', '--name', 'Warung'], env)).toMatchObject({ code: 0, err: '' });
    const place = ['--slug', 'feed', '--type', 'public-feed', '--private', 'no', '--reason', 'Anybody can read it.'];
    await run(surface, ['define', '--service', 'warung', ...place], env);
    const token = /psk_\S+/.exec(await run(key, ['new', '--service', 'warung', '--label', 'test'], env))?.[0];
    const item = { id: '1', kind: 'post', surface: 'feed', revision: '1', author: { id: 'a' }, text: 'Selamat pagi.' };
    const screened = await fetch(`${address}/v1/screen`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ item }),
    });
    expect([screened.status, await screened.json()]).toMatchObject([200, { verdict: 'allow' }]);
    // the server has the key store: who would make a key is told who has it
    const enrol = ['enrol', '--first', '--name', 'Intan', '--login', 'intan'];
    await expect(run(staff, enrol, env)).rejects.toThrow(`in use by process ${child.pid}`);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    // what was not sent yet is sent before the end, and holds nothing of people
    expect(told.get('/v1/traces')).toContain('POST /v1/screen');
    expect(told.get('/v1/traces')).not.toMatch(/Selamat|psk_/);
    collector.close();
    expect(await run(staff, enrol, env)).toContain('Intan is the administrator');
  });

  test('ends at once by a second signal, and the next start adopts the database that is left', async () => {
    const { child, address } = await started();
    // A request that is still being sent holds up the graceful end.
    const slow = fetch(`${address}/v1/screen`, { method: 'POST', body: new ReadableStream(), duplex: 'half' } as RequestInit);
    slow.catch(() => undefined);
    const asked = logged(child, 'Perisai is asked to end: it takes no more requests and finishes what runs');
    child.kill('SIGTERM');
    await asked;
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([143, null]);
    const again = commandProcess(['start'], env);
    children.push(again);
    await logged(again, 'adopted the PostgreSQL that was left over');
    again.kill('SIGINT');
    expect(await once(again, 'exit')).toEqual([0, null]);
  });
});

describe('what cannot work is said in a sentence, with its own exit code:', patience, () => {
  test('a configuration', async () => {
    const { code, err } = await perisai(['start'], { ...env, PERISAI_PROT: '1', PERISAI_LEASE_MINUTES: 'x' });
    expect(code).toBe(exitCodes.configuration);
    expect(err).toContain('did you mean PERISAI_PORT?');
    expect(err).toContain('PERISAI_LEASE_MINUTES: leaseMinutes must be a whole number');
    expect(err).not.toContain('    at ');
  });

  test('a database that is away', async () => {
    const { code, err } = await perisai(['start'], { ...env, DATABASE_URL: 'postgresql://u:hunter2@127.0.0.1:9/x' });
    expect(code).toBe(exitCodes.database);
    expect(err).toContain('Start the database, or correct DATABASE_URL.');
    expect(err).not.toMatch(/hunter2| {4}at /);
  });

  test('a port that is taken', async () => {
    await using database = await databaseOfItsOwn();
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const { code, err } = await perisai(['start'], { ...database.env, PERISAI_PORT: String(port) });
    expect([code, err]).toEqual([
      exitCodes.address,
      `Another program listens on 127.0.0.1:${port} already: end it, or set PERISAI_PORT.\n`,
    ]);
    other.close();
  });

  test.each([
    [
      'a user whom the database does not know',
      'database',
      'Correct user and password',
      (url: string) => ({ DATABASE_URL: url.replace(/\/\/[^@]*@/, '//stranger:hunter2@') }),
    ],
    [
      'a database that is not there',
      'database',
      'Create the database',
      (url: string) => ({ DATABASE_URL: url.replace('/test_', '/none_') }),
    ],
    ['a folder that is a file', 'failed', 'no folder', () => ({ PERISAI_BLOB_DIR: '/dev/null/blobs' })],
    [
      'a key file that others can read',
      'keys',
      'can be read by other users',
      (_url: string, data: string) => ({ PERISAI_KEY_FILE: join(data, 'open.json') }),
    ],
  ] as const)('%s', async (_what, code, says, change) => {
    await using database = await databaseOfItsOwn();
    writeFileSync(join(database.data, 'open.json'), '{}', { mode: 0o644 });
    const failed = await run(service, ['list'], { ...database.env, ...change(database.url, database.data) }).catch((error: unknown) =>
      explain(error),
    );
    expect(failed).toEqual({ code: exitCodes[code], says: expect.stringContaining(says) });
    expect(JSON.stringify(failed)).not.toMatch(/hunter2| {4}at /);
  });

  test('words, with the help of the command', async () => {
    const { code, err } = await perisai(['service', 'add', '--slug', 'x'], env);
    expect([code, err]).toEqual([exitCodes.words, expect.stringContaining('Missing: --name.')]);
    expect(err).toContain('perisai service add --slug warung');
  });
});

async function databaseOfItsOwn() {
  const database = await freshDatabase();
  const data = mkdtempSync(join(tmpdir(), 'perisai-start-'));
  return {
    url: database.url,
    data,
    env: { DATABASE_URL: database.url, PERISAI_DATA_DIR: data },
    async [Symbol.asyncDispose]() {
      await database.drop();
      rmSync(data, { recursive: true });
    },
  };
}
