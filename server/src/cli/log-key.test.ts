import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCheckpoint } from '@perisai/log';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../test/command.ts';
import { type FreshDatabase, freshDatabase } from '../../test/database.ts';
import { identify } from '../foundation/db/process-identity.ts';
import { logKey } from './log-key.ts';
import { service } from './service.ts';

let database: FreshDatabase;
let folder: string;
let env: Record<string, string>;
beforeAll(async () => {
  database = await freshDatabase();
  folder = mkdtempSync(join(tmpdir(), 'perisai-log-key-'));
  env = { DATABASE_URL: database.url, PERISAI_DATA_DIR: folder };
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

const note = () => readFileSync(join(folder, 'blobs', 'log', 'checkpoint'), 'utf8');
const shown = async () => (await run(logKey, ['show'], env)).trim();

test('the log is handed over to a new key, and what is recorded afterwards is sealed with it', async () => {
  await run(service, ['add', '--slug', 'warung', '--name', 'Warung'], env);
  const old = await shown();
  const said = await run(logKey, ['rotate'], env);
  const next = await shown();
  expect(next).not.toBe(old);
  expect(said).toContain(next);
  const handedOver = openCheckpoint(note(), old);
  expect(openCheckpoint(note(), next)).toEqual(handedOver);
  await run(service, ['add', '--slug', 'kedai', '--name', 'Kedai'], env);
  expect(openCheckpoint(note(), next).size).toBe(handedOver.size + 1);
  expect(() => openCheckpoint(note(), old)).toThrow();
  expect(existsSync(join(folder, 'keys', 'secrets', 'log-key-next'))).toBe(false);
});

test('while Perisai runs, which would go on with the old key, it stays', async () => {
  const before = await shown();
  const lock = join(folder, 'keys', 'lock');
  writeFileSync(lock, JSON.stringify(identify(process.ppid)));
  await expect(run(logKey, ['rotate'], env)).rejects.toThrow('is in use by process');
  rmSync(lock);
  expect(await shown()).toBe(before);
});
