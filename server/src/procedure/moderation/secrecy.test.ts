import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Doors, keyFor, openTestDoors } from '../../../test/doors.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { hour, play, post } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import type * as decisions from '../../decisions/index.ts';
import type { Member } from '../../staff/index.ts';
import { accountId } from '../../subjects/index.ts';
import { hide, imposeSecrecy, liftSecrecy, sweep } from './index.ts';
import { statementToken } from './values.ts';

const day = 24 * hour;
const clause = 'bullying.harassment';

let house: TestHouse;
let see: ReturnType<typeof look>;
let now: ReturnType<typeof play>;
let doors: Doors;
let authorization: string;
let moderator: Member;
let senior: Member;
beforeAll(async () => {
  house = await testHouse({ seed: 'secrecy' });
  [see, now, doors] = [look(house), play(house), await openTestDoors(house)];
  authorization = `Bearer ${await keyFor(house)}`;
  [moderator, senior] = [await enrolled(house, 'moderator'), await enrolled(house, 'senior-moderator')];
});
afterAll(async () => {
  await doors[Symbol.asyncDispose]();
  await house.close();
});

const settle = async () => {
  await house.settle();
  await now.deliver();
  await house.settle();
};
const inDays = (days: number) => new Date(house.clock.now().getTime() + days * day);
const secret = (of: string, days = 30, by = senior) =>
  imposeSecrecy(house, by, { case: of, basis: 'referral', until: inDays(days), reason: 'Dirujuk kepada PDRM, rujukan RAHSIA-7.' });
/** What a service or somebody of the public is answered: everything but what differs from call to call. */
async function answered(path: string, init: RequestInit = {}) {
  const answer = await doors.ask(path, { ...init, headers: { authorization, ...init.headers } });
  const changing = /date|request|ratelimit/i;
  const body = (await answer.text()).replace(/"(instance|request_id)":"[^"]*"/g, '').replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID');
  return { status: answer.status, headers: [...answer.headers].filter(([name]) => !changing.test(name)), body };
}
const statementPath = ({ id, puid }: Pick<decisions.Decision, 'id' | 'puid'>, who = 'author') =>
  `/statement/${puid}?token=${statementToken(house, id, 'author', accountId(house.secret, 'warung', who))}&lang=en`;
const toldOf = async (of: string, decision: string) => (await see.notices(of)).filter((notice) => notice.decision === decision);
/** The page of a report as its reporter opens it, without what is theirs alone. */
async function pageOf({ code, pin }: { code: string; pin: string }): Promise<string> {
  const form = await doors.ask(`/report/${code}?lang=en`);
  const cookie = (form.headers.getSetCookie()[0] as string).split(';')[0] as string;
  const csrf = /name="csrf" value="([^"]+)"/.exec(await form.text())?.[1] as string;
  const opened = await doors.ask(`/report/${code}?lang=en`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', origin: house.publicUrl },
    body: new URLSearchParams({ csrf, pin }).toString(),
  });
  return `${opened.status} ${(await opened.text()).replaceAll(code, 'CODE')}`;
}

test('a decision that is kept secret is, from outside, as if nobody had decided; when its day has come both sides are told', async () => {
  const reporter = { contact: {} };
  const mine = await now.report(post('kept', { author: 'kept' }), { reporter });
  const other = await now.report(post('undecided', { author: 'undecided' }), { reporter });
  await settle();
  const waiting = await pageOf(mine);
  const secrecy = await secret(mine.case);
  const decision = await now.judge(
    moderator,
    { case: mine.case, determination: 'remove', clause, measure: 'suggested' },
    'Sebab yang dirahsiakan.',
  );
  const [, measure] = (await see.decisions(mine.case)) as [decisions.Decision, decisions.Decision];
  // The platform does it.
  expect((await see.actions(mine.case)).map((action) => action.do)).toContain('remove');
  await now.obey();
  await settle();

  // Nobody is told anything, by no channel, of the item or of the account.
  expect(await toldOf(mine.case, decision.id)).toEqual([]);
  expect(measure === undefined ? [] : await toldOf(mine.case, measure.id)).toEqual([]);
  expect(JSON.stringify(await see.messages())).not.toMatch(/RAHSIA-7|dirahsiakan|PDRM/);
  expect(await see.report(mine.report)).toMatchObject({ state: 'acknowledged', outcome: null });

  // Status page and API of the report: as of one that waits.
  expect(await pageOf(mine)).toBe(waiting);
  const asWaiting = async ({ report }: { report: string }) => {
    const { state, outcome, answered_at } = (await (
      await doors.ask(`/v1/reports/${report}`, { headers: { authorization } })
    ).json()) as Record<string, unknown>;
    return { state, outcome, answered_at };
  };
  expect(await asWaiting(mine)).toEqual(await asWaiting(other));

  // Statement, appeal, inquiry, over the API and as a page: what there is and what there is not get the same answer, byte for byte.
  const unknown = { id: house.ids.next(), puid: `PRS-${house.ids.next()}` };
  expect(await answered(`/v1/decisions/${decision.id}/statement`)).toEqual(await answered(`/v1/decisions/${unknown.id}/statement`));
  expect((await answered(`/v1/decisions/${decision.id}/statement`)).status).toBe(404);
  for (const route of ['/v1/appeals', '/v1/inquiries']) {
    const ask = (id: string) =>
      answered(route, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': house.ids.next() },
        body: JSON.stringify({ decision: id, by: { account: { id: 'kept' } }, role: 'author', text: 'Mengapa?', language: 'ms' }),
      });
    expect(await ask(decision.id)).toEqual(await ask(unknown.id));
    expect((await ask(decision.id)).status).toBe(404);
  }
  for (const path of [
    (of: typeof unknown) => statementPath(of, 'kept'),
    (of: typeof unknown) => statementPath(of, 'kept').replace('/statement/', '/appeal/'),
    (of: typeof unknown) => statementPath(of, 'kept').replace('/statement/', '/inquiry/'),
  ]) {
    const [there, nowhere] = [await answered(path(decision)), await answered(path(unknown))];
    const plain = (page: typeof there) => ({ ...page, body: page.body.replace(/token=[^&"]*/g, 'token=TOKEN') });
    expect(plain(there)).toEqual(plain(nowhere));
    expect(there.status).toBe(404);
  }
  const standing = async (account: string) => {
    const { account: _, ...rest } = (await (
      await doors.ask(`/v1/accounts/${account}/standing`, { headers: { authorization } })
    ).json()) as Record<string, unknown>;
    return rest;
  };
  expect(await standing('kept')).toEqual(await standing('undecided'));

  // Who reports the same after that is answered like anybody: that we have it.
  const late = await now.report(post('kept', { author: 'kept' }), { by: 'late' });
  await settle();
  expect((await see.notices(mine.case)).filter(({ report }) => report === late.report).map(({ template }) => template)).toEqual([
    'report.acknowledged',
  ]);

  // The answer is late, and the staff see why.
  house.clock.advance(26 * hour);
  await sweep(house);
  const breaches = (await see.records(mine.case)).filter(
    ({ kind, payload }) => kind === 'clock.breached' && payload['clock'] === 'answer.outcome',
  );
  expect(new Set(breaches.map(({ payload }) => payload['reason']))).toEqual(new Set(['kept secret']));

  house.clock.advance(30 * day);
  await sweep(house);
  await settle();
  expect((await see.records(mine.case)).find(({ kind }) => kind === 'secrecy.ended')?.payload).toMatchObject({ secrecy, by: 'time' });
  expect((await toldOf(mine.case, decision.id)).map(({ role }) => role).sort()).toEqual(['author', 'reporter', 'reporter']);
  expect(await see.report(mine.report)).toMatchObject({ state: 'answered', outcome: 'actioned' });
  expect((await answered(`/v1/decisions/${decision.id}/statement`)).status).toBe(200);
  expect((await answered(statementPath(decision, 'kept'))).status).toBe(200);
  expect(await pageOf(mine)).not.toBe(waiting);
  expect(((await standing('kept')) as { strikes: unknown[] }).strikes).toHaveLength(1);
  // To nobody was it ever said that there was a referral.
  expect(JSON.stringify(await see.messages())).not.toMatch(/RAHSIA-7|PDRM|agensi|agency/);
});

test('what people were told before stands as it was: a statement does not say that something secret took its place', async () => {
  const mine = await now.report(post('hidden first', { author: 'hidden-first' }));
  const hidden = (await hide(house, moderator, { case: mine.case, clause })) as decisions.Decision;
  await now.obey();
  await settle();
  const path = statementPath(hidden, 'hidden-first');
  const before = await answered(path);
  await secret(mine.case);
  const decision = await now.judge(moderator, { case: mine.case, determination: 'remove', clause });
  await settle();
  expect((await see.decisions(mine.case))[0]?.supersededBy).toBe(decision.id);
  expect(before.status).toBe(200);
  expect(await answered(path)).toEqual(before);
  const statement = (await (await doors.ask(`/v1/decisions/${hidden.id}/statement`, { headers: { authorization } })).json()) as Record<
    string,
    unknown
  >;
  expect(statement['superseded_by']).toBeNull();
  // Who was told of it may go on asking why.
  const asked = await answered('/v1/inquiries', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': house.ids.next() },
    body: JSON.stringify({
      decision: hidden.id,
      by: { account: { id: 'hidden-first' } },
      role: 'author',
      text: 'Mengapa?',
      language: 'ms',
    }),
  });
  expect(asked.status).toBe(201);
});

test('a person may end it before its day; then everybody concerned is told at once, and once', async () => {
  const mine = await now.report(post('lifted', { author: 'lifted' }));
  const secrecy = await secret(mine.case);
  const decision = await now.judge(moderator, { case: mine.case, determination: 'remove', clause });
  await settle();
  expect(await toldOf(mine.case, decision.id)).toEqual([]);
  await expect(liftSecrecy(house, moderator, secrecy)).rejects.toMatchObject({ code: 'forbidden' });
  await liftSecrecy(house, senior, secrecy);
  await settle();
  expect((await toldOf(mine.case, decision.id)).map(({ role, state }) => `${role} ${state}`).sort()).toEqual([
    'author handed',
    'reporter handed',
  ]);
  await expect(liftSecrecy(house, senior, secrecy)).rejects.toMatchObject({ code: 'secrecy-refused' });
  await sweep(house);
  await settle();
  expect(await toldOf(mine.case, decision.id)).toHaveLength(2);
});

test('it takes a senior, a reason and an end within 180 days, once at a time, and nothing that was told', async () => {
  const { case: of } = await now.report(post('refused', { author: 'refused' }));
  await expect(secret(of, 30, moderator)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(imposeSecrecy(house, senior, { case: of, basis: 'authority', until: inDays(30), reason: ' ' })).rejects.toMatchObject({
    code: 'note-missing',
  });
  for (const days of [0, -1, 181]) await expect(secret(of, days)).rejects.toMatchObject({ code: 'secrecy-refused' });
  await secret(of, 180);
  await expect(secret(of)).rejects.toMatchObject({ code: 'secrecy-refused' });
  const told = await now.report(post('told', { author: 'told' }));
  await now.judge(moderator, { case: told.case, determination: 'none', clause: null });
  await expect(secret(told.case)).rejects.toMatchObject({ code: 'secrecy-refused' });
  // Why stands in the log as a commitment only.
  const imposed = (await see.records(of)).find(({ kind }) => kind === 'secrecy.imposed');
  expect(imposed?.payload).toMatchObject({ basis: 'referral', reason: { commitment: expect.any(String) } });
});
