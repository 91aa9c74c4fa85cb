import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { minute, play, post } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import type { Action } from '../../enforcement/index.ts';
import { enqueue, takeDue } from '../../foundation/outbox/outbox.ts';
import type { Member } from '../../staff/index.ts';
import { registerService } from '../setup/service.ts';
import { acknowledge, hide, moderationDispatch } from './index.ts';

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
/** A case whose removal the platform has been asked for. */
async function removing(id: string): Promise<{ of: string; action: Action }> {
  const { case: of } = await now.report(post(id));
  await now.judge(moderator, { case: of, determination: 'remove', clause });
  return { of, action: (await see.actions(of)).at(-1) as Action };
}
const says = (action: Action, more: { target_seq?: number; state?: 'removed' | 'visible' | 'gone'; at?: string } = {}) =>
  house.db.begin('doors', (tx) => acknowledge(house, tx, 'warung', action.id, { target_seq: action.targetSeq, state: 'removed', ...more }));
const due = () => house.db.begin('doors', (tx) => takeDue(tx, house.clock.now(), house.clock.now(), 500));
const isDue = async (action: Action) => (await due()).some(({ subject }) => subject === action.id);

test('a message that was delivered is not a decision that was carried out: that waits for the platform’s word', async () => {
  const { of, action } = await removing('delivered');
  const message = (await due()).find(({ subject }) => subject === action.id);
  expect(await house.db.begin('doors', (tx) => moderationDispatch(house).taken(tx, message as never, null))).toBe('await');
  expect((await see.case(of)).state).toBe('decided');
  expect((await see.clock(of, 'enforce'))?.stoppedAt).toBeNull();
  await says(action);
  expect((await see.case(of)).state).toBe('closed');
  expect((await see.clock(of, 'enforce'))?.stoppedAt).not.toBeNull();
});

test('a platform’s signed answer is its word, if it is about this action', async () => {
  const { of, action } = await removing('signed');
  const message = (await due()).find(({ subject }) => subject === action.id);
  const answer = (signed: unknown) => house.db.begin('doors', (tx) => moderationDispatch(house).taken(tx, message as never, signed));
  expect(await answer({ action: 'another', target_seq: action.targetSeq, state: 'removed' })).toBe('await');
  expect(await answer({ action: action.id, target_seq: action.targetSeq, state: 'nonsense' })).toBe('await');
  expect(await answer({ action: action.id, target_seq: action.targetSeq, state: 'removed' })).toBe('finished');
  expect((await see.case(of)).state).toBe('closed');
});

test('another state than the one asked for is on record, and asked for again within seconds', async () => {
  const { of, action } = await removing('stubborn');
  await due();
  expect(await says(action, { state: 'visible' })).toMatchObject({ state: 'mismatch' });
  expect((await see.actions(of)).at(-1)).toMatchObject({ state: 'ordered', reported: 'visible', mismatches: 1 });
  expect((await see.case(of)).state).toBe('decided');
  expect(await isDue(action)).toBe(false);
  house.clock.advance(5_000);
  expect(await isDue(action)).toBe(true);
  expect(await says(action)).toMatchObject({ state: 'acknowledged' });
});

test('a lower number speaks of the time before this action, a higher one of an action that we never ordered', async () => {
  const { case: of } = await now.report(post('numbers'));
  await hide(house, moderator, { case: of, clause });
  await now.obey();
  await now.judge(moderator, { case: of, determination: 'remove', clause });
  const action = (await see.actions(of)).at(-1) as Action;
  expect(action.targetSeq).toBe(2);
  expect(await says(action, { target_seq: 1 })).toMatchObject({ state: 'mismatch' });
  await expect(says(action, { target_seq: 3 })).rejects.toMatchObject({ code: 'target-seq-unknown' });
  expect((await see.actions(of)).at(-1)?.state).toBe('ordered');
});

test('what the author has deleted closes as moot: nobody is asked again, and the case goes on to its end', async () => {
  const { of, action } = await removing('deleted');
  expect(await says(action, { state: 'gone' })).toMatchObject({ state: 'moot' });
  expect((await see.actions(of)).at(-1)).toMatchObject({ state: 'moot', reported: 'gone' });
  expect((await see.case(of)).state).toBe('closed');
  house.clock.advance(60 * minute);
  expect(await isDue(action)).toBe(false);
});

test('twice is once', async () => {
  const { of, action } = await removing('twice');
  const answers = await Promise.all([says(action), says(action), says(action)]);
  expect(answers.map(({ state }) => state)).toEqual(['acknowledged', 'acknowledged', 'acknowledged']);
  const kinds = (await see.records(of)).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'action.acknowledged')).toHaveLength(1);
  expect(kinds.filter((kind) => kind === 'case.closed')).toHaveLength(1);
  // Nor does a late word of something else undo what was done.
  expect(await says(action, { state: 'visible' })).toMatchObject({ state: 'acknowledged' });
});

test('what a newer action has taken the place of is settled already', async () => {
  const { case: of } = await now.report(post('overtaken'));
  await hide(house, moderator, { case: of, clause });
  const [hiding] = await see.actions(of);
  await now.judge(moderator, { case: of, determination: 'none', clause: null });
  expect(await says(hiding as Action)).toMatchObject({ state: 'superseded' });
  expect((await see.case(of)).state).toBe('decided');
});

test('the platform’s time counts as it says, up to five minutes ahead as now, further ahead not at all', async () => {
  const at = (minutes: number) => new Date(house.clock.now().getTime() + minutes * minute).toISOString();
  const told = async (id: string, minutes: number) => {
    const { of, action } = await removing(id);
    await says(action, { at: at(minutes) });
    return (await see.records(of)).find(({ kind }) => kind === 'action.acknowledged')?.occurred_at;
  };
  expect(await told('slow post', -3)).toBe(at(-3));
  expect(await told('fast clock', 4)).toBe(at(0));
  const { of, action } = await removing('wrong clock');
  await expect(says(action, { at: at(6) })).rejects.toMatchObject({ code: 'time-in-future' });
  expect((await see.case(of)).state).toBe('decided');
});

test('another service cannot say what this one shows', async () => {
  await registerService(house, { slug: 'kedai', name: 'Kedai', languages: ['ms'], webhookUrl: null });
  const { action } = await removing('not theirs');
  const attempt = house.db.begin('doors', (tx) =>
    acknowledge(house, tx, 'kedai', action.id, { target_seq: action.targetSeq, state: 'removed' }),
  );
  await expect(attempt).rejects.toMatchObject({ code: 'action-unknown' });
});

test('what must wait leaves when its time has come by our clock, and not before', async () => {
  const subject = house.ids.next();
  const notBefore = new Date(house.clock.now().getTime() + 30_000);
  await house.db.begin('doors', (tx) =>
    enqueue(tx, { id: house.ids.next(), service: 'warung', type: 'action.requested', subject, data: {}, notBefore }, house.clock.now()),
  );
  const leaves = async () => (await due()).some((message) => message.subject === subject);
  house.clock.advance(29_999);
  expect(await leaves()).toBe(false);
  house.clock.advance(1);
  expect(await leaves()).toBe(true);
});
