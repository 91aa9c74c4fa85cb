import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../test/database.ts';
import { compareStateTables, foldInto } from '../../../test/fold.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { hour, minute, play, post } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import type { Proposal } from '../../decisions/index.ts';
import type { Member } from '../../staff/index.ts';
import { claim, claimWorst, decide, decideAppeal, decideOrPropose, revealMaterial } from './index.ts';
import { sweep } from './promises.ts';
import { cancelProposal, settleProposal } from './second.ts';

let house: TestHouse;
let now: ReturnType<typeof play>;
let see: ReturnType<typeof look>;
let first: Member;
let second: Member;
let third: Member;
let senior: Member;
beforeAll(async () => {
  house = await testHouse({ seed: 'second' });
  [now, see] = [play(house), look(house)];
  [first, second, third] = [
    await enrolled(house, 'child-safety-reviewer', 'first'),
    await enrolled(house, 'child-safety-reviewer', 'second'),
    await enrolled(house, 'child-safety-reviewer', 'third'),
  ];
  senior = await enrolled(house, 'senior-moderator');
});
afterAll(() => house.close());

const reason = 'Cap jari sepadan dengan bank.';
/** A harmless post that is said to be child abuse material, held by the first person. */
async function held(id: string, by: Member = first): Promise<string> {
  house.clock.advance(minute);
  const { case: of } = await now.report(post(id), { harm: 'csam', by: `reporter-${id}` });
  await claim(house, by, of);
  return of;
}
async function proposed(id: string, determination: 'remove' | 'none' = 'remove'): Promise<Proposal> {
  const clause = determination === 'remove' ? 'csam.material' : null;
  const made = await decideOrPropose(house, first, { case: await held(id), determination, clause, reason });
  if (!('needs' in made)) throw new Error('one person decided alone');
  return made;
}
const looks = (member: Member, of: string) => revealMaterial(house, member, { case: of, why: 'seconding the decision' }, async () => null);
const kindsOf = async (of: string) => (await see.records(of)).map(({ kind }) => kind);

test('what one person decides about child abuse material is no decision yet: it waits for the second, and the content is hidden meanwhile', async () => {
  const { id, case: of, needs } = await proposed('alone');
  expect(needs).toEqual(['csam']);
  expect(await see.case(of)).toMatchObject({ state: 'open', awaiting: true });
  expect((await see.decisions(of)).map(({ stage, determination }) => [stage, determination])).toEqual([['temporary', 'make-inaccessible']]);
  // One entry a case, which nobody is given to decide meanwhile.
  await expect(claim(house, second, of)).rejects.toMatchObject({ code: 'second-person-waits' });
  expect(await claimWorst(house, second, {})).toBeNull();
  await looks(second, of);
  const decision = await settleProposal(house, second, { proposal: id, outcome: 'confirmed' });
  expect(decision).toMatchObject({ stage: 'final', determination: 'remove', clause: 'csam.material', decidedBy: second.id });
  expect(await see.case(of)).toMatchObject({ state: 'decided', awaiting: false });
  expect((await kindsOf(of)).filter((kind) => /propos/.test(kind))).toEqual(['decision.proposed', 'proposal.settled']);
  await now.obey();
  await house.settle();
  expect((await see.case(of)).state).toBe('closed');
});

test('a step that takes one person only refuses what needs two, and changes nothing', async () => {
  const of = await held('only one');
  const before = await kindsOf(of);
  await expect(decide(house, first, { case: of, determination: 'none', clause: null, reason })).rejects.toMatchObject({
    code: 'second-person-needed',
  });
  expect(await kindsOf(of)).toEqual(before);
});

test('the second person is never the first, not with any role, and not in the database either', async () => {
  const { id, case: of } = await proposed('same');
  await looks(first, of);
  const all: Member = { ...first, roles: ['child-safety-reviewer', 'senior-moderator', 'lead', 'administrator'] };
  await expect(settleProposal(house, all, { proposal: id, outcome: 'confirmed' })).rejects.toMatchObject({ code: 'same-person' });
  await expect(
    see.query(`update decisions.proposal set state = 'refused', settled_by = proposed_by, settled_at = proposed_at where id = $1`, [id]),
  ).rejects.toThrow(/proposal_check/);
  await expect(settleProposal(house, senior, { proposal: id, outcome: 'confirmed' })).rejects.toMatchObject({ code: 'forbidden' });
});

test('the second person looks at the material first, after it was proposed', async () => {
  const of = await held('unseen');
  await looks(second, of);
  house.clock.advance(minute);
  const made = (await decideOrPropose(house, first, { case: of, determination: 'none', clause: null, reason })) as Proposal;
  await expect(settleProposal(house, second, { proposal: made.id, outcome: 'confirmed' })).rejects.toMatchObject({ code: 'look-first' });
  await looks(second, of);
  expect(await settleProposal(house, second, { proposal: made.id, outcome: 'confirmed' })).toMatchObject({ determination: 'none' });
});

test('refused with a reason, the case is looked at anew and stays hidden; without one, nothing is refused', async () => {
  const { id, case: of } = await proposed('given back');
  await looks(second, of);
  await expect(settleProposal(house, second, { proposal: id, outcome: 'refused', reason: '' })).rejects.toMatchObject({
    code: 'reason-missing',
  });
  expect(await settleProposal(house, second, { proposal: id, outcome: 'refused', reason: 'Lihat fail kedua juga.' })).toBeNull();
  expect(await see.case(of)).toMatchObject({ state: 'open', awaiting: false });
  expect((await see.actions(of)).at(-1)?.desired).toBe('inaccessible');
  await expect(settleProposal(house, third, { proposal: id, outcome: 'confirmed' })).rejects.toMatchObject({ code: 'proposal-settled' });
  await claim(house, second, of);
});

test('who would decide otherwise proposes that, for the first person or a third, never for themselves', async () => {
  const { id, case: of } = await proposed('otherwise');
  await looks(second, of);
  const changed = (await settleProposal(house, second, {
    proposal: id,
    outcome: 'changed',
    determination: 'none',
    clause: null,
    reason: 'Ini fail penanda.',
  })) as Proposal;
  expect(changed).toMatchObject({ after: id, proposedBy: second.id, state: 'waiting', determination: 'none' });
  await looks(second, of);
  await expect(settleProposal(house, second, { proposal: changed.id, outcome: 'confirmed' })).rejects.toMatchObject({
    code: 'same-person',
  });
  await looks(first, of);
  expect(await settleProposal(house, first, { proposal: changed.id, outcome: 'confirmed' })).toMatchObject({ determination: 'none' });
});

test('only who proposed takes it back', async () => {
  const { id, case: of } = await proposed('taken back');
  await expect(cancelProposal(house, second, id)).rejects.toMatchObject({ code: 'forbidden' });
  await cancelProposal(house, first, id);
  expect(await see.case(of)).toMatchObject({ state: 'open', awaiting: false });
  await expect(cancelProposal(house, first, id)).rejects.toMatchObject({ code: 'proposal-settled' });
});

test('of two second people at the same moment one settles it', async () => {
  const { id, case: of } = await proposed('race');
  for (const one of [second, third]) await looks(one, of);
  const both = await Promise.allSettled([second, third].map((one) => settleProposal(house, one, { proposal: id, outcome: 'confirmed' })));
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect((await see.decisions(of)).filter(({ stage }) => stage === 'final')).toHaveLength(1);
});

test('an appeal against what two decided is heard by neither of them', async () => {
  const { id, case: of } = await proposed('appealed');
  await looks(second, of);
  const decision = await settleProposal(house, second, { proposal: id, outcome: 'confirmed' });
  await now.obey();
  const { appeal } = await now.appeal(decision?.id as string, 'author');
  for (const one of [first, second])
    await expect(decideAppeal(house, one, { appeal, outcome: 'upheld', reason })).rejects.toMatchObject({ code: 'same-person' });
  await decideAppeal(house, third, { appeal, outcome: 'upheld', reason });
});

test('removing for terrorism needs two, clearing the same post does not', async () => {
  const moderator = await enrolled(house, 'moderator');
  const report = async (id: string) => {
    const { case: of } = await now.report(post(id), { harm: 'violence-terrorism', by: `r-${id}` });
    await claim(house, moderator, of);
    return of;
  };
  const made = (await decideOrPropose(house, moderator, {
    case: await report('t1'),
    determination: 'remove',
    clause: 'terrorism.promotion',
    reason,
  })) as Proposal;
  expect(made.needs).toEqual(['terrorism']);
  await looks(senior, made.case);
  expect(await settleProposal(house, senior, { proposal: made.id, outcome: 'confirmed' })).toMatchObject({ clause: 'terrorism.promotion' });
  expect(await decide(house, moderator, { case: await report('t2'), determination: 'none', clause: null, reason })).toMatchObject({
    stage: 'final',
  });
});

test('while it waits the clocks go on, and its breach is on record like any other', async () => {
  const { case: of } = await proposed('late');
  house.clock.advance(30 * hour);
  await sweep(house);
  expect(await kindsOf(of)).toContain('clock.breached');
  expect((await see.case(of)).awaiting).toBe(true);
});

test('proposals told again from their records are the same, row for row', async () => {
  await house.settle();
  const again = await freshDatabase();
  try {
    await foldInto(house, again.url);
    const { differences } = await compareStateTables(house.url, again.url);
    expect(differences).toEqual([]);
  } finally {
    await again.drop();
  }
});
