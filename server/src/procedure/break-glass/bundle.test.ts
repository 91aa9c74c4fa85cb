import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../test/database.ts';
import { compareStateTables, foldInto } from '../../../test/fold.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { minute, play, post } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import * as calls from '../../calls/index.ts';
import * as decisions from '../../decisions/index.ts';
import * as policy from '../../policy/index.ts';
import type { Member } from '../../staff/index.ts';
import { decideBundle, gather } from '../casework/index.ts';
import { claim, decideAppeal, decideAppealOrHold, historyOf, revealMaterial, reviewAlone, settleProposal } from '../moderation/index.ts';
import { decideAlone, openGlass } from './index.ts';

let house: TestHouse;
let now: ReturnType<typeof play>;
let see: ReturnType<typeof look>;
let lead: Member;
let senior: Member;
let other: Member;
beforeAll(async () => {
  house = await testHouse({ seed: 'break-glass bundle', bulkAbove: 4 });
  [now, see] = [play(house), look(house)];
  lead = await enrolled(house, 'lead');
  senior = await enrolled(house, 'senior-moderator', 'first senior');
  other = await enrolled(house, 'senior-moderator', 'second senior');
  await enrolled(house, 'compliance-officer');
});
afterAll(() => house.close());

const reason = 'Satu kempen yang sama.';
const ask = <T>(work: Parameters<typeof house.db.begin<T>>[1]) => house.db.begin('doors', work);
type Harm = 'violence-terrorism' | 'csam' | 'bullying-hate';
const clauses = { 'violence-terrorism': 'terrorism.promotion', csam: 'csam.material', 'bullying-hate': 'bullying.doxing' } as const;

/** What one person has proposed about these items as one. */
async function proposed(
  by: Member,
  items: readonly (readonly [id: string, author: string])[],
  harm: Harm = 'violence-terrorism',
  determination: 'remove' | 'none' = 'remove',
) {
  house.clock.advance(minute);
  const cases: string[] = [];
  for (const [id, author] of items) cases.push((await now.report(post(id, { author }), { harm, by: `${id}-reporter` })).case);
  const [first = '', ...others] = cases;
  await gather(house, by, { lead: first, cases: others.map((id) => ({ id, why: [] })) });
  await claim(house, by, first);
  const clause = determination === 'none' ? null : clauses[harm];
  const input = { case: first, determination, clause, reason, except: new Map(), measure: 'suggested' } as const;
  return { cases, proposal: (await decideBundle(house, by, input)) as decisions.Proposal };
}
const standing = (cases: readonly string[]) =>
  Promise.all(cases.map(async (id) => (await see.decisions(id)).filter(({ targetKind }) => targetKind === 'item').at(-1)?.determination));
const accountOf = async (author: string) =>
  (await ask((tx) => decisions.decisionsOnAccount(tx, now.ours(author)))).find(
    ({ targetKind, supersededBy }) => targetKind === 'account' && supersededBy === null,
  )?.determination;
const strikesOn = async (author: string) => policy.strikesOf((await ask((tx) => historyOf(tx, now.ours(author)))).violations);
const toldOf = async (author: string) =>
  (await see.messages()).filter(({ type, data }) => type === 'notice.issued' && (data['to'] as { account: string }).account === author);
const agree = async (member: Member, proposal: decisions.Proposal) => {
  await revealMaterial(house, member, { case: proposal.case, why: 'seconding the decision' }, async () => null);
  return settleProposal(house, member, { proposal: proposal.id, outcome: 'confirmed' });
};

test('a bundle that one proposed is decided alone as it was proposed, as one act: one record, one call', async () => {
  const { cases, proposal } = await proposed(lead, [
    ['a1', 'ali'],
    ['a2', 'ali'],
    ['a3', 'bala'],
  ]);
  expect(proposal).toMatchObject({ bundle: 3, state: 'waiting' });
  await expect(decideAlone(house, lead, proposal.id)).rejects.toMatchObject({ code: 'glass-closed' });
  await openGlass(house, lead, { hours: 24, reason: 'Tiada orang kedua bertugas malam ini.' });
  await expect(decideAlone(house, senior, proposal.id)).rejects.toMatchObject({ code: 'glass-closed' });
  const decision = await decideAlone(house, lead, proposal.id);
  expect(await standing(cases)).toEqual(['remove', 'remove', 'remove']);
  expect([await accountOf('ali'), await accountOf('bala')]).not.toContain(undefined);
  const used = (await see.records()).filter(({ kind }) => kind === 'break-glass.used');
  expect(used.map(({ payload }) => payload['decision'])).toEqual([decision.id]);
  expect(decision.case).toBe(cases[0]);
  const ringing = await ask((tx) => calls.unanswered(tx, house.clock.now(), 100));
  expect(ringing.filter(({ about }) => about === 'alone')).toHaveLength(1);
  await expect(decideAlone(house, lead, proposal.id)).rejects.toMatchObject({ code: 'proposal-settled' });
  await now.obey();
  await house.settle();
});

test('who reviewed it hears no appeal against any of it', async () => {
  const { cases, proposal } = await proposed(lead, [
    ['h1', 'hana'],
    ['h2', 'imran'],
  ]);
  const decision = await decideAlone(house, lead, proposal.id);
  expect(await reviewAlone(house, senior, { decision: decision.id, agrees: true, reason })).toBe('upheld');
  await now.obey();
  const second = (await see.decisions(cases[1] as string)).find(({ stage, targetKind }) => stage === 'final' && targetKind === 'item');
  const { appeal } = await now.appeal(second?.id as string, 'imran');
  await expect(decideAppeal(house, senior, { appeal, outcome: 'upheld', reason })).rejects.toMatchObject({ code: 'same-person' });
  await decideAppeal(house, other, { appeal, outcome: 'upheld', reason });
});

test('a reviewer who does not agree takes back all of it that still stands: strikes and measures go with it, each author is told once', async () => {
  const { cases, proposal } = await proposed(lead, [
    ['b1', 'citra'],
    ['b2', 'citra'],
    ['b3', 'dewi'],
    ['b4', 'eka'],
  ]);
  const decision = await decideAlone(house, lead, proposal.id);
  await now.obey();
  await house.settle();
  // Meanwhile two people found that one of them was right.
  const own = (await see.decisions(cases[3] as string)).find(({ stage, targetKind }) => stage === 'final' && targetKind === 'item');
  const { appeal } = await now.appeal(own?.id as string, 'eka');
  const right = { appeal, outcome: 'overturned', determination: 'none', clause: null, reason } as const;
  await agree(senior, (await decideAppealOrHold(house, other, right)) as decisions.Proposal);
  await now.obey();
  const before = (await toldOf('citra')).length;
  await expect(reviewAlone(house, lead, { decision: decision.id, agrees: false, reason })).rejects.toMatchObject({ code: 'same-person' });
  expect(await reviewAlone(house, senior, { decision: decision.id, agrees: false, reason: 'Ia berita, bukan pujian.' })).toBe('reversed');
  expect(await standing(cases)).toEqual(['none', 'none', 'none', 'none']);
  for (const author of ['citra', 'dewi', 'eka']) {
    expect(await accountOf(author)).toBe('none');
    expect(await strikesOn(author)).toEqual([]);
  }
  expect((await now.obey()).filter((what) => what === 'restore')).toHaveLength(3);
  await house.settle();
  // Of all their items in one notice; of the account, which has a decision and an appeal of its own, in another.
  const told = (await toldOf('citra')).slice(before).map(({ data }) => data['also'] as unknown[] | undefined);
  expect(told.filter((also) => also?.length === 1)).toHaveLength(1);
  expect(told).toHaveLength(2);
  // Of what two had decided meanwhile nobody is told again.
  expect(
    (await see.decisions(cases[3] as string)).filter(({ determination, targetKind }) => determination === 'none' && targetKind === 'item'),
  ).toHaveLength(1);
});

test('of child abuse material all of it waits for a second person, and reaches all of it when they agree; given back, it stands', async () => {
  const [first, second, third] = [
    await enrolled(house, 'child-safety-reviewer', 'one'),
    await enrolled(house, 'child-safety-reviewer', 'two'),
    await enrolled(house, 'child-safety-reviewer', 'three'),
  ];
  await openGlass(house, first, { hours: 24, reason: 'Tiada orang kedua bertugas malam ini.' });
  const { cases, proposal } = await proposed(
    first,
    [
      ['c1', 'gita'],
      ['c2', 'haris'],
    ],
    'csam',
  );
  const { id } = await decideAlone(house, first, proposal.id);
  await expect(reviewAlone(house, senior, { decision: id, agrees: false, reason })).rejects.toMatchObject({ code: 'forbidden' });
  const review = { decision: id, agrees: false, reason } as const;
  const waits = (await reviewAlone(house, second, review)) as decisions.Proposal;
  expect(waits).toMatchObject({ state: 'waiting', needs: ['csam'], answers: { to: 'review', id } });
  expect(await standing(cases)).toEqual(['remove', 'remove']);
  for (const [who, code] of [
    [first, 'same-person'],
    [second, 'same-person'],
  ] as const)
    await expect(agree(who, waits)).rejects.toMatchObject({ code });
  await agree(third, waits);
  expect(await standing(cases)).toEqual(['none', 'none']);
  expect(await ask((tx) => decisions.alone(tx, id))).toMatchObject({ state: 'reversed', reviewedBy: third.id });
  await now.obey();
});

test('found harmless alone, all of it is hidden again while a second person is awaited, and shown again when they do not agree', async () => {
  const [first, second, third] = [
    await enrolled(house, 'child-safety-reviewer', 'four'),
    await enrolled(house, 'child-safety-reviewer', 'five'),
    await enrolled(house, 'child-safety-reviewer', 'six'),
  ];
  await openGlass(house, first, { hours: 24, reason: 'Tiada orang kedua bertugas malam ini.' });
  const { cases, proposal } = await proposed(
    first,
    [
      ['n1', 'intan'],
      ['n2', 'jati'],
    ],
    'csam',
    'none',
  );
  const { id } = await decideAlone(house, first, proposal.id);
  await now.obey();
  await expect(reviewAlone(house, second, { decision: id, agrees: false, reason })).rejects.toMatchObject({ code: 'measure-unfit' });
  const instead = { determination: 'remove', clause: 'csam.material' } as const;
  const waits = (await reviewAlone(house, second, { decision: id, agrees: false, reason, instead })) as decisions.Proposal;
  expect(await standing(cases)).toEqual(['make-inaccessible', 'make-inaccessible']);
  await revealMaterial(house, third, { case: waits.case, why: 'seconding the decision' }, async () => null);
  await settleProposal(house, third, { proposal: waits.id, outcome: 'refused', reason: 'Tiada apa-apa yang salah.' });
  expect(await standing(cases)).toEqual(['none', 'none']);
  expect(await ask((tx) => decisions.alone(tx, id))).toMatchObject({ state: 'unreviewed' });
  const again = (await reviewAlone(house, third, { decision: id, agrees: false, reason, instead })) as decisions.Proposal;
  await agree(second, again);
  expect(await standing(cases)).toEqual(['remove', 'remove']);
  await now.obey();
});

test('what was decided alone as one, told again from its records, is the same, row for row', async () => {
  await house.settle();
  const again = await freshDatabase();
  try {
    await foldInto(house, again.url);
    expect((await compareStateTables(house.url, again.url)).differences).toEqual([]);
  } finally {
    await again.drop();
  }
});

test('what took two because it is more at once than one decides takes two to be taken back', async () => {
  const items = Array.from({ length: 5 }, (_, n) => [`many${n}`, `mule${n % 2}`] as const);
  const { cases, proposal } = await proposed(lead, items, 'bullying-hate');
  expect(proposal.needs).toEqual(['bulk']);
  const { id } = await decideAlone(house, lead, proposal.id);
  const waits = (await reviewAlone(house, senior, { decision: id, agrees: false, reason })) as decisions.Proposal;
  expect(waits).toMatchObject({ needs: ['bulk'] });
  await agree(other, waits);
  expect(new Set(await standing(cases))).toEqual(new Set(['none']));
  expect(await accountOf('mule1')).toBe('none');
});
