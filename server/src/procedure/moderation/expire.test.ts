import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { hour, minute, play, post } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import type { Member } from '../../staff/index.ts';
import { hide, sweep } from './index.ts';

let house: TestHouse;
let now: ReturnType<typeof play>;
let see: ReturnType<typeof look>;
let moderator: Member;
beforeAll(async () => {
  house = await testHouse();
  [now, see] = [play(house), look(house)];
  moderator = await enrolled(house, 'moderator');
});
afterAll(() => house.close());

const clause = 'bullying.harassment';
const count = async (of: string, wanted: string) => (await see.records(of)).filter(({ kind }) => kind === wanted).length;
const dayLater = () => house.clock.advance(24 * hour + minute);

/** A case whose item the platform has hidden for a while. */
async function hidden(id: string, harm: 'scam' | 'bullying-hate'): Promise<string> {
  const { case: of } = await now.report(post(id), { harm });
  await hide(house, moderator, { case: of, clause });
  await now.obey();
  return of;
}

test('priority content stays hidden when its period lapses undecided, with a breach that is noted again every day', async () => {
  const of = await hidden('kept', 'scam');
  house.clock.advance(24 * hour - minute);
  await sweep(house);
  expect(await count(of, 'period.lapsed')).toBe(0);
  house.clock.advance(2 * minute);
  await sweep(house);
  await sweep(house);
  expect(await count(of, 'period.lapsed')).toBe(1);
  expect(await count(of, 'clock.breached')).toBeGreaterThan(0);
  expect(await see.actions(of)).toMatchObject([{ do: 'make-inaccessible', state: 'acknowledged' }]);
  house.clock.advance(23 * hour);
  await sweep(house);
  expect(await count(of, 'period.lapsed')).toBe(1);
  house.clock.advance(2 * hour);
  await sweep(house);
  expect(await count(of, 'period.lapsed')).toBe(2);
  expect((await see.case(of)).state).toBe('open');
});

test('other content is shown again by itself, its author is told, and its case is still owed a decision', async () => {
  const of = await hidden('shown again', 'bullying-hate');
  dayLater();
  await sweep(house);
  expect(await now.obey()).toEqual(['restore']);
  await house.settle();
  expect((await see.notices(of)).map(({ role, template }) => `${role} ${template}`)).toContain('author author.restored');
  expect((await see.case(of)).state).toBe('open');
  dayLater();
  await sweep(house);
  expect(await count(of, 'period.lapsed')).toBe(1);
  // A person may hide it again, and decides it in the end.
  expect(await hide(house, moderator, { case: of, clause })).not.toBeNull();
  await now.judge(moderator, { case: of, determination: 'remove', clause });
  await now.obey();
  expect((await see.case(of)).state).toBe('closed');
});

test('what is found not harmful is restored by itself: nobody has to ask', async () => {
  const of = await hidden('harmless', 'scam');
  await now.judge(moderator, { case: of, determination: 'none', clause: null });
  expect(await now.obey()).toEqual(['restore']);
  expect(await see.case(of)).toMatchObject({ state: 'closed', outcome: 'no-violation' });
});

test('what was decided in time never lapses', async () => {
  const of = await hidden('in time', 'scam');
  await now.judge(moderator, { case: of, determination: 'remove', clause: 'scam.phishing' });
  await now.obey();
  dayLater();
  await sweep(house);
  expect(await count(of, 'period.lapsed')).toBe(0);
});

test('two sweepers at once note a lapse and a breach once', async () => {
  const of = await hidden('two sweepers', 'bullying-hate');
  dayLater();
  await Promise.all([sweep(house), sweep(house), sweep(house)]);
  expect(await count(of, 'period.lapsed')).toBe(1);
  const breaches = (await see.records(of))
    .filter(({ kind }) => kind === 'clock.breached')
    .map(({ payload }) => `${payload['clock']} ${payload['subject']}`);
  expect(new Set(breaches).size).toBe(breaches.length);
  expect((await see.actions(of)).map((action) => action.do)).toEqual(['make-inaccessible', 'restore']);
});

test('a breach on record says which clock of whom, when it was due, and why', async () => {
  const { case: of, report } = await now.report(post('late'));
  house.clock.advance(25 * hour);
  await sweep(house);
  const breached = (await see.records(of)).filter(({ kind }) => kind === 'clock.breached').map(({ payload }) => payload);
  const due = await see.clock(of, 'acknowledge');
  expect(breached).toContainEqual({
    clock: 'acknowledge',
    subject: report,
    due_at: due?.dueAt.toISOString(),
    reason: expect.stringMatching(/./),
  });
});
