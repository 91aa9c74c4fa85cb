import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type TestDesk, type Visitor } from '../../../test/desk.ts';
import { play, post } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import type * as decisions from '../../decisions/index.ts';
import { decideBundle, gather } from '../../procedure/casework/index.ts';
import { claim, decideAppealOrHold } from '../../procedure/moderation/index.ts';
import type { Member } from '../../staff/index.ts';

let desk: TestDesk;
let moderator: Member;
let awan: Visitor;
beforeAll(async () => {
  desk = await openDesk({ seed: 'bulk', bulkAbove: 2 });
  moderator = await enrolled(desk.house, 'moderator');
  awan = await desk.logIn('awan');
});
afterAll(() => desk.close());

/** So many posts of one author, gathered and taken. */
async function gathered(name: string, count: number): Promise<string> {
  const ids: string[] = [];
  for (let n = 0; n < count; n++)
    ids.push((await play(desk.house).report(post(`${name}-${n}`, { author: name }), { by: `${name}-reporter` })).case);
  const [lead = '', ...others] = ids;
  await gather(desk.house, moderator, { lead, cases: others.map((id) => ({ id, why: [] })) });
  await claim(desk.house, moderator, lead);
  return lead;
}
const judged = (lead: string, house = desk.house) =>
  decideBundle(house, moderator, {
    ...{ case: lead, determination: 'remove', clause: 'bullying.harassment', reason: 'Satu kempen yang sama.', except: new Map() },
  });

test('one person decides as many at once as the installation says, and no more; the page says so before', async () => {
  const [two, three] = [await gathered('two', 2), await gathered('three', 3)];
  const waits = 'at once: your decision waits for a second person';
  expect(await awan.page(`/desk/cases/${two}/bundle`)).not.toContain(waits);
  expect(await awan.page(`/desk/cases/${three}/bundle`)).toContain(`More than 2 ${waits}`);
  expect(await judged(two)).toMatchObject({ decisions: [{ determination: 'remove' }, { determination: 'remove' }] });
  expect(await judged(three)).toMatchObject({ needs: ['bulk'], state: 'waiting' });
});

test('nor does one person overturn more at once on an appeal', async () => {
  const lead = await gathered('appeals', 3);
  const { decisions: made } = (await judged(lead, { ...desk.house, bulkAbove: 3 })) as { decisions: readonly decisions.Decision[] };
  const now = play(desk.house);
  await now.obey();
  await desk.house.settle();
  await now.deliver();
  const { appeal } = await now.appeal((made[0] as decisions.Decision).id, 'appeals');
  const senior = await enrolled(desk.house, 'senior-moderator');
  const ruling = { appeal, outcome: 'overturned', determination: 'none', clause: null, reason: 'Disemak sekali lagi.' } as const;
  expect(await decideAppealOrHold(desk.house, senior, ruling)).toMatchObject({ needs: ['bulk'], answers: { to: 'appeal', id: appeal } });
});
