import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../test/database.ts';
import { compareStateTables, foldInto } from '../../../test/fold.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { minute, play, post } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import * as decisions from '../../decisions/index.ts';
import * as policy from '../../policy/index.ts';
import type { Member } from '../../staff/index.ts';
import { claim, decideAppeal, historyOf, revealMaterial, settleProposal } from '../moderation/index.ts';
import { type BundleJudgement, decideBundle, gather, takeOut } from './index.ts';

let house: TestHouse;
let now: ReturnType<typeof play>;
let see: ReturnType<typeof look>;
let moderator: Member;
let senior: Member;
let other: Member;
beforeAll(async () => {
  house = await testHouse({ seed: 'decide-bundle' });
  [now, see] = [play(house), look(house)];
  [moderator, senior, other] = [
    await enrolled(house, 'moderator'),
    await enrolled(house, 'senior-moderator'),
    await enrolled(house, 'senior-moderator', 'another senior'),
  ];
});
afterAll(() => house.close());

const reason = 'Satu kempen yang sama.';
const clause = 'bullying.harassment';
const ask = <T>(work: Parameters<typeof house.db.begin<T>>[1]) => house.db.begin('doors', work);
const waits = { code: 'second-person-waits' };

/** A case of each of these items, gathered by the moderator, who holds the first. */
async function gathered(items: readonly Parameters<typeof post>[], harm: 'bullying-hate' | 'violence-terrorism' = 'bullying-hate') {
  house.clock.advance(minute);
  const cases: string[] = [];
  for (const [id, more] of items) cases.push((await now.report(post(id, more), { harm, by: `${id}-reporter` })).case);
  const [lead = '', ...others] = cases;
  expect(await gather(house, moderator, { lead, cases: others.map((id) => ({ id, why: [] })) })).toBe(others.length);
  await claim(house, moderator, lead);
  return cases;
}
const judge = (lead: string, more: Partial<BundleJudgement> = {}, by = moderator) =>
  decideBundle(house, by, { case: lead, determination: 'remove', clause, reason, except: new Map(), measure: 'suggested', ...more });
const standing = async (cases: readonly string[]) =>
  Promise.all(cases.map(async (id) => (await see.decisions(id)).filter(({ targetKind }) => targetKind === 'item').at(-1)?.determination));
const measuresOn = async (author: string) =>
  (await ask((tx) => decisions.decisionsOnAccount(tx, now.ours(author)))).filter(({ targetKind }) => targetKind === 'account');
const strikesOn = async (author: string) => policy.strikesOf((await ask((tx) => historyOf(tx, now.ours(author)))).violations);
const inboxOf = async (author: string) =>
  (await see.messages()).filter(({ type, data }) => type === 'notice.issued' && (data['to'] as { account: string }).account === author);

test('what one author has in a bundle is one strike, their account is measured by it in the same transaction, and one notice tells of both', async () => {
  const cases = await gathered([
    ['m1', { author: 'ali' }],
    ['m2', { author: 'ali' }],
    ['m3', { author: 'ali' }],
    ['m4', { author: 'bala' }],
  ]);
  await judge(cases[0] as string);
  expect(await standing(cases)).toEqual(['remove', 'remove', 'remove', 'remove']);
  for (const author of ['ali', 'bala']) {
    expect((await strikesOn(author)).map(({ weight }) => weight)).toEqual([2]);
    expect(await measuresOn(author)).toMatchObject([{ determination: 'warn', state: 'standing' }]);
  }
  await house.settle();
  const [told, ...more] = await inboxOf('ali');
  expect(more).toEqual([]);
  expect(told?.data['also']).toHaveLength(2);
  expect(told?.data['account']).toMatchObject({ measure: 'warn', appeal_url: expect.stringContaining('/appeal/') });
  expect(told?.data['body']).toContain('Kami memberi amaran kepada akaun anda');
  expect(await inboxOf('bala')).toHaveLength(1);
  // The next one is a second strike, and no fifth.
  const [alone = ''] = [(await now.report(post('m5', { author: 'ali' }))).case];
  await now.judge(moderator, { case: alone, determination: 'remove', clause, measure: 'suggested' });
  expect((await strikesOn('ali')).map(({ weight }) => weight)).toEqual([2, 3]);
  await now.obey();
});

test('less for one account than the ladder has takes a reason, more is refused, and a bundle that says nothing of accounts leaves them alone', async () => {
  const cases = await gathered([
    ['l1', { author: 'citra' }],
    ['l2', { author: 'dewi' }],
  ]);
  const [lead = '', second = ''] = cases;
  const spared = { less: new Map([[second, null]]) };
  await expect(judge(lead, { ...spared, clause: 'bullying.doxing' })).rejects.toMatchObject({ code: 'lessening-unexplained' });
  const graver = { less: new Map([[second, 'suspend-account' as const]]) };
  await expect(judge(lead, graver)).rejects.toMatchObject({ code: 'measure-too-grave' });
  expect(await standing(cases)).toEqual([undefined, undefined]);
  await judge(lead, { ...spared, clause: 'bullying.doxing', lessened: 'Akaunnya digodam.' });
  expect(await measuresOn('citra')).toMatchObject([{ determination: 'restrict-account' }]);
  expect(await measuresOn('dewi')).toEqual([]);
  const [silent = ''] = await gathered([
    ['l3', { author: 'eka' }],
    ['l4', { author: 'eka' }],
  ]);
  await decideBundle(house, moderator, { case: silent, determination: 'remove', clause, reason, except: new Map() });
  expect(await measuresOn('eka')).toEqual([]);
  await now.obey();
});

test('an appeal that is upheld gives back all of one author, with the strike and the measure, and nothing of anybody else', async () => {
  const cases = await gathered([
    ['a1', { author: 'farid' }],
    ['a2', { author: 'farid' }],
    ['a3', { author: 'gita' }],
  ]);
  await judge(cases[0] as string, { clause: 'bullying.doxing' });
  await now.obey();
  await house.settle();
  const [, contested] = await Promise.all(
    cases.map(async (id) => (await see.decisions(id)).find(({ targetKind }) => targetKind === 'item')),
  );
  const { appeal } = await now.appeal(contested?.id as string, 'farid');
  await decideAppeal(house, senior, { appeal, outcome: 'overturned', determination: 'none', clause: null, reason });
  expect(await standing(cases)).toEqual(['none', 'none', 'remove']);
  expect(await strikesOn('farid')).toEqual([]);
  expect((await measuresOn('farid')).map(({ determination, state }) => [determination, state])).toEqual([
    ['none', 'standing'],
    ['restrict-account', 'superseded'],
  ]);
  expect(await strikesOn('gita')).toHaveLength(1);
  expect(await measuresOn('gita')).toMatchObject([{ determination: 'restrict-account', state: 'standing' }]);
  expect((await now.obey()).sort()).toEqual(['reinstate-account', 'restore', 'restore']);
  await house.settle();
});

test('while anything of theirs in the bundle stands, so do its strike and its measure', async () => {
  const cases = await gathered([
    ['s1', { author: 'hana' }],
    ['s2', { author: 'hana' }],
  ]);
  await judge(cases[0] as string, { clause: 'bullying.doxing' });
  await now.obey();
  for (const [n, id] of cases.entries()) {
    const item = (await see.decisions(id)).find(({ targetKind }) => targetKind === 'item') as decisions.Decision;
    const { appeal } = await now.appeal(item.id, 'hana');
    await decideAppeal(house, senior, { appeal, outcome: 'overturned', determination: 'none', clause: null, reason, alone: true });
    expect((await measuresOn('hana')).at(-1)?.state).toBe(n === 0 ? 'standing' : 'superseded');
    expect(await strikesOn('hana')).toHaveLength(n === 0 ? 1 : 0);
  }
  await now.obey();
});

test('what is decided fits every item of it, and what is decided otherwise fits that one; for a time and in Malaysia as a single decision is', async () => {
  const cases = await gathered([
    ['f1', { author: 'iman', kind: 'post' }],
    ['f2', { author: 'iman', kind: 'comment' }],
    ['f3', { author: 'jaya', kind: 'message' }],
  ]);
  const [lead = '', comment = ''] = cases;
  await expect(judge(lead, { determination: 'delist' })).rejects.toMatchObject({ code: 'measure-unfit' });
  const extent = { determination: 'label', territory: 'MY', days: 30 } as const;
  await expect(judge(lead, { ...extent, except: new Map([[comment, 'delist']]) })).rejects.toMatchObject({ code: 'measure-unfit' });
  await judge(lead, {
    ...extent,
    except: new Map([
      [lead, 'delist'],
      [comment, 'remove'],
    ]),
  });
  const made = (await Promise.all(cases.map((id) => see.decisions(id)))).map((all) => all.find(({ targetKind }) => targetKind === 'item'));
  expect(made.map((one) => [one?.determination, one?.endsAt === null])).toEqual([
    ['delist', false],
    ['remove', true],
    ['label', false],
  ]);
  expect((await now.waiting()).filter(({ targetKind }) => targetKind === 'item').map(({ territory }) => territory)).toEqual([
    'MY',
    'MY',
    'MY',
  ]);
  await now.obey();
});

test('what needs two of a bundle is one proposal: all of it hidden meanwhile, nothing in or out, and a second person who has looked confirms it whole', async () => {
  const cases = await gathered(
    [
      ['t1', { author: 'kavi' }],
      ['t2', { author: 'kavi' }],
      ['t3', { author: 'lina' }],
    ],
    'violence-terrorism',
  );
  const [lead = '', , third = ''] = cases;
  const judged = { clause: 'terrorism.funding', except: new Map([[third, 'none' as const]]) };
  const proposal = (await judge(lead, judged)) as decisions.Proposal;
  expect(proposal).toMatchObject({ needs: ['terrorism'], bundle: 3, state: 'waiting' });
  expect(await standing(cases)).toEqual(['make-inaccessible', 'make-inaccessible', undefined]);
  await house.settle();
  expect(await inboxOf('kavi')).toHaveLength(1);
  await expect(judge(lead, judged)).rejects.toMatchObject(waits);
  await expect(takeOut(house, moderator, third)).rejects.toMatchObject(waits);
  const late = (await now.report(post('t4'), { harm: 'violence-terrorism' })).case;
  await expect(gather(house, moderator, { lead, cases: [{ id: late, why: [] }] })).rejects.toMatchObject(waits);

  const confirmed = { proposal: proposal.id, outcome: 'confirmed' } as const;
  await expect(settleProposal(house, senior, confirmed)).rejects.toMatchObject({ code: 'look-first' });
  await revealMaterial(house, senior, { case: lead, why: 'seconding the decision' }, async () => null);
  const otherwise = { determination: 'label', clause: 'terrorism.funding', reason } as const;
  await expect(settleProposal(house, senior, { proposal: proposal.id, outcome: 'changed', ...otherwise })).rejects.toMatchObject({
    code: 'conflict',
  });
  await settleProposal(house, senior, confirmed);
  expect(await standing(cases)).toEqual(['remove', 'remove', 'none']);
  expect(await measuresOn('kavi')).toMatchObject([{ determination: 'suspend-account' }]);
  expect(await measuresOn('lina')).toEqual([]);
  await now.obey();
  await house.settle();
  expect((await see.case(lead)).state).toBe('closed');
  // Of what two decided as one, neither hears an appeal against any of it, the account's measure included.
  const [measure] = await measuresOn('kavi');
  const second = (await see.decisions(cases[1] as string)).at(-1) as decisions.Decision;
  for (const [contested, by] of [
    [second.id, 'kavi'],
    [measure?.id as string, 'kavi'],
  ] as const) {
    const { appeal } = await now.appeal(contested, by);
    const first = { ...moderator, roles: ['senior-moderator'] } as Member;
    await expect(decideAppeal(house, first, { appeal, outcome: 'upheld', reason })).rejects.toMatchObject({ code: 'same-person' });
    await decideAppeal(house, other, { appeal, outcome: 'upheld', reason });
  }
});

test('given back with a reason, the bundle is as it was, still hidden; taken back, too', async () => {
  const cases = await gathered(
    [
      ['g1', { author: 'mei' }],
      ['g2', { author: 'nadia' }],
    ],
    'violence-terrorism',
  );
  const [lead = '', second = ''] = cases;
  const proposal = (await judge(lead, { clause: 'terrorism.promotion' })) as decisions.Proposal;
  await revealMaterial(house, senior, { case: lead, why: 'seconding the decision' }, async () => null);
  await settleProposal(house, senior, { proposal: proposal.id, outcome: 'refused', reason: 'Yang kedua ialah berita.' });
  expect(await see.case(lead)).toMatchObject({ state: 'open', awaiting: false });
  expect(await standing(cases)).toEqual(['make-inaccessible', 'make-inaccessible']);
  await takeOut(house, moderator, second);
});

test('bundles and their proposals told again from their records are the same, row for row', async () => {
  await house.settle();
  const again = await freshDatabase();
  try {
    await foldInto(house, again.url);
    expect((await compareStateTables(house.url, again.url)).differences).toEqual([]);
  } finally {
    await again.drop();
  }
});

test('more than a hundred posts of forty accounts take two people, who decide them in one transaction, the accounts with them', async () => {
  const items = Array.from({ length: 104 }, (_, n): Parameters<typeof post> => [`many${n}`, { author: `mule${n % 40}` }]);
  const cases = await gathered(items);
  const [lead = ''] = cases;
  const proposal = (await judge(lead)) as decisions.Proposal;
  expect(proposal).toMatchObject({ needs: ['bulk'], bundle: 104 });
  await revealMaterial(house, senior, { case: lead, why: 'seconding the decision' }, async () => null);
  await settleProposal(house, senior, { proposal: proposal.id, outcome: 'confirmed' });
  const [one] = await see.query<{ decided: number; accounts: number; weights: number }>(
    `select count(*) filter (where d.target_kind = 'item' and d.determination = 'remove')::int as decided,
      count(*) filter (where d.target_kind = 'account' and d.determination = 'warn')::int as accounts,
      count(distinct d.account) filter (where d.target_kind = 'account')::int as weights
     from decisions.decision d join subjects.account a on a.id = d.account where a.external_id like 'mule%' and d.stage = 'final'`,
  );
  expect(one).toEqual({ decided: 104, accounts: 40, weights: 40 });
});
