import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectPool } from '../server/src/foundation/db/pools.ts';
import { append } from '../server/src/records/index.ts';
import { beat } from '../server/src/records/sequence.ts';
import { type TestHouse, testHouse } from '../server/test/house.ts';
import { layRecords } from './log-data.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

/** Every row that a record leaves, with what its own line says in place of values. */
const rows = `
  select r.kind, r.recorded_at = (r.line::jsonb ->> 'recorded_at')::timestamptz as recorded, r.case_id::text = r.line::jsonb ->> 'case' as case,
    c.case_seq = (r.line::jsonb ->> 'case_seq')::int as in_case, encode(p.handle, 'base64') = r.line::jsonb #>> '{parties,0,handle}' as party, p.role,
    (select count(*)::int from records.pending q where q.record = r.id) as waiting,
    (select array_agg(k order by k) from jsonb_object_keys(r.line::jsonb) k) as says,
    (select array_agg(k order by k) from jsonb_object_keys(r.line::jsonb -> 'payload') k) as payload
  from records.record r join records.case_record c on c.record = r.id join records.record_party p on p.record = r.id
  where r.line::jsonb ->> 'service' = $1`;

test('records that are laid for a measurement are the rows that append writes, and the log takes them', async () => {
  const uuid = () => house.ids.next();
  await house.db.begin('doors', (tx) =>
    append(house, tx, {
      kind: 'report.received',
      service: 'appended',
      case: uuid(),
      parties: [{ role: 'reporter', party: uuid(), purpose: 'report' }],
      payload: {
        report: uuid(),
        item: uuid(),
        revision: uuid(),
        harm: 'scam',
        language: 'ms',
        reporter: 'account',
        reason: null,
        capacity: 'user',
        flagger: null,
        relation: null,
        reference: null,
        age_days: null,
        lane: 1,
        joined: false,
        text: 'palsu',
        access: { code: 'a', pin: 'b', shown: 'c' },
        email: null,
        clocks: [],
      },
    }),
  );
  await layRecords(house, house.url, 3);
  const pool = connectPool({ url: house.url, name: 'test', max: 1 });
  const laid = (await pool.query(rows, ['bench'])).rows;
  const appended = (await pool.query(rows, ['appended'])).rows;
  await pool.end();
  expect(appended).toHaveLength(1);
  expect(laid).toEqual([appended[0], appended[0], appended[0]]);
  expect((await beat(house)).laid).toBeGreaterThanOrEqual(4);
});
