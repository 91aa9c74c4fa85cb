import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { hour, play, post } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import * as enforcement from '../../enforcement/index.ts';
import * as policy from '../../policy/index.ts';
import type { Member } from '../../staff/index.ts';
import { erase } from '../people/erase.ts';
import { actionMessage } from './enforce.ts';
import { historyOf } from './history.ts';
import { awaitsSecond, decideAppeal, decideAppealOrHold, standingOf } from './index.ts';
import { sweep } from './promises.ts';
import { releaseDue } from './release.ts';

let house: TestHouse;
let now: ReturnType<typeof play>;
let moderator: Member;
let senior: Member;
beforeAll(async () => {
  house = await testHouse();
  now = play(house);
  [moderator, senior] = [await enrolled(house, 'moderator'), await enrolled(house, 'senior-moderator')];
});
afterAll(() => house.close());

const reason = 'Sebabnya tertulis di sini.';
const ask = <T>(work: Parameters<typeof house.db.begin<T>>[1]) => house.db.begin('doors', work);

/** An item of this author is removed by a clause, and what the ladder has is done to the account, or less. */
async function judged(
  item: string,
  author: string,
  clause: string,
  measure: policy.AccountMeasure | 'suggested' | null = 'suggested',
  lessened = '',
) {
  const { case: of } = await now.report(post(item, { author }), { harm: 'bullying-hate', by: `${item}-reporter` });
  const decision = await now.judge(moderator, { case: of, determination: 'remove', clause, measure, lessened });
  const [account] = await ask((tx) => decisions.followingOn(tx, decision.id));
  return { case: of, decision, account };
}
const shown = (of: decisions.Decision | undefined) => ask((tx) => enforcement.newestAction(tx, of?.target as string));
const strikesOn = async (author: string) => {
  const { violations } = await ask((tx) => historyOf(tx, now.ours(author)));
  return policy.strikesOf(violations).filter((strike) => policy.isLive(strike, house.clock.now()));
};
const told = async (of: string) => (await look(house).notices(of)).map(({ role, template, language }) => `${role} ${template} ${language}`);

test('a measure on the author’s account is a decision of its own: asked of the platform by the account’s name, told to its holder alone, done when acknowledged', async () => {
  const { case: of, decision, account } = await judged('threat', 'ali', 'violence.threat');
  expect(account).toMatchObject({
    targetKind: 'account',
    determination: 'restrict-account',
    follows: decision.id,
    account: now.ours('ali'),
  });
  const action = (await shown(account)) as enforcement.Action;
  const message = await ask((tx) => actionMessage(house, tx, action, account as decisions.Decision));
  expect(message).toMatchObject({
    target: { kind: 'account', id: 'ali' },
    target_seq: 1,
    do: 'restrict-account',
    desired: 'restricted',
    expires_at: new Date(house.clock.now().getTime() + 7 * 24 * hour).toISOString(),
  });
  const removal = (await now.waiting()).find((one) => one.decision === decision.id) as enforcement.Action;
  await now.says(removal, 'removed');
  expect((await ask((tx) => cases.caseOf(tx, of)))?.state).toBe('decided');
  expect(await now.says(action, 'active')).toMatchObject({ state: 'mismatch' });
  expect(await now.says(action, 'restricted')).toMatchObject({ state: 'acknowledged' });
  expect((await ask((tx) => cases.caseOf(tx, of)))?.state).toBe('closed');
  await house.settle();
  expect(await told(of)).toEqual(expect.arrayContaining(['author author.removed ms', 'author account.restricted ms']));
  expect((await told(of)).filter((saying) => saying.includes('account.') && !saying.startsWith('author'))).toEqual([]);
});

test('a timed measure ends by itself: a record, an action, a notice; and it stays ended', async () => {
  const { case: of, account } = await judged('threat-2', 'mei', 'violence.threat');
  await now.obey();
  house.clock.advance(7 * 24 * hour - 1_000);
  expect((await sweep(house)).ended).toBe(0);
  house.clock.advance(2_000);
  expect((await sweep(house)).ended).toBeGreaterThan(0);
  expect((await sweep(house)).ended).toBe(0);
  expect(await ask((tx) => decisions.decision(tx, account?.id as string))).toMatchObject({ state: 'ended' });
  expect(await shown(account)).toMatchObject({ do: 'reinstate-account', desired: 'active', state: 'ordered', targetSeq: 2 });
  await house.settle();
  expect(await told(of)).toContain('author account.ended ms');
  await now.obey();
  expect(await shown(account)).toMatchObject({ state: 'acknowledged' });
});

test('an item decision that is overturned returns its strike by itself, and opens the account again', async () => {
  const { case: of, decision, account } = await judged('joke', 'ravi', 'bullying.doxing');
  await now.obey();
  expect((await strikesOn('ravi')).map(({ decision: id }) => id)).toEqual([decision.id]);
  await house.settle();
  const { appeal } = await now.appeal(decision.id, 'ravi');
  await decideAppeal(house, senior, { appeal, outcome: 'overturned', determination: 'none', clause: null, reason });
  expect(await strikesOn('ravi')).toEqual([]);
  expect(await shown(account)).toMatchObject({ do: 'reinstate-account', desired: 'active' });
  await house.settle();
  expect(await told(of)).toContain('author account.reinstated ms');
});

test('right in part about an account, a milder measure takes its place: the platform is asked, and the holder is told', async () => {
  const { case: of, account } = await judged('in part', 'nadia', 'violence.threat');
  expect(account?.determination).toBe('restrict-account');
  await now.obey();
  await house.settle();
  const { appeal } = await now.appeal(account?.id as string, 'nadia');
  const partly = { appeal, outcome: 'partly', determination: 'reprimand', clause: null, reason } as const;
  for (const graver of ['restrict-account', 'suspend-account', 'none'] as const)
    await expect(decideAppeal(house, senior, { ...partly, determination: graver })).rejects.toMatchObject({ code: 'measure-too-grave' });
  await expect(decideAppeal(house, senior, { ...partly, outcome: 'overturned' })).rejects.toMatchObject({ code: 'measure-too-grave' });
  const held = (await decideAppealOrHold({ ...house, undoSeconds: 30 }, senior, partly)) as decisions.Held;
  expect([held.state, await now.waiting()]).toEqual(['held', []]);
  house.clock.advance(31_000);
  expect(await releaseDue(house)).toBe(1);
  expect(await shown(account)).toMatchObject({ do: 'reprimand', desired: 'reprimanded', state: 'ordered' });
  const made = (await ask((tx) => decisions.decisionsOf(tx, of))).at(-1);
  expect(made).toMatchObject({ determination: 'reprimand', clause: 'violence.threat', supersedes: account?.id, appeal });
  await house.settle();
  expect(await told(of)).toContain('author appeal.partly.account ms');
});

test('the holder may appeal against the measure alone; the strike of the item stays', async () => {
  const { decision, account } = await judged('insult', 'siti', 'violence.threat');
  await now.obey();
  await house.settle();
  await expect(now.appeal(account?.id as string, 'insult-reporter', 'reporter')).rejects.toMatchObject({ code: 'appeal-not-open' });
  const { appeal } = await now.appeal(account?.id as string, 'siti');
  const other = { appeal, outcome: 'overturned', determination: 'label', clause: 'violence.threat', reason } as const;
  await expect(decideAppeal(house, senior, other)).rejects.toMatchObject({ code: 'measure-too-grave' });
  await decideAppeal(house, senior, { ...other, determination: 'none', clause: null });
  expect(await shown(account)).toMatchObject({ do: 'reinstate-account' });
  expect((await strikesOn('siti')).map(({ decision: id }) => id)).toEqual([decision.id]);
});

test('nobody takes more than the ladder has, and who takes less says why', async () => {
  await expect(judged('small', 'devi', 'bullying.harassment', 'suspend-account')).rejects.toMatchObject({ code: 'measure-too-grave' });
  await expect(judged('doxing', 'devi', 'bullying.doxing', 'warn')).rejects.toMatchObject({ code: 'lessening-unexplained' });
  // What leads to the end of an account suspends it; the end is a second person's own decision.
  await expect(judged('terror', 'devi', 'terrorism.promotion', 'terminate-account')).rejects.toMatchObject({ code: 'measure-too-grave' });
  const { decision, account } = await judged('doxing-2', 'devi', 'bullying.doxing', 'warn', 'Kali pertama, dan alamat itu sudah umum.');
  expect(account?.determination).toBe('warn');
  const [line] = await look(house).query<{ line: string }>('select line from records.record where id = $1', [decision.record]);
  const { plan, lessened } = JSON.parse(line?.line as string).payload as { plan: object; lessened: object };
  expect(plan).toMatchObject({ suggested: 'restrict-account', taken: 'warn', counted: [decision.id], total: 3 });
  expect(lessened).toEqual({ commitment: expect.any(String) });
});

test('a warning does not open a suspended account, and an end gives way to what is still running', async () => {
  const first = await judged('phish-1', 'kumar', 'scam.phishing');
  expect(first.account?.determination).toBe('suspend-account');
  await now.obey();
  const second = await judged('phish-2', 'kumar', 'bullying.harassment', 'warn', 'Sudah digantung.');
  expect(await ask((tx) => enforcement.actionsOf(tx, second.account?.id as string))).toEqual([]);
  const third = await judged('phish-3', 'kumar', 'bullying.doxing', 'restrict-account', 'Sudah digantung.');
  expect(await shown(third.account)).toMatchObject({ desired: 'suspended' });
  await house.settle();
  const { appeal } = await now.appeal(first.account?.id as string, 'kumar');
  await decideAppeal(house, senior, { appeal, outcome: 'overturned', determination: 'none', clause: null, reason });
  expect(await shown(first.account)).toMatchObject({ do: 'restrict-account', desired: 'restricted', decision: third.account?.id });
});

test('a newer measure overtakes an older one, whose case then closes', async () => {
  const older = await judged('old', 'lim', 'bullying.harassment');
  const removal = (await now.waiting()).find((one) => one.decision === older.decision.id) as enforcement.Action;
  await now.says(removal, 'removed');
  await judged('new', 'lim', 'bullying.doxing');
  await house.settle();
  expect((await ask((tx) => cases.caseOf(tx, older.case)))?.state).toBe('closed');
});

test('whom the platform says is under 18 climbs no higher than suspension by what adds up, and no second person is asked to end the account', async () => {
  const author = { id: 'adik', handle: 'adik', language: 'ms', age_band: '13-17' } as const;
  const suggested: unknown[] = [];
  for (let n = 0; n < 5; n++) {
    // Said once, it is known from then on.
    const item = { ...post(`adik-${n}`), author: n === 0 ? author : { id: 'adik' } };
    const { case: of } = await now.report(item, { harm: 'bullying-hate', by: `adik-reporter-${n}` });
    const decision = await now.judge(moderator, { case: of, determination: 'remove', clause: 'bullying.harassment', measure: 'suggested' });
    const [measure] = await ask((tx) => decisions.followingOn(tx, decision.id));
    suggested.push(measure?.determination);
    expect(await ask((tx) => awaitsSecond(house, tx, measure as decisions.Decision))).toBe(false);
  }
  expect(suggested).toEqual(['warn', 'restrict-account', 'suspend-account', 'suspend-account', 'suspend-account']);
  expect((await ask((tx) => standingOf(house, tx, now.ours('adik')))).next).toBeNull();
  await now.obey();
});

test('strikes are of one account: what others did is not counted, and an erased person’s history is nobody’s', async () => {
  await judged('once', 'tan', 'bullying.harassment');
  expect(await strikesOn('tan')).toHaveLength(1);
  expect(await strikesOn('tan-2')).toEqual([]);
  await erase(house, 'warung', now.ours('tan'), 'evidence');
  expect(await strikesOn('tan')).toEqual([]);
});
