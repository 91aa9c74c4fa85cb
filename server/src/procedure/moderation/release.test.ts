import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { play, post } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Member } from '../../staff/index.ts';
import { claim, type DecisionInput, decideAppealOrHold, decideOrPropose, hide, takenBack, undo } from './index.ts';
import { sweep } from './promises.ts';
import { releaseDue } from './release.ts';

let house: TestHouse;
let now: ReturnType<typeof play>;
let moderator: Member;
let senior: Member;
beforeAll(async () => {
  house = await testHouse({ undoSeconds: 10 });
  now = play(house);
  [moderator, senior] = [await enrolled(house, 'moderator'), await enrolled(house, 'senior-moderator')];
});
afterAll(() => house.close());

const clause = 'bullying.harassment';
const ask = <T>(work: Parameters<typeof house.db.begin<T>>[1]) => house.db.begin('doors', work);
const caseOf = (id: string) => ask((tx) => cases.caseOf(tx, id));
const standing = (of: string, item: string) => ask((tx) => decisions.standingIn(tx, of, item));
/** What anybody was written of this case, beside that their report is here and that the item is hidden meanwhile. */
const noticesOf = async (of: string) => {
  await house.settle();
  return (await look(house).notices(of)).filter(({ template }) => !/acknowledged|hidden/.test(template));
};

/** A case that a moderator holds, its item hidden or not, and what they decide about it. */
async function decided(item: string, { hidden = true, ...more }: Partial<DecisionInput> & { readonly hidden?: boolean } = {}) {
  const { case: of } = await now.report(post(item, { author: `${item}-author` }), { by: `${item}-reporter` });
  if (hidden) await hide(house, moderator, { case: of, clause });
  await now.obey();
  await claim(house, moderator, of);
  const input = { case: of, determination: 'none', clause: null, reason: 'Ia jenaka antara kawan.', ...more } as const;
  const made = await decideOrPropose(house, moderator, input);
  return { of, made: made as decisions.Held, target: (await caseOf(of))?.item as string };
}

test('what restores waits ten seconds, in which nothing leaves the house; then it is a decision like any other', async () => {
  const { of, made, target } = await decided('joke');
  expect(made).toMatchObject({ state: 'held', determination: 'none', until: new Date(house.clock.now().getTime() + 10_000) });
  house.clock.advance(9_000);
  await sweep(house);
  expect([(await caseOf(of))?.state, await now.waiting(), await noticesOf(of)]).toEqual(['open', [], []]);
  house.clock.advance(1_000);
  expect(await releaseDue(house)).toBe(1);
  expect(await releaseDue(house)).toBe(0);
  expect(await standing(of, target)).toMatchObject({ determination: 'none', stage: 'final', decidedBy: moderator.id });
  expect(await now.obey()).toEqual(['restore']);
  expect((await noticesOf(of)).map(({ role }) => role).sort()).toEqual(['author', 'reporter']);
});

test('undone in time, nothing has happened: nobody was told, nothing was asked, and the case is in the same hands with what was written', async () => {
  const { of, made, target } = await decided('doubt', { determination: 'label', clause, days: 30 });
  await expect(undo(house, senior, made.id)).rejects.toMatchObject({ code: 'forbidden' });
  house.clock.advance(9_999);
  expect(await undo(house, moderator, made.id)).toMatchObject({ case: of, appeal: null, bundle: null });
  house.clock.advance(60_000);
  expect(await releaseDue(house)).toBe(0);
  expect([await now.waiting(), await noticesOf(of)]).toEqual([[], []]);
  expect(await standing(of, target)).toMatchObject({ determination: 'make-inaccessible', stage: 'temporary' });
  expect(await ask((tx) => cases.leaseOn(tx, of, house.clock.now()))).toMatchObject({ staff: moderator.id });
  const before = { determination: 'label', clause, days: 30, reason: 'Ia jenaka antara kawan.' };
  expect(await ask((tx) => takenBack(house, tx, moderator, made.id))).toMatchObject(before);
  expect(await ask((tx) => takenBack(house, tx, senior, made.id))).toBeNull();
  await expect(undo(house, moderator, made.id)).rejects.toMatchObject({ code: 'held-over' });
});

test('the time is the server’s: a second late, even where nobody has carried it out yet, is too late', async () => {
  const { made } = await decided('late');
  house.clock.advance(10_000);
  await expect(undo(house, moderator, made.id)).rejects.toMatchObject({ code: 'held-over' });
  await expect(undo(house, moderator, '00000000-0000-7000-8000-000000000000')).rejects.toMatchObject({ code: 'held-unknown' });
  expect(await releaseDue(house)).toBe(1);
});

test('what hides something that is seen never waits, and nothing about child abuse material does', async () => {
  const { made } = await decided('seen', { hidden: false, determination: 'remove', clause });
  expect(made).toMatchObject({ determination: 'remove', stage: 'final' });
  for (const harm of ['csam', 'scam'] as const) expect(decisions.mayWait(harm, 'none', ['inaccessible'])).toBe(harm === 'scam');
  expect(decisions.mayWait('scam', 'remove', ['inaccessible', 'visible'])).toBe(false);
});

test('meanwhile nobody else takes or decides the case, and what stays hidden stays hidden', async () => {
  const { of } = await decided('aside', { determination: 'remove', clause });
  await expect(claim(house, senior, of)).rejects.toMatchObject({ code: 'decision-held' });
  const other = { case: of, determination: 'none', clause: null, reason: 'Sebab lain.' } as const;
  await expect(decideOrPropose(house, moderator, other)).rejects.toMatchObject({ code: 'decision-held' });
  house.clock.advance(10_000);
  await sweep(house);
  expect((await caseOf(of))?.state).toBe('decided');
});

test('where the case turns out to be about something worse, the decision is taken back instead of carried out', async () => {
  const { of, made } = await decided('worse');
  await now.report(post('worse', { author: 'worse-author' }), { by: 'somebody', harm: 'csam' });
  house.clock.advance(10_000);
  expect(await releaseDue(house)).toBe(0);
  expect(await ask((tx) => decisions.held(tx, made.id))).toMatchObject({ state: 'undone' });
  expect(await caseOf(of)).toMatchObject({ state: 'open', awaiting: false, harm: 'csam' });
});

test('a ruling that restores waits, too: undone in time the appeal is as it was; else it restores, and both sides hear of it', async () => {
  const { case: of } = await now.report(post('ruled', { author: 'ruled-author' }), { by: 'ruled-reporter' });
  const removal = await now.judge(moderator, { case: of, determination: 'remove', clause });
  await now.obey();
  await house.settle();
  const { appeal } = await now.appeal(removal.id, 'ruled-author');
  const ruling = { appeal, outcome: 'overturned', determination: 'none', clause: null, reason: 'Tiada sesiapa dihina.' } as const;
  const first = (await decideAppealOrHold(house, senior, ruling)) as decisions.Held;
  expect(first).toMatchObject({ state: 'held', appeal });
  await expect(decideAppealOrHold(house, senior, ruling)).rejects.toMatchObject({ code: 'decision-held' });
  expect(await undo(house, senior, first.id)).toMatchObject({ case: of, appeal });
  const again = { appeal, outcome: 'overturned', alone: false, reason: ruling.reason };
  expect(await ask((tx) => takenBack(house, tx, senior, first.id))).toMatchObject(again);
  await decideAppealOrHold(house, senior, ruling);
  const before = await noticesOf(of);
  expect(await now.waiting()).toEqual([]);
  house.clock.advance(10_000);
  expect(await releaseDue(house)).toBe(1);
  expect(await now.obey()).toEqual(['restore']);
  const told = (await noticesOf(of)).slice(before.length);
  expect(told.map(({ role }) => role).sort()).toEqual(['author', 'reporter']);
});

test('a ruling that leaves everything as it is, or hides what is seen, does not wait', async () => {
  const { case: of } = await now.report(post('kept', { author: 'kept-author' }), { by: 'kept-reporter' });
  const cleared = await now.judge(moderator, { case: of, determination: 'none', clause: null });
  await house.settle();
  const { appeal } = await now.appeal(cleared.id, 'kept-reporter', 'reporter');
  const ruling = { appeal, outcome: 'overturned', determination: 'remove', clause, reason: 'Ia menghina seseorang.' } as const;
  expect(await decideAppealOrHold(house, senior, ruling)).toMatchObject({ determination: 'remove', stage: 'final' });
});

test('one that cannot be carried out keeps neither the others waiting nor the sweeper from its work', async () => {
  const { made: broken } = await decided('broken');
  const { of: whole } = await decided('whole');
  await look(house).query('update decisions.held set revision = gen_random_uuid() where id = $1', [broken.id]);
  house.clock.advance(10_000);
  await sweep(house);
  expect((await caseOf(whole))?.state).toBe('decided');
  expect(await ask((tx) => decisions.held(tx, broken.id))).toMatchObject({ state: 'held' });
});
