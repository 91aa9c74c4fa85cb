import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { hour, play, post } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import type { Decision } from '../../decisions/index.ts';
import { dateTimeText } from '../../foundation/i18n/time.ts';
import * as notices from '../../notices/index.ts';
import { reveal } from '../../records/index.ts';
import type { Member } from '../../staff/index.ts';
import { registerService } from '../setup/service.ts';
import { appealOpenUntil, clauseTold, decideAppeal, receiveAppeal } from './index.ts';

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
const reason = 'Disemak sekali lagi.';
async function decided(id: string, determination: 'remove' | 'label' | 'none' = 'remove'): Promise<Decision> {
  const { case: of } = await now.report(post(id));
  const decision = await now.judge(moderator, { case: of, determination, clause: determination === 'none' ? null : clause });
  await now.obey();
  return decision;
}

test('each side may appeal once, and each on its own', async () => {
  const { id } = await decided('once');
  await now.appeal(id, 'author');
  await expect(now.appeal(id, 'author')).rejects.toMatchObject({ code: 'appeal-exists' });
  await now.appeal(id, 'reporter', 'reporter');
  await expect(now.appeal(id, 'reporter', 'reporter')).rejects.toMatchObject({ code: 'appeal-exists' });
});

test('one person who appeals twice at once has one appeal', async () => {
  const { id } = await decided('at once');
  const tries = await Promise.allSettled([now.appeal(id, 'author'), now.appeal(id, 'author'), now.appeal(id, 'author')]);
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('only those may appeal whom it concerns, on the side on which they stand', async () => {
  const { id } = await decided('concerned');
  for (const [by, side] of [
    ['stranger', 'author'],
    ['stranger', 'reporter'],
    ['author', 'reporter'],
    ['reporter', 'author'],
  ] as const)
    await expect(now.appeal(id, by, side)).rejects.toMatchObject({ code: 'appeal-not-open' });
});

test('an author on whom nothing was laid has nothing to appeal against', async () => {
  const { id } = await decided('cleared', 'none');
  await expect(now.appeal(id, 'author')).rejects.toMatchObject({ code: 'appeal-not-open' });
  expect((await now.appeal(id, 'reporter', 'reporter')).appeal).toBeTruthy();
});

test('the window is open to its last moment and not a moment longer', async () => {
  const decision = await decided('window');
  const left = (decision.appealUntil as Date).getTime() - house.clock.now().getTime();
  house.clock.advance(left);
  expect((await now.appeal(decision.id, 'reporter', 'reporter')).appeal).toBeTruthy();
  house.clock.advance(1);
  await expect(now.appeal(decision.id, 'author')).rejects.toMatchObject({ code: 'appeal-not-open' });
});

test('whoever was told may appeal for 180 days from when the notice was handed over, however long it was on its way', async () => {
  const decision = await decided('on its way');
  await house.settle();
  const window = (decision.appealUntil as Date).getTime() - decision.decidedAt.getTime();
  // The platform takes no notice for three days: nobody's time has begun.
  house.clock.advance(72 * hour);
  const ask = <T>(work: Parameters<typeof house.db.begin<T>>[1]) => house.db.begin('doors', work);
  const open = async (side: 'author' | 'reporter') => {
    const of = await see.case(decision.case);
    return ask((tx) => appealOpenUntil(tx, of, decision, side, now.ours(side), house.clock.now()));
  };
  await now.deliver();
  const handed = house.clock.now();
  for (const side of ['author', 'reporter'] as const) expect(await open(side)).toEqual(new Date(handed.getTime() + window));
  house.clock.advance(window);
  expect((await now.appeal(decision.id, 'author')).appeal).toBeTruthy();
  house.clock.advance(1);
  expect(await open('reporter')).toBeNull();
  await expect(now.appeal(decision.id, 'reporter', 'reporter')).rejects.toMatchObject({ code: 'appeal-not-open' });
});

test('the date that a notice names is that of who reads it: a later answer names a later one', async () => {
  const { id, case: of } = await decided('named');
  await house.settle();
  await now.deliver();
  const told = (await see.messages()).filter(({ data }) => JSON.stringify(data['about'] ?? {}).includes(id));
  const until = new Date(house.clock.now().getTime() + 180 * 24 * hour);
  expect(told.length).toBeGreaterThan(0);
  for (const { data } of told) expect(data['body']).toContain(dateTimeText(until, data['language'] as 'ms'));
  house.clock.advance(24 * hour);
  await now.report(post('named'), { by: 'latecomer' });
  await house.settle();
  const late = (await see.notices(of)).find(({ to }) => to === now.ours('latecomer'));
  await now.deliver();
  const later = new Date(house.clock.now().getTime() + 180 * 24 * hour);
  const message = (await see.messages()).find(({ subject }) => subject === late?.id);
  expect(message?.data['body']).toContain(dateTimeText(later, message?.data['language'] as 'en'));
});

test('another service, or a decision that is not there, gets no appeal', async () => {
  await registerService(house, { slug: 'kedai', name: 'Kedai', languages: ['ms'], webhookUrl: null });
  const { id } = await decided('theirs');
  const by = now.ours('author');
  const attempt = (service: string, decision: string) =>
    house.db.begin('doors', (tx) => receiveAppeal(house, tx, service, { decision, role: 'author', by, text: 'x', language: 'ms' }));
  await expect(attempt('kedai', id)).rejects.toMatchObject({ code: 'decision-unknown' });
  await expect(attempt('warung', house.ids.next())).rejects.toMatchObject({ code: 'decision-unknown' });
});

test('the decision stands while it is contested, and its appeal has five days', async () => {
  const decision = await decided('meanwhile');
  const { answerBy } = await now.appeal(decision.id, 'author');
  expect(answerBy.getTime() - house.clock.now().getTime()).toBe(5 * 24 * hour);
  expect((await see.case(decision.case)).state).toBe('closed');
  expect(await now.waiting()).toEqual([]);
});

test('the first person never is the second: not as a moderator, and not as a senior who decided it', async () => {
  const { appeal } = await now.appeal((await decided('second person')).id, 'author');
  const upheld = { appeal, outcome: 'upheld', reason } as const;
  await expect(decideAppeal(house, moderator, upheld)).rejects.toMatchObject({ code: 'forbidden' });
  const { case: of } = await now.report(post('decided by a senior'));
  const own = await now.judge(senior, { case: of, determination: 'remove', clause });
  await now.obey();
  const theirs = await now.appeal(own.id, 'author');
  const ruling = { appeal: theirs.appeal, outcome: 'overturned', determination: 'none', clause: null, reason } as const;
  await expect(decideAppeal(house, senior, ruling)).rejects.toMatchObject({ code: 'same-person' });
  const other = await enrolled(house, 'senior-moderator', 'other senior');
  expect(await decideAppeal(house, other, ruling)).toMatchObject({ decidedBy: other.id, supersedes: own.id });
});

test('what is overturned is restored by itself, and done when the platform says so', async () => {
  const removal = await decided('restored');
  const { appeal } = await now.appeal(removal.id, 'author');
  await decideAppeal(house, senior, { appeal, outcome: 'overturned', determination: 'none', clause: null, reason });
  expect((await see.case(removal.case)).state).toBe('decided');
  expect(await now.obey()).toEqual(['restore']);
  expect(await see.case(removal.case)).toMatchObject({ state: 'closed', outcome: 'no-violation' });
});

test('an appeal is decided once, with a reason, and with a clause where one is broken', async () => {
  const { appeal } = await now.appeal((await decided('ruled')).id, 'author');
  await expect(decideAppeal(house, senior, { appeal, outcome: 'upheld', reason: ' ' })).rejects.toMatchObject({ code: 'reason-missing' });
  const label = { appeal, outcome: 'overturned', determination: 'label', reason } as const;
  await expect(decideAppeal(house, senior, { ...label, clause: null })).rejects.toMatchObject({ code: 'clause-unknown' });
  const twice = await Promise.allSettled([
    decideAppeal(house, senior, { appeal, outcome: 'upheld', reason }),
    decideAppeal(house, senior, { ...label, clause }),
  ]);
  expect(twice.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(twice.find((one) => one.status === 'rejected')).toMatchObject({ reason: { code: 'decision-not-open' } });
});

test('of two appeals against one decision the second is answered about the decision that took its place', async () => {
  const { id, case: of } = await decided('two appeals', 'label');
  const [first, second] = [await now.appeal(id, 'author'), await now.appeal(id, 'reporter', 'reporter')];
  await expect(decideAppeal(house, senior, { appeal: second.appeal, outcome: 'replaced', reason })).rejects.toMatchObject({
    code: 'decision-not-open',
  });
  const made = await decideAppeal(house, senior, {
    appeal: first.appeal,
    outcome: 'overturned',
    determination: 'none',
    clause: null,
    reason,
  });
  await expect(decideAppeal(house, senior, { appeal: second.appeal, outcome: 'upheld', reason })).rejects.toMatchObject({
    code: 'decision-not-open',
  });
  await decideAppeal(house, senior, { appeal: second.appeal, outcome: 'replaced', reason });
  await house.settle();
  const told = (await see.notices(of)).filter(({ appeal }) => appeal === second.appeal).map(({ template }) => template);
  expect(told).toEqual(['appeal.received', 'appeal.replaced']);
  expect(await see.query('select new_decision from appeals.appeal where id = $1', [second.appeal])).toEqual([{ new_decision: made?.id }]);
});

test('whoever made the decision that took the place cannot overturn it on the second appeal; a third person can', async () => {
  const { id } = await decided('two sides', 'label');
  const [first, second] = [await now.appeal(id, 'author'), await now.appeal(id, 'reporter', 'reporter')];
  const none = { appeal: first.appeal, outcome: 'overturned', determination: 'none', clause: null, reason } as const;
  const made = await decideAppeal(house, senior, none);
  const removal = { appeal: second.appeal, outcome: 'overturned', determination: 'remove', clause, reason } as const;
  await expect(decideAppeal(house, senior, removal)).rejects.toMatchObject({ code: 'same-person' });
  const third = await enrolled(house, 'senior-moderator', 'third person');
  expect(await decideAppeal(house, third, removal)).toMatchObject({ supersedes: made?.id, determination: 'remove' });
});

test('right in part is less than what was decided, and nothing else', async () => {
  const removal = await decided('in part');
  const { appeal } = await now.appeal(removal.id, 'author');
  const part = { appeal, outcome: 'partly', clause, reason } as const;
  for (const determination of ['remove', 'none'] as const)
    await expect(decideAppeal(house, senior, { ...part, determination })).rejects.toMatchObject({ code: 'decision-not-open' });
  expect(await decideAppeal(house, senior, { ...part, determination: 'label' })).toMatchObject({ determination: 'label' });
  expect(await now.obey()).toEqual(['label']);
});

test('in part may be anything that fits between the two, in fewer places and for less time; it asks, tells and ends like a decision', async () => {
  const removal = await decided('between');
  const { appeal } = await now.appeal(removal.id, 'author');
  const part = { appeal, outcome: 'partly', clause, reason } as const;
  await expect(decideAppeal(house, senior, { ...part, determination: 'interrupt' })).rejects.toMatchObject({ code: 'measure-unfit' });
  await expect(decideAppeal(house, senior, { ...part, determination: 'limit', days: 400 })).rejects.toMatchObject({
    code: 'measure-unfit',
  });
  const made = await decideAppeal(house, senior, { ...part, determination: 'limit', territory: 'MY', days: 3 });
  expect(made?.endsAt?.getTime()).toBe(house.clock.now().getTime() + 3 * 24 * hour);
  expect((await see.actions(removal.case)).at(-1)).toMatchObject({ do: 'limit', territory: 'MY' });
  await house.settle();
  const told = (await see.notices(removal.case)).find(({ template }) => template === 'appeal.partly.author');
  const written = await house.db.begin('doors', (tx) => reveal(house, tx, 'notice.written', told?.record as string));
  const clauses = await house.db.begin('doors', (tx) => clauseTold(tx, made?.id as string, clause));
  const text = notices.render('appeal.partly.author', 'en', written?.values as notices.NoticeValues, clauses).body.join('\n');
  for (const says of ['The new decision about your post', ': limited.', 'This ends by itself on', 'in Malaysia only'])
    expect(text).toContain(says);
  expect(await now.obey()).toEqual(['limit']);
});

test('for a reporter, in part is graver than what stands and short of removing', async () => {
  const label = await decided('graver', 'label');
  const { appeal } = await now.appeal(label.id, 'reporter', 'reporter');
  const part = { appeal, outcome: 'partly', clause, reason } as const;
  for (const determination of ['remove', 'label', 'none'] as const)
    await expect(decideAppeal(house, senior, { ...part, determination })).rejects.toMatchObject({ code: 'decision-not-open' });
  expect(await decideAppeal(house, senior, { ...part, determination: 'age-gate' })).toMatchObject({ determination: 'age-gate' });
});

test('an appeal against an old decision leaves alone what a newer case has asked of the same item since', async () => {
  const label = await decided('old and new', 'label');
  const newer = await now.report(post('old and new', { revision: '2', text: 'Lebih teruk.' }), { by: 'second' });
  await now.judge(moderator, { case: newer.case, determination: 'remove', clause });
  await now.obey();
  const { appeal } = await now.appeal(label.id, 'author');
  await decideAppeal(house, senior, { appeal, outcome: 'overturned', determination: 'none', clause: null, reason });
  expect(await now.waiting()).toEqual([]);
  expect((await see.case(label.case)).state).toBe('closed');
  await house.settle();
  const told = (await see.notices(label.case)).filter(({ role, appeal: of }) => role === 'author' && of === appeal);
  expect(told.map(({ template }) => template)).toEqual(['appeal.overtaken']);
});
