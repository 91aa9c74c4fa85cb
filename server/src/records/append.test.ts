import { randomUUID } from 'node:crypto';
import { canonicalize, checkLeaf, parseCanonical } from '@perisai/log';
import fc from 'fast-check';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../test/house.ts';
import { expectOneTree } from '../../test/log.ts';
import { play, post, scamText } from '../../test/play.ts';
import { ask, nameSomebody, say, sayAlone, type TestSpine, testSpine, waitsForLock } from '../../test/spine.ts';
import { enrolled } from '../../test/staff.ts';
import { reading, type Tx } from '../foundation/db/transaction.ts';
import { screen } from '../procedure/moderation/index.ts';
import { append } from './append.ts';
import { beat } from './sequence.ts';

let spine: TestSpine;
let house: TestHouse;
beforeAll(async () => {
  spine = await testSpine();
  await beat(spine);
  house = await testHouse();
});
afterAll(async () => {
  await spine.close();
  await house.close();
});

interface InCase {
  readonly case_id: string;
  readonly case_seq: number;
  readonly index: number;
}

/** In every case 1, 2, 3 and so on, and in the order of the log no other. @returns records by case */
async function expectOrderInCases(of: TestSpine | TestHouse): Promise<Map<string, number[]>> {
  const rows = await ask<InCase>(
    of,
    'select c.case_id, c.case_seq, l.index from records.case_record c join records.leaf l on l.record = c.record order by l.index',
  );
  const cases = Map.groupBy(rows, (row) => row.case_id);
  for (const places of cases.values()) expect(places.map((row) => row.case_seq)).toEqual(places.map((_, n) => n + 1));
  return new Map([...cases].map(([id, places]) => [id, places.map((row) => row.case_seq)]));
}

const lock = (tx: Tx, what: string) => sql`select pg_advisory_xact_lock(hashtextextended(${what}, 1))`.execute(reading(tx));

test('in a case the order has neither gap nor twin, however transactions, roll-backs and beats fall together', async () => {
  const act = fc.record({ in: fc.nat({ max: 2 }), records: fc.integer({ min: 1, max: 3 }) });
  const transaction = fc.record({ acts: fc.array(act, { minLength: 1, maxLength: 3 }), commits: fc.boolean() });
  const whole = fc.array(transaction, { minLength: 2, maxLength: 7 });
  await fc.assert(
    fc.asyncProperty(whole, fc.scheduler(), async (transactions, scheduler) => {
      const cases = [randomUUID(), randomUUID(), randomUUID()];
      const expected = new Map<string, number>();
      const running = transactions.map(({ acts, commits }) =>
        spine.db
          .begin('doors', async (tx) => {
            // Always in the same order, as the steps lock: else two would wait for each other.
            for (const { in: place, records } of acts.toSorted((a, b) => a.in - b.in)) {
              const id = cases[place] as string;
              await scheduler.schedule(Promise.resolve());
              await lock(tx, id);
              for (let n = 0; n < records; n += 1) await say(spine, tx, id);
            }
            await scheduler.schedule(Promise.resolve());
            if (!commits) throw new Error('rolled back');
          })
          .then(
            () => {
              for (const { in: place, records } of acts) {
                const id = cases[place] as string;
                expected.set(id, (expected.get(id) ?? 0) + records);
              }
            },
            (error: Error) => expect(error.message).toBe('rolled back'),
          ),
      );
      const beats = scheduler.schedule(Promise.resolve()).then(() => beat(spine));
      await scheduler.waitFor(Promise.all([...running, beats]));
      await beat(spine);
      const found = await expectOrderInCases(spine);
      for (const id of cases) expect(found.get(id)?.length ?? 0).toBe(expected.get(id) ?? 0);
    }),
    { seed: 20261124, numRuns: 25, endOnFailure: true },
  );
  await expectOneTree(spine);
});

test('who writes into a case without its lock is stopped by the database, not given the same place', async () => {
  const id = randomUUID();
  const second = await spine.db.begin('doors', async (tx) => {
    await say(spine, tx, id);
    // Behind it, so that it is not only on its way.
    await sql`select 1`.execute(reading(tx));
    const careless = spine.db
      .begin('doors', (other) => say(spine, other, id))
      .then(
        () => 'written',
        (error: { code: string }) => error.code,
      );
    // It has counted, and waits for this transaction at the unique index.
    expect(await waitsForLock(spine, careless)).toBe(true);
    return { careless };
  });
  expect(await second.careless).toBe('23505');
});

test('sixteen first reports of one post at once are all received, and are one case', async () => {
  const now = play(house);
  const received = await Promise.all(Array.from({ length: 16 }, (_, n) => now.report(post('everybody'), { by: `reporter ${n}` })));
  expect(new Set(received.map((report) => report.case)).size).toBe(1);
  await house.settle();
  const found = await expectOrderInCases(house);
  const kinds = await ask<{ kind: string; n: number }>(
    house,
    `select r.kind, count(*) as n from records.case_record c join records.record r on r.id = c.record where c.case_id = '${received[0]?.case}' group by 1 order by 1`,
  );
  expect(kinds).toEqual(
    expect.arrayContaining([
      { kind: 'case.opened', n: 1 },
      { kind: 'report.received', n: 16 },
    ]),
  );
  expect(found.get(received[0]?.case as string)?.length).toBeGreaterThan(17);
});

test('so is a post that is screened, reported and decided by several at the same moment', async () => {
  const now = play(house);
  const moderator = await enrolled(house, 'moderator');
  const first = await now.report(post('contested', { text: scamText }), { harm: 'scam' });
  await Promise.allSettled([
    ...Array.from({ length: 6 }, (_, n) => now.report(post('contested', { text: scamText }), { by: `late ${n}`, harm: 'scam' })),
    screen(house, 'warung', post('contested', { text: scamText })),
    now.judge(moderator, { case: first.case, determination: 'remove', clause: 'scam.phishing' }),
    now.judge(moderator, { case: first.case, determination: 'none', clause: null }),
    house.settle(),
  ]);
  await house.settle();
  await expectOrderInCases(house);
  await expectOneTree(house);
});

test('a record says exactly what a leaf says, in canonical form, with its times in UTC to the millisecond', async () => {
  spine.clock.advance(1);
  const occurredAt = new Date('2026-11-23T16:00:00.5+08:00');
  const { record } = await spine.db.begin('doors', (tx) =>
    append(spine, tx, { kind: 'staff.disabled', service: '*', occurredAt, payload: { staff: randomUUID() } }),
  );
  const [row] = await ask<{ line: string }>(spine, `select line from records.record where id = '${record.id}'`);
  const leaf = checkLeaf(parseCanonical(row?.line ?? ''));
  expect(canonicalize(leaf as never)).toBe(row?.line);
  expect(leaf).toMatchObject({
    occurred_at: '2026-11-23T08:00:00.500Z',
    recorded_at: spine.clock.now().toISOString(),
    case: null,
    case_seq: null,
  });
  expect(Object.keys(leaf).sort()).toEqual([
    'case',
    'case_seq',
    'id',
    'kind',
    'nonce',
    'occurred_at',
    'parties',
    'payload',
    'recorded_at',
    'service',
    'version',
    'versions',
  ]);
  expect(Buffer.from(leaf.nonce, 'base64')).toHaveLength(16);
});

test('a payload that does not fit its kind is not written, and neither is anything of its transaction', async () => {
  const count = () => ask(spine, 'select count(*) from records.record');
  const before = await count();
  const wrong = { staff: 'nobody', more: 1 } as unknown as { staff: string };
  await expect(
    spine.db.begin('doors', async (tx) => {
      await say(spine, tx);
      await append(spine, tx, { kind: 'staff.disabled', service: '*', payload: wrong });
    }),
  ).rejects.toThrow(/staff\.disabled/);
  await expect(
    spine.db.begin('doors', (tx) =>
      append(spine, tx, {
        kind: 'account.noted',
        service: 'warung',
        payload: { external_id: 'x', handle: null, language: null, age_band: null },
      }),
    ),
  ).rejects.toThrow('nobody has the role account');
  expect(await count()).toEqual(before);
});

test('what is confidential stands in the record as a commitment only, and in the database nowhere in plain', async () => {
  const account = randomUUID();
  const { record } = await spine.db.begin('doors', (tx) => nameSomebody(spine, tx, account, 'Nama yang sulit'));
  const [row] = await ask<{ line: string }>(spine, `select line from records.record where id = '${record.id}'`);
  expect(JSON.parse(row?.line ?? '').payload).toMatchObject({ handle: { commitment: expect.any(String) } });
  const [{ found }] = (await ask(
    spine,
    `select (select count(*) from records.record r where r::text like '%yang sulit%' or r::text like '%${account}%')
          + (select count(*) from records.confidential c where encode(c.sealed, 'escape') like '%yang sulit%') as found`,
  )) as [{ found: number }];
  expect(found).toBe(0);
});

test.each(['record', 'case_record', 'leaf', 'checkpoint', 'record_party', 'confidential', 'pending', 'handle'])(
  'PostgreSQL refuses the application to change or delete what stands in records.%s',
  async (table) => {
    await sayAlone(spine);
    const column = {
      case_record: 'case_seq',
      leaf: 'hash',
      checkpoint: 'note',
      record_party: 'role',
      confidential: 'sealed',
      pending: 'record',
      handle: 'party',
      record: 'line',
    }[table];
    const mayDelete = table === 'pending' || table === 'handle';
    const statements = [
      `update records.${table} set ${column} = ${column}`,
      `truncate records.${table}`,
      `alter table records.${table} rename to gone`,
      `drop table records.${table}`,
    ];
    for (const statement of mayDelete ? statements : [...statements, `delete from records.${table}`])
      await expect(ask(spine, statement), statement).rejects.toMatchObject({ code: '42501' });
    if (mayDelete) await ask(spine, `delete from records.${table} where false`);
  },
);

test('nor may it reach a partition behind the back of the table, nor remove a trigger or a right', async () => {
  const partitions = await ask<{ name: string }>(
    spine,
    "select relname as name from pg_class where relnamespace = 'records'::regnamespace and relispartition and relkind = 'r'",
  );
  expect(partitions.length).toBeGreaterThan(24);
  for (const { name } of partitions)
    for (const statement of [`update records.${name} set line = line`, `delete from records.${name}`, `truncate records.${name}`])
      await expect(ask(spine, statement), statement).rejects.toMatchObject({ code: '42501' });
  await expect(ask(spine, 'select records.make_partitions(now())')).rejects.toMatchObject({ code: '42501' });
});

test('the application holds no right on the spine beside those, now and in the catalogue of rights', async () => {
  const owner = new pg.Client({ connectionString: spine.url });
  await owner.connect();
  const { rows } = await owner.query<{ table: string; rights: string }>(
    `select table_name as table, string_agg(privilege_type, ',' order by privilege_type) as rights from information_schema.role_table_grants
     where table_schema = 'records' and grantee in ('perisai_app', 'PUBLIC') group by 1 order by 1`,
  );
  await owner.end();
  const insertOnly = 'INSERT,SELECT';
  expect(Object.fromEntries(rows.map(({ table, rights }) => [table, rights]))).toEqual({
    case_record: insertOnly,
    checkpoint: insertOnly,
    confidential: insertOnly,
    handle: 'DELETE,INSERT,SELECT',
    leaf: insertOnly,
    pending: 'DELETE,INSERT,SELECT',
    record: insertOnly,
    record_party: insertOnly,
    subscriber: 'INSERT,SELECT,UPDATE',
  });
});
