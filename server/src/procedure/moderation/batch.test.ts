import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Doors, keyFor, openTestDoors } from '../../../test/doors.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { post, scamText } from '../../../test/play.ts';

let house: TestHouse;
let doors: Doors;
let see: ReturnType<typeof look>;
let key: string;
beforeAll(async () => {
  house = await testHouse();
  see = look(house);
  doors = await openTestDoors(house);
  key = await keyFor(house);
});
afterAll(async () => {
  await doors[Symbol.asyncDispose]();
  await house.close();
});

interface Result {
  readonly status: number;
  readonly answer?: { readonly report: string; readonly case: string; readonly verdict: string };
  readonly problem?: { readonly code: string; readonly errors?: readonly { readonly pointer: string }[] };
}

async function send(path: string, body: object, headers: Record<string, string> = {}) {
  const answer = await doors.ask(path, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as { results: Result[]; code?: string; report?: string } };
}

const report = (id: string, more: object = {}) => ({
  item: post(id),
  attested: 'platform',
  reason: 'bullying.insults',
  language: 'ms',
  reporter: { account: { id: `reporter-of-${id}` } },
  ...more,
});

test('of fifty reports with three bad lines forty-seven are taken, and each bad one is told what is wrong with it, at its place', async () => {
  const reports: object[] = Array.from({ length: 50 }, (_, n) => ({ key: `line-${n}`, ...report(`bulk-${n}`) }));
  reports[3] = { ...reports[3], titel: 1 };
  reports[7] = { ...reports[7], item: post('bulk-7', { surface: 'nowhere' }) };
  reports[11] = { ...reports[11], reason: 'scam.phishing', harm: 'csam' };
  const { status, body } = await send('/v1/reports/batch', { reports });
  expect(status).toBe(200);
  expect(body.results.map((one) => one.status)).toEqual(
    Array.from({ length: 50 }, (_, n) => (({ 3: 400, 7: 422, 11: 400 }) as Record<number, number>)[n] ?? 201),
  );
  expect(body.results[3]?.problem).toMatchObject({ code: 'field-unknown', errors: [{ pointer: '/reports/3/titel' }] });
  expect(body.results[7]?.problem?.code).toBe('surface-unknown');
  expect(body.results[11]?.problem).toMatchObject({ code: 'field-wrong', errors: [{ pointer: '/reports/11/reason' }] });
  const [{ n } = { n: 0 }] = await see.query<{ n: number }>('select count(*)::int as n from intake.report');
  expect(n).toBe(47);
});

test('the same batch again is taken once, line for line; a line that comes again alone, with its key, has the same answer', async () => {
  const reports = Array.from({ length: 5 }, (_, n) => ({ key: `again-${n}`, ...report(`again-${n}`) }));
  const first = await send('/v1/reports/batch', { reports });
  const second = await send('/v1/reports/batch', { reports });
  expect(second.body).toEqual(first.body);
  const alone = await send('/v1/reports', report('again-2'), { 'idempotency-key': 'again-2' });
  expect([alone.status, alone.body]).toEqual([201, first.body.results[2]?.answer]);
  expect((await send('/v1/reports/batch', { reports: [{ key: 'again-0', ...report('other') }] })).body.results).toMatchObject([
    { status: 422, problem: { code: 'idempotency-key-reused' } },
  ]);
  expect((await send('/v1/reports', report('other'), { 'idempotency-key': 'again-2' })).body.code).toBe('idempotency-key-reused');
});

test('a batch of nothing, of more than a thousand, and with a field beside its lines is refused as a whole', async () => {
  const line = { key: 'x', ...report('x') };
  expect((await send('/v1/reports/batch', { reports: [] })).status).toBe(400);
  expect((await send('/v1/reports/batch', { reports: Array.from({ length: 1_001 }, () => line) })).status).toBe(400);
  expect((await send('/v1/reports/batch', { reports: [line], more: 1 })).body.code).toBe('field-unknown');
});

test('a thousand items are screened at once, each with its verdict in its place, and a bad one harms no other', async () => {
  const contents: object[] = Array.from({ length: 1_000 }, (_, n) => ({
    item: post(`screened-${n}`, n === 500 ? { text: scamText } : {}),
  }));
  contents[999] = { item: { id: 'incomplete' } };
  const { body } = await send('/v1/screen/batch', { contents });
  expect(body.results).toHaveLength(1_000);
  expect(body.results[500]?.answer).toMatchObject({ verdict: 'withhold', case: expect.any(String) });
  expect(body.results.filter(({ answer }) => answer?.verdict === 'allow')).toHaveLength(998);
  expect(body.results[999]).toMatchObject({ status: 400, problem: { code: 'field-missing' } });
});
