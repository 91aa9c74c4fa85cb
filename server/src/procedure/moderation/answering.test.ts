import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../test/database.ts';
import { compareStateTables, foldInto } from '../../../test/fold.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { hour, minute, play, post } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import * as appeals from '../../appeals/index.ts';
import * as decisions from '../../decisions/index.ts';
import * as inquiries from '../../inquiries/index.ts';
import type { Member } from '../../staff/index.ts';
import { decideAlone, openGlass } from '../break-glass/index.ts';
import { erase } from '../people/erase.ts';
import {
  type AppealRuling,
  answerInquiry,
  cancelProposal,
  claim,
  decideAppeal,
  decideAppealOrHold,
  decideOrPropose,
  revealMaterial,
  reviewAlone,
  settleProposal,
  sweep,
} from './index.ts';

let house: TestHouse;
let now: ReturnType<typeof play>;
let see: ReturnType<typeof look>;
let people: Record<'proposer' | 'settler' | 'hears' | 'agrees' | 'other', Member>;
let children: readonly Member[];
beforeAll(async () => {
  house = await testHouse({ seed: 'answering' });
  [now, see] = [play(house), look(house)];
  people = {
    proposer: await enrolled(house, 'moderator', 'proposer'),
    settler: await enrolled(house, 'senior-moderator', 'settler'),
    hears: await enrolled(house, 'senior-moderator', 'hears'),
    agrees: await enrolled(house, 'lead', 'agrees'),
    other: await enrolled(house, 'senior-moderator', 'other'),
  };
  children = await Promise.all(['one', 'two', 'three', 'four', 'five'].map((name) => enrolled(house, 'child-safety-reviewer', name)));
});
afterAll(() => house.close());

const reason = 'Disemak sekali lagi.';
const looks = (member: Member, of: string) => revealMaterial(house, member, { case: of, why: 'seconding the decision' }, async () => null);
const desired = async (of: string) => (await see.actions(of)).at(-1)?.desired ?? 'visible';
const appealOf = async (id: string) => (await house.db.begin('doors', (tx) => appeals.appeal(tx, id))) as appeals.Appeal;
const kindsOf = async (of: string) => (await see.records(of)).map(({ kind }) => kind);

/** What one proposed and another confirmed; done at the platform. */
async function decidedByTwo(
  id: string,
  harm: 'violence-terrorism' | 'csam',
  determination: 'remove' | 'none',
  [one, two]: readonly [Member, Member],
): Promise<decisions.Decision> {
  house.clock.advance(minute);
  const { case: of } = await now.report(post(id, { author: `${id}-author` }), { harm, by: `${id}-reporter` });
  await claim(house, one, of);
  const clause = determination === 'none' ? null : harm === 'csam' ? 'csam.material' : 'terrorism.promotion';
  const { id: proposal } = await decideOrPropose(house, one, { case: of, determination, clause, reason: 'Sebab yang pertama.' });
  await looks(two, of);
  const made = (await settleProposal(house, two, { proposal, outcome: 'confirmed' })) as decisions.Decision;
  await now.obey();
  await house.settle();
  await now.deliver();
  return made;
}
const removed = (id: string) => decidedByTwo(id, 'violence-terrorism', 'remove', [people.proposer, people.settler]);
/** Child abuse material that two found to be none; a reporter does not agree. */
async function cleared(id: string) {
  const [one, two] = children as [Member, Member];
  const decision = await decidedByTwo(id, 'csam', 'none', [one, two]);
  return { decision, of: decision.case, ...(await now.appeal(decision.id, `${id}-reporter`, 'reporter')) };
}
const overturned = (appeal: string) => ({ appeal, outcome: 'overturned', determination: 'none', clause: null, reason }) as const;
const removing = (appeal: string) => ({ ...overturned(appeal), determination: 'remove', clause: 'csam.material' }) as const;
async function proposed(member: Member, ruling: AppealRuling): Promise<decisions.Proposal> {
  const made = await decideAppealOrHold(house, member, ruling);
  if (made === null || !('needs' in made)) throw new Error('one person decided alone');
  return made;
}

test('what two people decided one does not undo: who hears the appeal proposes it, and somebody who had no part in any of it agrees', async () => {
  const { id, case: of } = await removed('overturned');
  const { appeal } = await now.appeal(id, 'overturned-author');
  await expect(decideAppeal(house, people.hears, overturned(appeal))).rejects.toMatchObject({ code: 'second-person-needed' });
  const proposal = await proposed(people.hears, overturned(appeal));
  expect(proposal).toMatchObject({ needs: ['terrorism'], answers: { to: 'appeal', id: appeal, decision: id, outcome: 'overturned' } });
  expect([(await appealOf(appeal)).state, await desired(of), await now.waiting()]).toEqual(['received', 'removed', []]);
  const agree = { proposal: proposal.id, outcome: 'confirmed' } as const;
  for (const barred of [people.hears, people.settler])
    await expect(settleProposal(house, barred, agree)).rejects.toMatchObject({ code: 'same-person' });
  await expect(settleProposal(house, people.agrees, agree)).rejects.toMatchObject({ code: 'look-first' });
  // Nobody rules on it meanwhile, not even that the decision stands.
  const upheld = { appeal, outcome: 'upheld', reason } as const;
  await expect(decideAppealOrHold(house, people.other, upheld)).rejects.toMatchObject({ code: 'second-person-waits' });
  await looks(people.agrees, of);
  expect(await settleProposal(house, people.agrees, agree)).toMatchObject({ determination: 'none', supersedes: id, appeal });
  expect((await appealOf(appeal)).outcome).toBe('overturned');
  expect(await now.obey()).toEqual(['restore']);
  await house.settle();
  const told = (await see.notices(of)).filter(({ to }) => to === now.ours('overturned-author')).map(({ template }) => template);
  expect(told).toContain('appeal.overturned.restored');
});

test('who proposed the decision that it would change has had their say, too', async () => {
  const { id, case: of } = await decidedByTwo('both', 'violence-terrorism', 'remove', [people.other, people.settler]);
  const { appeal } = await now.appeal(id, 'both-author');
  const { id: proposal } = await proposed(people.hears, overturned(appeal));
  await looks(people.other, of);
  await expect(settleProposal(house, people.other, { proposal, outcome: 'confirmed' })).rejects.toMatchObject({ code: 'same-person' });
  await cancelProposal(house, people.hears, proposal);
  expect((await see.decisions(of)).at(-1)?.id).toBe(id);
});

test('that it stands is for one person to say; given back, it is heard again', async () => {
  const { id, case: of } = await removed('given back');
  const { appeal } = await now.appeal(id, 'given back-author');
  const { id: proposal } = await proposed(people.hears, overturned(appeal));
  await looks(people.agrees, of);
  await expect(
    settleProposal(house, people.agrees, { proposal, outcome: 'changed', determination: 'label', clause: null, reason }),
  ).rejects.toMatchObject({ code: 'conflict' });
  expect(await settleProposal(house, people.agrees, { proposal, outcome: 'refused', reason: 'Ia memang memuji.' })).toBeNull();
  expect([(await appealOf(appeal)).state, await desired(of)]).toEqual(['received', 'removed']);
  await decideAppealOrHold(house, people.other, { appeal, outcome: 'upheld', reason });
  expect((await appealOf(appeal)).outcome).toBe('upheld');
});

test('where a reporter is right, it is hidden at once, and removed when a second person agrees', async () => {
  const { of, appeal } = await cleared('right');
  const [, , hears, agrees] = children as [Member, Member, Member, Member];
  const { id: proposal } = await proposed(hears, removing(appeal));
  expect(await now.obey()).toEqual(['make-inaccessible']);
  await looks(agrees, of);
  await settleProposal(house, agrees, { proposal, outcome: 'confirmed' });
  expect(await now.obey()).toEqual(['remove']);
  expect((await see.decisions(of)).map(({ stage, determination, state }) => `${stage} ${determination} ${state}`)).toEqual([
    'temporary make-inaccessible superseded',
    'final none superseded',
    'temporary make-inaccessible superseded',
    'final remove standing',
  ]);
  expect((await appealOf(appeal)).outcome).toBe('overturned');
});

test('where nobody agrees with the reporter, it is shown as before, and whoever hears the appeal next may say that the decision stands', async () => {
  const { of, appeal } = await cleared('wrong');
  const [, , hears, refuses, next] = children as [Member, Member, Member, Member, Member];
  const { id: proposal } = await proposed(hears, removing(appeal));
  await now.obey();
  await looks(refuses, of);
  await settleProposal(house, refuses, { proposal, outcome: 'refused', reason: 'Tiada kanak-kanak di situ.' });
  expect(await now.obey()).toEqual(['restore']);
  expect((await see.decisions(of)).at(-1)).toMatchObject({ stage: 'final', determination: 'none', state: 'standing' });
  await decideAppealOrHold(house, next, { appeal, outcome: 'upheld', reason });
  expect((await appealOf(appeal)).outcome).toBe('upheld');
  await house.settle();
  const told = (await see.notices(of)).filter(({ to }) => to === now.ours('wrong-author')).map(({ template }) => template);
  expect(told.at(-1)).toBe('author.restored');
});

test('hidden for an appeal, it is determined within its period: undecided, a breach is on record, and what is decided still takes its place', async () => {
  const { of, appeal } = await cleared('late');
  const [, , hears, agrees] = children as [Member, Member, Member, Member];
  const { id: proposal } = await proposed(hears, removing(appeal));
  await now.obey();
  house.clock.advance(25 * hour);
  await sweep(house);
  expect(await kindsOf(of)).toContain('period.lapsed');
  await looks(agrees, of);
  expect(await settleProposal(house, agrees, { proposal, outcome: 'confirmed' })).toMatchObject({ determination: 'remove' });
});

test('a correction after an inquiry that changes what two decided waits for a second person, and the inquiry with it', async () => {
  const { id, case: of } = await removed('corrected');
  const { inquiry } = await now.inquire(id, 'corrected-author');
  const answer = 'Kami tersilap: ia berita.';
  const correction = { inquiry, outcome: 'corrected', determination: 'none', clause: null, answer } as const;
  await expect(answerInquiry(house, people.settler, correction)).rejects.toMatchObject({ code: 'same-person' });
  const proposal = (await answerInquiry(house, people.hears, correction)) as decisions.Proposal;
  expect(proposal).toMatchObject({ state: 'waiting', answers: { to: 'inquiry', id: inquiry } });
  await expect(answerInquiry(house, people.other, correction)).rejects.toMatchObject({ code: 'second-person-waits' });
  expect(await kindsOf(of)).not.toContain('inquiry.answered');
  await looks(people.agrees, of);
  await settleProposal(house, people.agrees, { proposal: proposal.id, outcome: 'confirmed' });
  expect(await now.obey()).toEqual(['restore']);
  expect(await house.db.begin('doors', (tx) => inquiries.inquiry(tx, inquiry))).toMatchObject({ state: 'answered', outcome: 'corrected' });
  await house.settle();
  const written = (await see.messages()).filter(({ type, text }) => type === 'notice.issued' && text.includes(answer));
  expect(written.length).toBeGreaterThan(0);
});

/** Somebody decides alone about what is said to be child abuse material. */
async function alone(id: string, determination: 'remove' | 'none'): Promise<decisions.Decision> {
  house.clock.advance(minute);
  const by = children[0] as Member;
  const { case: of } = await now.report(post(id, { author: `${id}-author` }), { harm: 'csam', by: `${id}-reporter` });
  await claim(house, by, of);
  const clause = determination === 'none' ? null : 'csam.material';
  const { id: proposal } = await decideOrPropose(house, by, { case: of, determination, clause, reason: 'Sebab yang pertama.' });
  await openGlass(house, by, { hours: 1, reason: 'Tiada orang kedua malam ini.' });
  house.clock.advance(61 * minute);
  await openGlass(house, by, { hours: 1, reason: 'Tiada orang kedua malam ini.' });
  const made = await decideAlone(house, by, proposal);
  house.clock.advance(61 * minute);
  await now.obey();
  return made;
}

test('whoever reviews what was decided alone and does not agree waits for a second person where it needs one; nobody decides that alone', async () => {
  const decision = await alone('reviewed', 'remove');
  const [first, reviewer, agrees] = children as [Member, Member, Member];
  const proposal = (await reviewAlone(house, reviewer, { decision: decision.id, agrees: false, reason })) as decisions.Proposal;
  expect(proposal).toMatchObject({ determination: 'none', answers: { to: 'review', id: decision.id } });
  await looks(first, decision.case);
  await expect(settleProposal(house, first, { proposal: proposal.id, outcome: 'confirmed' })).rejects.toMatchObject({
    code: 'same-person',
  });
  await openGlass(house, reviewer, { hours: 1, reason: 'Tiada orang kedua malam ini.' });
  await expect(decideAlone(house, reviewer, proposal.id)).rejects.toMatchObject({ code: 'conflict' });
  await looks(agrees, decision.case);
  expect(await settleProposal(house, agrees, { proposal: proposal.id, outcome: 'confirmed' })).toMatchObject({ determination: 'none' });
  expect(await now.obey()).toEqual(['restore']);
  expect(await house.db.begin('doors', (tx) => decisions.alone(tx, decision.id))).toMatchObject({ state: 'reversed' });
});

test('what was cleared alone is hidden as soon as its reviewer finds otherwise', async () => {
  const { id: decision, case: of } = await alone('cleared alone', 'none');
  const [, reviewer, agrees] = children as [Member, Member, Member];
  await expect(reviewAlone(house, reviewer, { decision, agrees: false, reason })).rejects.toMatchObject({ code: 'measure-unfit' });
  const instead = { determination: 'remove', clause: 'csam.material' } as const;
  const { id: proposal } = (await reviewAlone(house, reviewer, { decision, agrees: false, reason, instead })) as decisions.Proposal;
  expect(await now.obey()).toEqual(['make-inaccessible']);
  await looks(agrees, of);
  await settleProposal(house, agrees, { proposal, outcome: 'confirmed' });
  expect(await now.obey()).toEqual(['remove']);
});

test('where its author was erased, a ruling is still carried out in the words of whoever heard the appeal', async () => {
  const { case: of } = await now.report(post('erased', { author: 'erased-author' }), { harm: 'violence-terrorism', by: 'erased-reporter' });
  const { id } = await now.judge(people.proposer, { case: of, determination: 'none', clause: null });
  await now.obey();
  const { appeal } = await now.appeal(id, 'erased-reporter', 'reporter');
  await erase(house, 'warung', now.ours('erased-author'), 'evidence');
  const { id: proposal } = await proposed(people.hears, { ...removing(appeal), clause: 'terrorism.promotion' });
  await looks(people.agrees, of);
  expect(await settleProposal(house, people.agrees, { proposal, outcome: 'confirmed' })).toMatchObject({ determination: 'remove' });
  await house.settle();
  const told = (await see.messages()).filter(({ type, text }) => type === 'notice.issued' && text.includes(reason));
  expect(told.length).toBeGreaterThan(0);
});

test('what changes more than a hundred at once needs two, whatever it is about', () => {
  const standing = { determination: 'remove', clause: 'scam.phishing' } as const;
  const instead = { determination: 'none', clause: null } as const;
  expect(decisions.needsInstead('scam', standing, instead, decisions.bulk)).toEqual([]);
  expect(decisions.needsInstead('scam', standing, instead, decisions.bulk + 1)).toEqual(['bulk']);
});

test('all of it, told again from the records, is the same, row for row', async () => {
  await house.settle();
  const again = await freshDatabase();
  try {
    await foldInto(house, again.url);
    expect((await compareStateTables(house.url, again.url)).differences).toEqual([]);
  } finally {
    await again.drop();
  }
});
