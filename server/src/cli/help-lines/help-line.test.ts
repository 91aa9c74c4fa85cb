import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../../test/command.ts';
import { type FreshDatabase, freshDatabase } from '../../../test/database.ts';
import type { KnownLine } from '../../foundation/i18n/notice-text.ts';
import { staff } from '../staff.ts';
import { helpLine } from './help-line.ts';

let database: FreshDatabase;
let folder: string;
let env: Record<string, string>;
beforeAll(async () => {
  database = await freshDatabase();
  folder = mkdtempSync(join(tmpdir(), 'perisai-help-line-'));
  env = { DATABASE_URL: database.url, PERISAI_DATA_DIR: join(folder, 'data') };
  await run(staff, ['enrol', '--first', '--name', 'Intan', '--login', 'intan'], env);
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

const lines = async () => JSON.parse(await run(helpLine, ['list', '--json'], env)) as KnownLine[];
const lineOf = async (id: string) => (await lines()).find((line) => line.id === id);
const does = (...args: string[]) => run(helpLine, [...args, '--by', 'intan'], env);

test('an operator rings a number and confirms it, corrects one and takes one away, in the database, in their own name', async () => {
  expect(await lineOf('nsrc')).toMatchObject({ number: '997', verified_at: null });
  await does('confirm', 'nsrc');
  expect(await lineOf('nsrc')).toMatchObject({ number: '997', verified_at: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) });
  // Another number is another promise: whoever rang the old one says nothing of it.
  expect(await does('set', 'nsrc', '--number', '03-9999 0000')).toContain('confirm nsrc');
  expect(await lineOf('nsrc')).toMatchObject({ number: '03-9999 0000', tel: '0399990000', verified_at: null, verify: true });
  expect(await run(helpLine, ['list'], env)).toContain('no: confirm it first');
  await does('confirm', 'nsrc');
  expect(await lineOf('nsrc')).toMatchObject({ number: '03-9999 0000', verified_at: expect.any(String) });
  await does('remove', 'nsrc');
  expect(await lineOf('nsrc')).toBeUndefined();
  await does('set', 'heal', '--number', '15555');
  expect((await lineOf('heal'))?.name.ms).toBe('Talian HEAL');
});

test('a line of their own is of four languages and says for which harms it is', async () => {
  const own = { number: '1800', name: { ms: 'Talian kampung', en: 'Village line', zh: '乡村热线', ta: 'கிராம உதவி எண்' } };
  const file = join(folder, 'line.json');
  const set = (line: object) => {
    writeFileSync(file, JSON.stringify(line));
    return does('set', 'village', '--line', file);
  };
  await expect(set(own)).rejects.toThrow('in ms, en, zh and ta');
  const whole = { ...own, for: own.name, hours: own.name };
  await expect(set(whole)).rejects.toThrow('for which harms');
  await expect(set({ ...whole, harms: ['noise'] })).rejects.toThrow('no harm “noise”');
  await set({ ...whole, harms: ['scam'] });
  expect(await lineOf('village')).toMatchObject({ number: '1800', harms: ['scam'], verified_at: null });
});

test('nobody else does: it needs somebody of the staff, and a line that there is', async () => {
  await expect(run(helpLine, ['confirm', 'nsrc'], env)).rejects.toThrow('--by');
  await expect(run(helpLine, ['confirm', 'police', '--by', 'nobody'], env)).rejects.toThrow('Nobody of the staff');
  await expect(does('confirm', 'nothing')).rejects.toThrow('no help line nothing');
});
