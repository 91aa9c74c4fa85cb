import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../test/command.ts';
import { type FreshDatabase, freshDatabase } from '../../test/database.ts';
import { shippedPolicy } from '../policy/index.ts';
import { policy } from './policy.ts';
import { staff } from './staff.ts';

let database: FreshDatabase;
let folder: string;
let env: Record<string, string>;
beforeAll(async () => {
  database = await freshDatabase();
  folder = mkdtempSync(join(tmpdir(), 'perisai-policy-'));
  env = { DATABASE_URL: database.url, PERISAI_DATA_DIR: folder };
  await run(staff, ['enrol', '--first', '--name', 'Intan', '--login', 'intan'], env);
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

test('what is exported and changed comes back as a draft of the difference, in the name of somebody of the staff', async () => {
  const text = JSON.parse(await run(policy, ['export'], env)) as typeof shippedPolicy;
  expect(text).toEqual(shippedPolicy);
  const file = join(folder, 'guidelines.json');
  const clauses = text.clauses.map((one) => (one.id === 'scam.prize' ? { ...one, number: '3.98' } : one));
  writeFileSync(file, JSON.stringify({ ...text, clauses }));
  await expect(run(policy, ['import', file], env)).rejects.toThrow('--as');
  await expect(run(policy, ['import', file, '--as', 'nobody'], env)).rejects.toThrow('Nobody of the staff');
  expect(await run(policy, ['import', file, '--as', 'intan'], env)).toMatch(
    /^A draft with 1 changed clauses: \/desk\/policy\/[0-9a-f-]{36}/,
  );
  writeFileSync(file, '{"clauses":[]}');
  await expect(run(policy, ['import', file, '--as', 'intan'], env)).rejects.toThrow('no text of guidelines');
});

test('an installation that began before a clause was there exports its guidelines with it, to take it up as a draft', async () => {
  const direct = new pg.Client({ connectionString: database.url });
  await direct.connect();
  await direct.query(`update policy.version set digest = '94f3152cf110a1ab802f4535410e284c2be53724b684db516fd81f66c105596e'`);
  await direct.end();
  const ids = async (...args: string[]) =>
    (JSON.parse(await run(policy, ['export', ...args], env)) as typeof shippedPolicy).clauses.map(({ id }) => id);
  expect(await ids()).not.toContain('account.return');
  expect(await ids('--complete')).toEqual([...(await ids()), 'account.return']);
  const file = join(folder, 'complete.json');
  writeFileSync(file, await run(policy, ['export', '--complete'], env));
  expect(await run(policy, ['import', file, '--as', 'intan'], env)).toMatch(/^A draft with 1 changed clauses/);
});

test('the versions are listed with the mark of what nobody has looked at', async () => {
  expect(await run(policy, ['list'], env)).toContain('single-handed until reviewed');
  expect(JSON.parse(await run(policy, ['list', '--json'], env))).toMatchObject([{ policy: '1', singleHanded: true }]);
  await expect(run(policy, ['export', '7'], env)).rejects.toThrow('no version 7');
  expect(JSON.parse(await run(policy, ['export', '1'], env))).toMatchObject({ version: '1' });
});
