import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Doors, keyFor, openTestDoors } from '../../../test/doors.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { minute, play, post } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import { notEnforcedRows } from '../../views/not-enforced.sql.ts';

let house: TestHouse;
let doors: Doors;
let now: ReturnType<typeof play>;
let removed: (id: string) => Promise<string>;
let authorization: string;
beforeAll(async () => {
  house = await testHouse({ seed: 'reconcile' });
  doors = await openTestDoors(house);
  now = play(house);
  authorization = `Bearer ${await keyFor(house, ['action'])}`;
  const moderator = await enrolled(house, 'moderator');
  removed = async (id) => {
    const { case: of } = await now.report(post(id, { author: `author-of-${id}` }));
    await now.judge(moderator, { case: of, determination: 'remove', clause: 'bullying.harassment' });
    return of;
  };
});
afterAll(async () => {
  await doors[Symbol.asyncDispose]();
  await house.close();
});

const say = async (...states: object[]) => {
  const answer = await doors.ask('/v1/states', {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ states }),
  });
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { results: { result: string; problem: { code: string } | null }[] }).results;
};
const of = (id: string, state: string, more: object = {}) => ({ target: { kind: 'item', item_kind: 'post', id }, state, ...more });
const results = async (...states: object[]) => (await say(...states)).map(({ result }) => result);

test('a state that is read back and equal acknowledges the order, once', async () => {
  const id = await removed('equal');
  expect(await results(of('equal', 'visible'), of('equal', 'removed'), of('equal', 'removed'))).toEqual([
    'pending',
    'acknowledged',
    'as-desired',
  ]);
  expect(await look(house).case(id)).toMatchObject({ state: 'closed', outcome: 'actioned' });
  expect(await now.waiting()).toEqual([]);
});

test('what was acknowledged and is otherwise now is ordered anew, and stands with what was reported until it is so', async () => {
  const id = await removed('drifted');
  await now.obey();
  house.clock.advance(minute);
  expect(await results(of('drifted', 'visible'))).toEqual(['asked-again']);
  const [again] = await now.waiting();
  expect(again).toMatchObject({ case: id, targetSeq: 2, do: 'remove', desired: 'removed', reported: 'visible', mismatches: 1 });
  // The page of what is not enforced has it, with the message that asks for it.
  const [row] = await house.db.begin('doors', (tx) => notEnforcedRows(tx, { csam: true, other: true }, undefined, 10));
  expect(row).toMatchObject({ case: id, do: 'remove', mismatches: 1, reported: 'visible', deadAt: null, message: expect.any(String) });
  expect((await look(house).messages()).at(-1)).toMatchObject({
    type: 'action.requested',
    data: { target: { kind: 'item', id: 'drifted' }, target_seq: 2, desired: 'removed' },
  });
  // Said again while it is under way, nothing more happens.
  expect(await results(of('drifted', 'visible'))).toEqual(['pending']);
  expect(await now.waiting()).toHaveLength(1);
  await now.obey();
  expect([await now.waiting(), await results(of('drifted', 'removed'))]).toEqual([[], ['as-desired']]);
  expect((await look(house).records(id)).map(({ kind }) => kind).slice(-3)).toEqual([
    'action.ordered',
    'action.mismatched',
    'action.acknowledged',
  ]);
});

test('a reading from before the order, or before its acknowledgement, says nothing', async () => {
  const before = house.clock.now().toISOString();
  house.clock.advance(minute);
  await removed('late');
  expect(await results(of('late', 'removed', { at: before }))).toEqual(['pending']);
  house.clock.advance(minute);
  await now.obey();
  expect(await results(of('late', 'visible', { at: before }))).toEqual(['outdated']);
  expect(await now.waiting()).toEqual([]);
});

test('what its author deleted is gone, whether an order about it waits or not', async () => {
  await removed('deleted');
  expect(await results(of('deleted', 'gone'), of('deleted', 'gone'))).toEqual(['acknowledged', 'gone']);
});

test('of a thousand lines each has its own result, and a bad one harms no other', async () => {
  await removed('last');
  const tomorrow = new Date(house.clock.now().getTime() + 24 * 60 * minute).toISOString();
  const lines = Array.from({ length: 998 }, (_, i) => of(`never-asked-${i}`, 'visible'));
  const answered = await say(of('bad', 'visible', { at: tomorrow }), ...lines, of('last', 'removed'));
  expect(answered).toHaveLength(1_000);
  expect(answered[0]).toMatchObject({ result: 'refused', problem: { code: 'time-in-future' } });
  expect([...new Set(answered.slice(1, -1).map(({ result }) => result))]).toEqual(['nothing-asked']);
  expect(answered.at(-1)).toEqual({ result: 'acknowledged', problem: null });
});

test('an account that was opened again by hand is measured again', async () => {
  const moderator = await enrolled(house, 'moderator', 'accounts');
  const { case: id } = await now.report(post('grave', { author: 'repeater' }), { harm: 'scam' });
  await now.judge(moderator, { case: id, determination: 'remove', clause: 'scam.phishing', measure: 'suggested' });
  const asked = await now.obey();
  const account = (await look(house).actions(id)).find(({ targetKind }) => targetKind === 'account');
  expect(asked.length).toBeGreaterThan(1);
  house.clock.advance(minute);
  const line = (state: string) => ({ target: { kind: 'account', id: 'repeater' }, state });
  expect(await results(line(account?.desired as string), line('active'))).toEqual(['as-desired', 'asked-again']);
  expect((await now.waiting()).map(({ do: act, reported }) => [act, reported])).toEqual([[account?.do, 'active']]);
});
