import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateLogKey, logSigner, openCheckpoint, signCheckpoint } from '@perisai/log';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { perisai, run } from '../../test/command.ts';
import { type FreshDatabase, freshDatabase } from '../../test/database.ts';
import type { TestHouse } from '../../test/house.ts';
import { enrolled } from '../../test/staff.ts';
import { receive } from '../procedure/moderation/index.ts';
import type { Member } from '../staff/index.ts';
import { exportRecords } from './export.ts';
import { inHouse } from './house.ts';
import { service } from './service.ts';
import { staff } from './staff.ts';
import { surface } from './surface.ts';
import { verify } from './verify.ts';

let database: FreshDatabase;
let folder: string;
let env: Record<string, string>;
let caseId: string;
const at = (name: string) => join(folder, name);
const exported = (name: string, ...more: string[]) => run(exportRecords, [at(name), ...more], env);
const verified = async (name: string, ...more: string[]) =>
  JSON.parse(await run(verify, [at(name), '--json', ...more], env)) as Record<string, unknown>;

beforeAll(async () => {
  database = await freshDatabase();
  folder = mkdtempSync(join(tmpdir(), 'perisai-export-'));
  env = { DATABASE_URL: database.url, PERISAI_DATA_DIR: at('data') };
  configure();
  await run(service, ['add', '--slug', 'warung', '--name', 'Warung'], env);
  const place = ['--slug', 'feed', '--type', 'public-feed', '--private', 'no', '--reason', 'Anybody can read it.'];
  await run(surface, ['define', '--service', 'warung', ...place], env);
  await run(staff, ['enrol', '--first', '--name', 'Intan', '--login', 'intan'], env);
  writeFileSync(at('earlier'), readFileSync(at('data/blobs/log/checkpoint')));
  const received = await inHouse(
    (house) =>
      house.db.begin('doors', (tx) =>
        receive(house, tx, 'warung', {
          item: { id: '1', kind: 'post', surface: 'feed', revision: '1', author: { id: 'a' }, text: 'Satu hantaran biasa.' },
          attested: 'platform',
          harm: 'bullying-hate',
          text: 'Ini menyakitkan.',
          language: 'ms',
          reporter: { account: { id: 'b' } },
        }),
      ),
    { borrowKeys: false },
  );
  caseId = received.case;
});

// Stubs of the environment last for one test.
const configure = () => {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
};
beforeEach(configure);
const answered = ['--by', 'intan', '--reason', 'Mahkamah memintanya.'];
async function exportsOnRecord(): Promise<object[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    const { rows } = await client.query<{ line: string }>('select line from records.record order by id');
    return rows.map(({ line }) => JSON.parse(line) as { kind: string }).filter(({ kind }) => kind === 'export.made');
  } finally {
    await client.end();
  }
}

afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

test('all records, one case, or a range leave the house, and each export is verified with the key got elsewhere', async () => {
  const { size, vkey } = await inHouse(async ({ signer }) => ({
    size: openCheckpoint(readFileSync(at('data/blobs/log/checkpoint'), 'utf8'), signer.vkey).size,
    vkey: signer.vkey,
  }));
  writeFileSync(at('log.vkey'), `${vkey}\n`);
  expect(await exported('all.zip')).toContain(`${size} records of a log of ${size}`);
  expect(await verified('all.zip', '--vkey', at('log.vkey'))).toMatchObject({ records: size, openings: 0, keyCompared: true });

  await exported('case.zip', '--case', caseId, '--openings', ...answered);
  const ofCase = await verified('case.zip');
  expect(ofCase['records']).toBeLessThan(size);
  expect(ofCase['openings']).toBeGreaterThan(0);

  await exported('range.zip', '--from', '1', '--to', '3');
  expect(await verified('range.zip')).toMatchObject({ records: 2 });

  await exported('since.zip', '--since', at('earlier'));
  expect((await verified('since.zip'))['oldSize']).toBeLessThan(size);
});

test('what was sealed of people leaves the house at the hands of somebody who says why, and it is on record before it does', async () => {
  const refused = (...args: string[]) => expect(run(exportRecords, [at('open.zip'), '--openings', ...args], env)).rejects;
  await refused().toThrow('--by LOGIN');
  await refused('--by', 'intan').toThrow('--reason');
  await refused('--by', 'intan', '--reason', '  ').toThrow('--reason');
  await refused('--by', 'nobody', '--reason', 'Saya mahu.').toThrow('Nobody of the staff');
  expect(readdirSync(folder).filter((name) => name.startsWith('open.zip'))).toEqual([]);
  const before = (await exportsOnRecord()).length;
  await exported('open.zip', '--from', '0', '--to', '5', '--openings', ...answered);
  const made = await exportsOnRecord();
  expect(made).toHaveLength(before + 1);
  expect(made.at(-1)).toMatchObject({
    parties: [{ role: 'actor' }],
    payload: { openings: true, from: 0, to: 5, case: null, reason: { commitment: expect.any(String) } },
  });
});

test('whoever answers for what was sealed of people has the right to, and is not just anybody of the staff', async () => {
  const [auditor, officer] = await inHouse(
    async (house) => {
      const enrolling = house as TestHouse;
      return [await enrolled(enrolling, 'auditor', 'embun'), await enrolled(enrolling, 'compliance-officer', 'cempaka')] as const;
    },
    { borrowKeys: false },
  );
  const by = ({ id, name: login }: Member, name: string, ...more: string[]) =>
    exported(name, '--from', '0', '--to', '2', ...more, '--by', `${login}-${id.slice(-6)}`, '--reason', 'Mahkamah memintanya.');
  await expect(by(auditor, 'audited.zip', '--openings')).rejects.toThrow('export.open needs the role');
  expect(readdirSync(folder)).not.toContain('audited.zip');
  await by(officer, 'complied.zip', '--openings');
  // Records and proofs hold nothing of anybody.
  await by(auditor, 'audited.zip');
  expect(await verified('audited.zip')).toMatchObject({ records: 2, openings: 0 });
});

test('what cannot be exported is refused in words, and no file is left', async () => {
  const refused = (...args: string[]) => expect(run(exportRecords, args, env)).rejects;
  await refused().toThrow('Name one file');
  await refused(at('log.vkey')).toThrow('is there already');
  await refused(at('x.zip'), '--from', '3', '--to', '3').toThrow('--to must be greater');
  await refused(at('x.zip'), '--from', 'three').toThrow('whole number from 0');
  await refused(at('x.zip'), '--from', '1000').toThrow('No record lies there');
  await refused(at('x.zip'), '--case', 'mine').toThrow('id of a case');
  await refused(at('x.zip'), '--case', '01900000-0000-7000-8000-000000000000').toThrow('There is no case');
  await refused(at('x.zip'), '--since', at('missing')).toThrow('cannot be read');
  const stranger = logSigner(generateLogKey('demo/perisai').skey);
  writeFileSync(at('stranger'), await signCheckpoint({ origin: 'demo/perisai', size: 1, root: Buffer.alloc(32) }, stranger));
  await refused(at('x.zip'), '--since', at('stranger')).toThrow('no checkpoint of this log');
  expect(readdirSync(folder).filter((name) => name.startsWith('x.zip'))).toEqual([]);
});

test('to export makes no installation where there is none', async () => {
  const none = await perisai(['export', at('x.zip')], { PERISAI_DATA_DIR: at('none') });
  expect(none.code).toBe(2);
  expect(none.err).toContain(`There is no installation in ${at('none')}`);
});
