import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { hour, minute, play, post } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import * as decisions from '../../decisions/index.ts';
import type * as policy from '../../policy/index.ts';
import type { Member } from '../../staff/index.ts';
import { openGlass, terminateAlone } from '../break-glass/index.ts';
import { decideBundle, gather } from '../casework/index.ts';
import { historyOf } from './history.ts';
import {
  answerInquiry,
  claim,
  decideAppeal,
  decideAppealOrHold,
  decideOrPropose,
  receiveInstruction,
  revealMaterial,
  reviewAlone,
  settleProposal,
  sweep,
  terminate,
} from './index.ts';

// What was decided, hidden while a second person was awaited, and is as before since nobody agreed, is to be as if nobody had asked.
let house: TestHouse;
let now: ReturnType<typeof play>;
let see: ReturnType<typeof look>;
let decides: Member;
let hears: Member;
let refuses: Member;
let another: Member;
beforeAll(async () => {
  house = await testHouse({ seed: 'as before' });
  [now, see] = [play(house), look(house)];
  const senior = (name: string) => enrolled(house, 'senior-moderator', name);
  [decides, hears, refuses, another] = [await senior('decides'), await senior('hears'), await senior('refuses'), await senior('another')];
});
afterAll(() => house.close());

const reason = 'Sebab yang boleh dibaca.';
const ask = <T>(work: Parameters<typeof house.db.begin<T>>[1]) => house.db.begin('doors', work);
const looks = (member: Member, of: string) => revealMaterial(house, member, { case: of, why: 'seconding the decision' }, async () => null);
async function told(): Promise<void> {
  await now.obey();
  await house.settle();
  await now.deliver();
}
const newest = async (of: string) =>
  (await see.decisions(of)).filter(({ targetKind, stage }) => targetKind === 'item' && stage === 'final').at(-1) as decisions.Decision;
const onAccount = async (author: string) =>
  (await ask((tx) => decisions.decisionsOnAccount(tx, now.ours(author))))
    .filter(({ targetKind, supersededBy }) => targetKind === 'account' && supersededBy === null)
    .map(({ determination }) => determination);
const shown = async (of: string) => (await see.actions(of)).at(-1)?.desired;
const takenBack = (appeal: string) => ({ appeal, outcome: 'overturned', determination: 'none', clause: null, reason }) as const;
const terrorism = (appeal: string) => ({ ...takenBack(appeal), determination: 'remove', clause: 'terrorism.promotion' }) as const;

/** One person decides about the item and its author's account. */
async function decided(id: string, determination: policy.FinalDetermination = 'label') {
  house.clock.advance(minute);
  const { case: of } = await now.report(post(id, { author: id }), { harm: 'bullying-hate', by: `${id}-reporter` });
  const clause = determination === 'none' ? null : 'bullying.doxing';
  const made = await now.judge(decides, { case: of, determination, clause, ...(clause ? { measure: 'suggested' } : {}) });
  await told();
  return { of, made };
}

/** Its reporter appeals; whoever hears it finds terrorism, so that it is hidden until a second person has said what they think. */
async function awaited(id: string, determination: policy.FinalDetermination = 'label') {
  const { of, made } = await decided(id, determination);
  const { appeal } = await now.appeal(made.id, `${id}-reporter`, 'reporter');
  house.clock.advance(hour);
  const { id: proposal } = (await decideAppealOrHold(house, hears, terrorism(appeal))) as decisions.Proposal;
  await told();
  expect(await shown(of)).toBe('inaccessible');
  return { of, made, appeal, proposal };
}

async function refused(id: string, determination: policy.FinalDetermination = 'label') {
  const { of, made, proposal } = await awaited(id, determination);
  await looks(refuses, of);
  await settleProposal(house, refuses, { proposal, outcome: 'refused', reason });
  await told();
  const again = await newest(of);
  expect([again.id === made.id, again.determination]).toEqual([false, determination]);
  return { of, made, again };
}

test('the measure on the account goes with it when it is overturned', async () => {
  const { again } = await refused('followed');
  expect(await onAccount('followed')).toEqual(['restrict-account']);
  const { appeal } = await now.appeal(again.id, 'followed');
  await decideAppeal(house, another, takenBack(appeal));
  expect(await onAccount('followed')).toEqual(['none']);
});

test('so it does where another decision had taken the first one’s place in appeal', async () => {
  const { of, made } = await decided('chain');
  const first = await now.appeal(made.id, 'chain-reporter', 'reporter');
  await decideAppeal(house, hears, { ...takenBack(first.appeal), determination: 'remove', clause: 'bullying.doxing' });
  await told();
  const { appeal } = await now.appeal((await newest(of)).id, 'chain');
  await decideAppeal(house, another, takenBack(appeal));
  expect(await onAccount('chain')).toEqual(['none']);
});

test('whoever decided it first does not hear the appeal against it; whoever only refused may', async () => {
  const { again } = await refused('same');
  const { appeal } = await now.appeal(again.id, 'same');
  await expect(decideAppeal(house, decides, takenBack(appeal))).rejects.toMatchObject({ code: 'same-person' });
  expect(await decideAppeal(house, refuses, takenBack(appeal))).toMatchObject({ determination: 'none' });
});

test('its strike counts from the day when it was given', async () => {
  const { made } = await refused('strike');
  const { violations } = await ask((tx) => historyOf(tx, now.ours('strike')));
  expect(violations.map(({ at }) => at)).toEqual([made.decidedAt]);
});

test('whoever else reported it may still appeal, and each side is told what it was told before', async () => {
  house.clock.advance(minute);
  const { case: of } = await now.report(post('two', { author: 'two' }), { by: 'two-first' });
  await now.report(post('two', { author: 'two' }), { by: 'two-second' });
  const made = await now.judge(decides, { case: of, determination: 'none', clause: null });
  await told();
  const { appeal } = await now.appeal(made.id, 'two-first', 'reporter');
  const { id: proposal } = (await decideAppealOrHold(house, hears, terrorism(appeal))) as decisions.Proposal;
  await told();
  await looks(refuses, of);
  await settleProposal(house, refuses, { proposal, outcome: 'refused', reason });
  await told();
  expect((await now.appeal((await newest(of)).id, 'two-second', 'reporter')).appeal).toBeTruthy();
  const texts = async (to: string) => (await see.notices(of)).filter((one) => one.to === now.ours(to)).map(({ template }) => template);
  expect((await texts('two')).at(-1)).toBe('author.restored');
  expect((await texts('two-second')).filter((text) => text === 'report.no-violation')).toHaveLength(2);
});

test('where the period runs out while a second person is awaited, what had been decided holds again, and no gate falls', async () => {
  const { of, proposal } = await awaited('gate', 'age-gate');
  house.clock.advance(400 * hour);
  await sweep(house);
  await now.obey();
  const asked = (await see.actions(of)).filter(({ targetKind }) => targetKind === 'item');
  expect(asked.map(({ desired }) => desired)).toEqual(['age-gated', 'inaccessible', 'age-gated']);
  await looks(another, of);
  expect(await settleProposal(house, another, { proposal, outcome: 'confirmed' })).toMatchObject({ determination: 'remove' });
});

test('an appeal that overturns all that was decided as one reaches what was hidden for a while, too', async () => {
  house.clock.advance(minute);
  const ids: string[] = [];
  for (const n of ['one', 'two'])
    ids.push((await now.report(post(`as-one-${n}`, { author: 'as-one' }), { harm: 'bullying-hate', by: `as-one-${n}-reporter` })).case);
  const [first, second] = ids as [string, string];
  await gather(house, decides, { lead: first, cases: [{ id: second, why: [] }] });
  await claim(house, decides, first);
  const all = { determination: 'label', clause: 'bullying.doxing', reason, except: new Map(), measure: 'suggested' } as const;
  await decideBundle(house, decides, { case: first, ...all });
  await told();
  const { appeal } = await now.appeal((await newest(second)).id, 'as-one-two-reporter', 'reporter');
  const { id: proposal } = (await decideAppealOrHold(house, hears, terrorism(appeal))) as decisions.Proposal;
  await told();
  await looks(refuses, second);
  await settleProposal(house, refuses, { proposal, outcome: 'refused', reason });
  await told();
  const theirs = await now.appeal((await newest(first)).id, 'as-one');
  await decideAppeal(house, another, takenBack(theirs.appeal));
  await told();
  expect([(await newest(first)).determination, (await newest(second)).determination]).toEqual(['none', 'none']);
  expect(await onAccount('as-one')).toEqual(['none']);
});

test('an inquiry whose correction waits is answered by nobody else meanwhile', async () => {
  const { of, made } = await decided('asked');
  const { inquiry } = await now.inquire(made.id, 'asked');
  const correction = { inquiry, outcome: 'corrected', determination: 'remove', clause: 'terrorism.promotion', answer: reason } as const;
  const { id: proposal } = (await answerInquiry(house, hears, correction)) as decisions.Proposal;
  await expect(answerInquiry(house, another, { inquiry, outcome: 'explained', answer: reason })).rejects.toMatchObject({
    code: 'second-person-waits',
  });
  await looks(refuses, of);
  expect(await settleProposal(house, refuses, { proposal, outcome: 'confirmed' })).toMatchObject({ determination: 'remove' });
});

test('only the regulator’s own word undoes the regulator’s word: not an appeal of before, and not a second person who agrees with one', async () => {
  const officer = await enrolled(house, 'compliance-officer');
  async function instructed(id: string): Promise<void> {
    const due = new Date(house.clock.now().getTime() + 6 * hour);
    const item = { kind: 'post', id };
    await receiveInstruction(house, officer, { service: 'warung', kind: 'remove', reference: `MCMC/2026/${id}`, due, item });
    await told();
  }
  const alone = await decided('told-remove');
  const { appeal } = await now.appeal(alone.made.id, 'told-remove');
  await instructed('told-remove');
  await expect(decideAppeal(house, hears, takenBack(appeal))).rejects.toMatchObject({ code: 'decision-not-open' });
  await decideAppeal(house, hears, { appeal, outcome: 'replaced', reason });

  const two = await awaited('told-while-waiting');
  await instructed('told-while-waiting');
  await looks(refuses, two.of);
  await expect(settleProposal(house, refuses, { proposal: two.proposal, outcome: 'confirmed' })).rejects.toMatchObject({
    code: 'decision-not-open',
  });
  await settleProposal(house, refuses, { proposal: two.proposal, outcome: 'refused', reason });
  expect(await shown(two.of)).toBe('removed');
});

/** By two, and with what leads to the end of an account. */
async function suspended(author: string): Promise<decisions.Decision> {
  const { case: of } = await now.report(post(author, { author }), { harm: 'violence-terrorism', by: `${author}-reporter` });
  await claim(house, decides, of);
  const judgement = { determination: 'remove', clause: 'terrorism.funding', reason, measure: 'suggested' } as const;
  const { id: proposal } = await decideOrPropose(house, decides, { case: of, ...judgement });
  await looks(hears, of);
  const made = (await settleProposal(house, hears, { proposal, outcome: 'confirmed' })) as decisions.Decision;
  await told();
  return (await ask((tx) => decisions.followingOn(tx, made.id)))[0] as decisions.Decision;
}

test('neither who suspended an account hears the appeal against its end, nor who reviewed that one ended it alone', async () => {
  const suspension = await suspended('ended');
  const end = await terminate(house, refuses, { decision: suspension.id, reason });
  await told();
  const { appeal } = await now.appeal(end.id, 'ended');
  for (const one of [decides, hears, refuses])
    await expect(decideAppeal(house, one, { appeal, outcome: 'upheld', reason })).rejects.toMatchObject({ code: 'same-person' });
  const other = await suspended('alone');
  await openGlass(house, hears, { hours: 1, reason: 'Tiada orang lain malam ini.' });
  const alone = await terminateAlone(house, hears, { decision: other.id, reason });
  await reviewAlone(house, refuses, { decision: alone.id, agrees: true, reason });
  await told();
  const theirs = await now.appeal(alone.id, 'alone');
  await expect(decideAppeal(house, refuses, { appeal: theirs.appeal, outcome: 'upheld', reason })).rejects.toMatchObject({
    code: 'same-person',
  });
});

test('while a ruling on a suspension is about to be carried out nobody ends the account', async () => {
  const suspension = await suspended('held');
  const { appeal } = await now.appeal(suspension.id, 'held');
  const held = await decideAppealOrHold({ ...house, undoSeconds: 10 }, refuses, takenBack(appeal));
  expect(held).toMatchObject({ state: 'held' });
  await expect(terminate(house, another, { decision: suspension.id, reason })).rejects.toMatchObject({ code: 'decision-held' });
});

test('whoever reviews what was decided alone after an appeal was faster says what they think, and it is on record', async () => {
  const suspension = await suspended('faster');
  await openGlass(house, hears, { hours: 1, reason: 'Tiada orang lain malam ini.' }).catch(() => undefined);
  const end = await terminateAlone(house, hears, { decision: suspension.id, reason });
  await told();
  const { appeal } = await now.appeal(end.id, 'faster');
  await decideAppeal(house, another, takenBack(appeal));
  expect(await reviewAlone(house, refuses, { decision: end.id, agrees: false, reason })).toBe('objected');
});
