import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { hour, play, post } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import * as intake from '../../intake/index.ts';
import type * as policy from '../../policy/index.ts';
import { reveal } from '../../records/index.ts';
import type { Member } from '../../staff/index.ts';
import { decideAppeal } from './index.ts';
import { sweep } from './promises.ts';
import { hide } from './withhold.ts';

let house: TestHouse;
let now: ReturnType<typeof play>;
let see: ReturnType<typeof look>;
let moderator: Member;
let senior: Member;
beforeAll(async () => {
  house = await testHouse();
  [now, see] = [play(house), look(house)];
  [moderator, senior] = [await enrolled(house, 'moderator'), await enrolled(house, 'senior-moderator')];
});
afterAll(() => house.close());

const clause = 'bullying.harassment';
const settle = async () => {
  await now.obey();
  await house.settle();
  await now.deliver();
};
const item = (name: string, revision = '1') => post(name, { author: `${name}-author`, revision });
const decided = (determination: policy.FinalDetermination) => async (id: string) =>
  (await now.judge(moderator, { case: id, determination, clause: determination === 'none' ? null : clause })).id;
const overturned = (first: policy.FinalDetermination, then: policy.FinalDetermination) => async (id: string, name: string) => {
  const contested = await decided(first)(id);
  await settle();
  const side = first === 'none' ? 'reporter' : 'author';
  const { appeal } = await now.appeal(contested, `${name}-${side}`, side);
  const clauseThen = then === 'none' ? null : clause;
  const reason = 'Disemak semula.';
  const made = await decideAppeal(house, senior, { appeal, outcome: 'overturned', determination: then, clause: clauseThen, reason });
  return made?.id as string;
};

/** How a matter ended before somebody reports the same again, which word their notice has for it, and whether they may appeal. */
const endings: readonly {
  readonly name: string;
  readonly end: (id: string, name: string) => Promise<string>;
  readonly word: string;
  readonly appeal: boolean;
}[] = [
  { name: 'removed', end: decided('remove'), word: 'removed', appeal: true },
  { name: 'labelled', end: decided('label'), word: 'labelled', appeal: true },
  { name: 'limited', end: decided('limit'), word: 'limited', appeal: true },
  { name: 'found harmless', end: decided('none'), word: 'no-violation', appeal: true },
  { name: 'restored on appeal', end: overturned('remove', 'none'), word: 'no-violation', appeal: false },
  { name: 'removed on appeal', end: overturned('none', 'remove'), word: 'removed', appeal: false },
];

describe.each(endings)('what was $name', ({ name, end, word, appeal }) => {
  test('answers whoever reports it again: that outcome in their language, every clock kept, counted as a notice alone', async () => {
    const { case: of } = await now.report(item(name), { by: `${name}-reporter` });
    const decision = await end(of, name);
    await settle();
    const before = await see.actions(of);
    const late = await now.report(item(name), { by: `${name}-late`, language: 'ta' });
    expect(late.case).toBe(of);
    await settle();
    expect(await see.report(late.report)).toMatchObject({ state: 'answered', outcome: 'already-decided' });
    const mine = (await see.notices(of)).filter(({ report }) => report === late.report);
    expect(mine).toMatchObject([{ template: 'report.already-decided', decision, language: 'ta' }]);
    const written = await house.db.begin('doors', (tx) => reveal(house, tx, 'notice.written', mine[0]?.record as string));
    expect(written?.values).toMatchObject({ outcome: word });
    expect('appeal_by' in (written?.values ?? {})).toBe(appeal);
    const clocks = await see.query<{ stopped_at: Date | null }>('select * from cases.clock where subject = $1', [late.report]);
    expect(clocks.map(({ stopped_at }) => stopped_at !== null)).toEqual([true, true, true]);
    // No new measure, no new case; and it says nothing of how right this reporter is.
    expect(await see.actions(of)).toEqual(before);
    const tally = await house.db.begin('doors', (tx) => intake.tallyOf(tx, { reporter: now.ours(`${name}-late`) }, house.clock.now()));
    expect(tally).toMatchObject({ reports: 1, actioned: 0, noViolation: 0, dismissed: 0 });
  });

  test('is a new case in another revision', async () => {
    const again = await now.report(item(name, '2'), { by: `${name}-late` });
    expect(await see.case(again.case)).toMatchObject({ state: 'open' });
    expect((await see.reports(again.case)).map(({ id }) => id)).toEqual([again.report]);
    expect((await see.notices(again.case)).filter(({ template }) => template === 'report.already-decided')).toEqual([]);
  });
});

test('what lapsed undetermined is still owed a decision: who reports it again joins the case', async () => {
  const { case: of } = await now.report(item('lapsed'));
  await hide(house, moderator, { case: of, clause });
  await settle();
  house.clock.advance(24 * hour + 1_000);
  await sweep(house);
  const again = await now.report(item('lapsed'), { by: 'again' });
  expect(again.case).toBe(of);
  expect(await see.report(again.report)).toMatchObject({ state: 'received' });
  await decided('remove')(of);
  await settle();
  expect(await see.report(again.report)).toMatchObject({ state: 'answered', outcome: 'actioned' });
});

test('a measure whose time is over answers nobody any more: the same content is a new case', async () => {
  const { case: of } = await now.report(item('timed'));
  await now.judge(moderator, { case: of, determination: 'limit', clause, days: 1 });
  await settle();
  house.clock.advance(25 * hour);
  await sweep(house);
  await settle();
  const again = await now.report(item('timed'), { by: 'again' });
  expect(again.case).not.toBe(of);
  expect(await see.case(again.case)).toMatchObject({ state: 'open' });
});
