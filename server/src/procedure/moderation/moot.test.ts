import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../test/database.ts';
import { compareStateTables, foldInto } from '../../../test/fold.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { play, post } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import { reveal } from '../../records/index.ts';
import type { Member } from '../../staff/index.ts';
import { erase } from '../people/erase.ts';
import { hide } from './withhold.ts';

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
const settle = async () => {
  await house.settle();
  await now.deliver();
  await house.settle();
};
const reported = (id: string) => now.report(post(id, { author: `${id}-author` }), { by: `${id}-reporter` });
/** The platform answers what was asked in a case: the item is gone. */
async function gone(id: string): Promise<void> {
  for (const action of await now.waiting()) if (action.case === id) await now.says(action, 'gone');
}
const told = async (id: string, role: 'author' | 'reporter') =>
  (await see.notices(id)).filter((notice) => notice.role === role && notice.template !== 'report.acknowledged');
const templates = async (id: string, role: 'author' | 'reporter') => (await told(id, role)).map(({ template }) => template);
async function running(id: string): Promise<string[]> {
  const rows = await see.query<{ clock: string }>('select clock from cases.clock where case_id = $1 and stopped_at is null', [id]);
  return rows.map(({ clock }) => clock);
}

test('what is gone when the platform is asked closes as moot, counted apart, and both sides are told that nothing was left to do', async () => {
  const { case: of, report } = await reported('after');
  await now.judge(moderator, { case: of, determination: 'remove', clause });
  await settle();
  await gone(of);
  await settle();
  expect(await see.actions(of)).toMatchObject([{ do: 'remove', state: 'moot', reported: 'gone' }]);
  expect(await see.case(of)).toMatchObject({ state: 'closed', outcome: 'moot' });
  expect(await running(of)).toEqual([]);
  expect(await templates(of, 'reporter')).toEqual(['report.removed', 'report.gone']);
  expect(await templates(of, 'author')).toEqual(['author.removed', 'author.gone']);
  expect(await see.report(report)).toMatchObject({ state: 'answered', outcome: 'actioned' });
});

test('what is gone before anybody was told is told once, and that is the answer', async () => {
  const { case: of, report } = await reported('at once');
  await now.judge(moderator, { case: of, determination: 'label', clause });
  await gone(of);
  await settle();
  expect(await templates(of, 'reporter')).toEqual(['report.gone']);
  expect(await templates(of, 'author')).toEqual(['author.gone']);
  expect(await see.report(report)).toMatchObject({ state: 'answered', outcome: 'actioned' });
  expect(await running(of)).toEqual([]);
  // They may appeal all the same: the decision stays on record, and counts.
  const [notice] = await told(of, 'reporter');
  const written = await house.db.begin('doors', (tx) => reveal(house, tx, 'notice.written', notice?.record as string));
  expect(written?.values).toMatchObject({ outcome: 'labelled', clause });
  expect(written?.values).toHaveProperty('appeal_by');
});

test('deleted while it is being decided: the case goes on from what was sealed, and is decided', async () => {
  const { case: of, report } = await reported('before');
  await hide(house, moderator, { case: of, clause });
  await gone(of);
  expect(await see.case(of)).toMatchObject({ state: 'open' });
  await now.judge(moderator, { case: of, determination: 'remove', clause });
  await gone(of);
  await settle();
  expect(await see.case(of)).toMatchObject({ state: 'closed', outcome: 'moot' });
  expect(await templates(of, 'reporter')).toContain('report.gone');
  expect(await see.report(report)).toMatchObject({ state: 'answered' });
});

test('found harmless and gone, the reporter is not told that others can see it', async () => {
  const { case: of, report } = await reported('harmless');
  await hide(house, moderator, { case: of, clause });
  await gone(of);
  await now.judge(moderator, { case: of, determination: 'none', clause: null });
  await gone(of);
  await settle();
  expect(await see.case(of)).toMatchObject({ state: 'closed', outcome: 'no-violation' });
  expect((await templates(of, 'reporter')).at(-1)).toBe('report.gone');
  expect(await templates(of, 'reporter')).not.toContain('report.no-violation');
  expect(await see.report(report)).toMatchObject({ state: 'answered', outcome: 'no-violation' });
});

test('of an author who was erased nobody can be asked for anything: decided, it is moot at once, and who reported has their answer', async () => {
  const { case: of, report } = await reported('erased');
  await settle();
  await erase(house, 'warung', now.ours('erased-author'), 'evidence');
  await settle();
  const before = (await see.messages()).filter(({ type }) => type === 'action.requested').length;
  await now.judge(moderator, { case: of, determination: 'remove', clause });
  expect(await see.actions(of)).toMatchObject([{ do: 'remove', state: 'moot', reported: 'unnamed' }]);
  expect((await now.waiting()).filter((action) => action.case === of)).toEqual([]);
  expect((await see.messages()).filter(({ type }) => type === 'action.requested')).toHaveLength(before);
  await settle();
  expect(await see.case(of)).toMatchObject({ state: 'closed', outcome: 'moot' });
  expect(await templates(of, 'reporter')).toEqual(['report.gone']);
  expect(await templates(of, 'author')).toEqual([]);
  expect(await see.report(report)).toMatchObject({ state: 'answered', outcome: 'actioned' });
  expect(await running(of)).toEqual([]);
});

test('a measure on an account that is known no more is moot, and keeps no case open', async () => {
  const { case: of } = await reported('account');
  await settle();
  await erase(house, 'warung', now.ours('account-author'), 'profile');
  await settle();
  await now.judge(moderator, { case: of, determination: 'remove', clause: 'violence.threat', measure: 'suggested' });
  for (const action of await now.waiting()) if (action.case === of) await now.says(action, 'removed');
  expect((await see.actions(of)).map(({ targetKind, state }) => `${targetKind} ${state}`)).toEqual(['item acknowledged', 'account moot']);
  expect(await see.case(of)).toMatchObject({ state: 'closed', outcome: 'actioned' });
  expect((await running(of)).filter((clock) => clock === 'enforce')).toEqual([]);
});

test('told again from the records, all of this is as it was', async () => {
  await settle();
  const again = await freshDatabase();
  try {
    await foldInto(house, again.url);
    expect((await compareStateTables(house.url, again.url)).differences).toEqual([]);
  } finally {
    await again.drop();
  }
});
