import { afterAll, beforeAll, expect, test } from 'vitest';
import { keyFor, openTestDoors } from '../../../test/doors.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { play, post } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import { reveal } from '../../records/index.ts';
import { receive } from './index.ts';

let house: TestHouse;
let now: ReturnType<typeof play>;
let see: ReturnType<typeof look>;
beforeAll(async () => {
  house = await testHouse();
  [now, see] = [play(house), look(house)];
});
afterAll(() => house.close());

const told = async (id: string) => {
  const { record } = await see.report(id);
  return house.db.begin('doors', (tx) => reveal(house, tx, 'report.received', record));
};

test('a reason alone is enough: its harm follows, and with it the clocks and what is hidden first', async () => {
  const { report, case: of } = await house.db.begin('doors', (tx) =>
    receive(house, tx, 'warung', {
      item: post('phish'),
      attested: 'platform',
      reason: 'scam.phishing',
      language: 'ms',
      reporter: { account: { id: 'one' } },
    }),
  );
  expect(await see.report(report)).toMatchObject({ harm: 'scam', reason: 'scam.phishing' });
  expect(await see.decisions(of)).toMatchObject([{ stage: 'temporary', clause: 'scam.phishing' }]);
});

test('a reason of another harm, one that nobody knows, and neither reason nor harm are refused, and nothing is kept', async () => {
  await using doors = await openTestDoors(house);
  const key = await keyFor(house, ['report']);
  const before = (await see.records()).length;
  const send = (what: object, id: string) =>
    doors.ask('/v1/reports', {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': id },
      body: JSON.stringify({ item: post('x'), attested: 'platform', language: 'ms', reporter: { account: { id: 'r' } }, ...what }),
    });
  for (const [what, code] of [
    [{ harm: 'csam', reason: 'scam.phishing' }, 'field-wrong'],
    [{ reason: 'no.such' }, 'field-wrong'],
    [{}, 'field-missing'],
  ] as const) {
    const answer = await send(what, `refused-${JSON.stringify(what)}`);
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([400, code]);
  }
  expect((await see.records()).length).toBe(before);
  expect((await send({ harm: 'scam', reason: 'scam.phishing' }, 'taken')).status).toBe(201);
  const reasons = await doors.ask('/v1/reasons', { headers: { authorization: `Bearer ${key}` } });
  const listed = ((await reasons.json()) as { reasons: { id: string; unconfirmed: string | null; question: Record<string, string> }[] })
    .reasons;
  expect(listed.find(({ id }) => id === 'scam.phishing')?.question['ta']).toMatch(/[\u0b80-\u0bff]/);
  // What the law leaves open is said to whoever builds a form of it.
  expect(listed.find(({ id }) => id === 'scam.phishing')?.unconfirmed).toBeNull();
  expect(listed.find(({ id }) => id === 'scam.impersonation')?.unconfirmed).toMatch(/^Financial fraud needs a financial aim/);
});

test('what somebody is to the child they report for is kept under their key: neither the log nor what leaves the house says it', async () => {
  const { report, case: of } = await now.report(post('challenge'), {
    harm: 'child-harm',
    reporter: { account: { id: 'mother', language: 'ms' }, for_child: { relation: 'parent' } },
  });
  expect(await see.report(report)).toMatchObject({ capacity: 'guardian', reporterKind: 'account' });
  expect((await told(report))?.relation).toBe('parent');
  const sealed = (await see.records(of)).find(({ kind }) => kind === 'report.received')?.payload['relation'];
  expect(sealed).toEqual({ commitment: expect.any(String) });
  await house.settle();
  expect(JSON.stringify(await see.messages())).not.toContain('"parent"');
});

test('a report by the regulator is marked, stands before the others of its class, and keeps how they name the matter to itself', async () => {
  const { report, case: of } = await now.report(post('asked about'), { reporter: { regulator: { reference: 'MCMC-2026-0001' } } });
  expect(await see.report(report)).toMatchObject({ capacity: 'regulator', reporterKind: 'contact' });
  expect((await told(report))?.reference).toBe('MCMC-2026-0001');
  expect((await see.records(of)).find(({ kind }) => kind === 'report.received')?.payload).toMatchObject({ lane: 0 });
});

test('a report after a new revision of what was decided opens anew; one of the old revision has its answer', async () => {
  const { case: first } = await now.report(post('twice'));
  await now.judge(await enrolled(house, 'moderator'), { case: first, determination: 'none', clause: null });
  const anew = await now.report(post('twice', { revision: '2', text: 'Lain pula.' }), { by: 'second' });
  const old = await now.report(post('twice'), { by: 'third' });
  expect(anew.case).not.toBe(first);
  expect((await see.case(anew.case)).state).toBe('open');
  expect([old.case, (await see.report(old.report)).case]).toContain(anew.case);
});
