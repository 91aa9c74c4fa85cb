import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { hour, play, post } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import { noticeText } from '../../foundation/i18n/notice-text.ts';
import * as instructions from '../../instructions/index.ts';
import type { Member } from '../../staff/index.ts';
import { advanceInstruction, type InstructionInput, receiveInstruction, sweep } from './index.ts';

let house: TestHouse;
let now: ReturnType<typeof play>;
let see: ReturnType<typeof look>;
let moderator: Member;
let officer: Member;
beforeAll(async () => {
  house = await testHouse();
  [now, see] = [play(house), look(house)];
  [moderator, officer] = [await enrolled(house, 'moderator'), await enrolled(house, 'compliance-officer')];
});
afterAll(() => house.close());

/** The author's letter, in English. */
const renderedIn = (language: 'en', item: 'suggestion' | 'recommendation', outcome: 'delisted' | 'not-recommended') =>
  noticeText('author.instructed.removed', language, { item, outcome, posted: house.clock.now() }).body.join(' ');
const instruct = (kind: InstructionInput['kind'], id: string, more: Partial<InstructionInput> = {}) =>
  receiveInstruction(house, officer, {
    service: 'warung',
    kind,
    reference: `MCMC/${kind}/${id}`,
    due: new Date(house.clock.now().getTime() + 6 * hour),
    ...(kind === 'remove' || kind === 'restore' ? { item: { kind: 'post', id } } : {}),
    ...more,
  });
const entry = (id: string) => house.db.begin('doors', (tx) => instructions.instruction(tx, id));

test('what MCMC asks to remove goes through a decision and the platform, and its receipt is written when that acknowledged', async () => {
  const { case: of } = await now.report(post('remove', { author: 'remove-author' }));
  const id = await instruct('remove', 'remove');
  expect(await entry(id)).toMatchObject({ state: 'carried-out', case: of, settledAt: null });
  expect(await now.obey()).toEqual(['remove']);
  expect(await entry(id)).toMatchObject({ state: 'answered', settledAt: house.clock.now() });
  expect(await see.clock(of, 'instruction')).toMatchObject({ stoppedAt: expect.any(Date), breachedAt: null });
});

test.each([
  ['suggestion', 'delist', 'delisted', 'taken out of search', /does not show up in search any more/],
  ['recommendation', 'stop-recommending', 'not-recommended', 'no longer recommended', /does not recommend it to anybody/],
] as const)(
  'of a search %s the platform is asked what it can do: to %s it, and everybody is told that',
  async (kind, action, shown, word, means) => {
    const id = `instructed ${kind}`;
    const { case: of } = await now.report(post(id, { kind, author: 'placed' }), { by: 'seeker' });
    await house.settle();
    const entered = await instruct('remove', id, { item: { kind, id } });
    expect((await see.decisions(of)).at(-1)?.determination).toBe(action);
    expect(await now.obey()).toEqual([action]);
    await house.settle();
    const receipt = await house.db.begin('doors', async (tx) =>
      instructions.receiptOf(tx, (await instructions.instruction(tx, entered)) as instructions.Instruction),
    );
    expect(receipt).toMatchObject({ kind: 'remove', shown });
    expect((await see.notices(of)).map(({ role, template }) => `${role} ${template}`).slice(1)).toEqual([
      'reporter report.instructed.removed',
      'author author.instructed.removed',
    ]);
    const letters = (await see.messages()).filter(({ type, data }) => type === 'notice.issued' && JSON.stringify(data).includes('MCMC'));
    const [toReporter, toAuthor] = letters.slice(-2).map(({ data }) => `${data['title']} ${data['body']}`);
    expect(toReporter).toContain(word);
    expect(toReporter).toContain('MCMC instructed it');
    expect(renderedIn('en', kind, shown)).toMatch(means);
    expect(`${toReporter}${toAuthor}`).not.toMatch(/was removed|telah dibuang/);
  },
);

test('it closes our own case on the same content (s.28), tells the reporter who asked, and the author, too, once the platform has done it', async () => {
  const { case: of } = await now.report(post('precedence', { author: 'precedence-author' }), { by: 'precedence-reporter' });
  await house.settle();
  await instruct('remove', 'precedence');
  await house.settle();
  expect((await see.notices(of)).map(({ role }) => role)).toEqual(['reporter', 'reporter']);
  await now.obey();
  await house.settle();
  expect(await see.case(of)).toMatchObject({ state: 'closed', outcome: 'actioned' });
  expect((await see.notices(of)).map(({ role, template }) => `${role} ${template}`)).toEqual([
    'reporter report.acknowledged',
    'reporter report.instructed.removed',
    'author author.instructed.removed',
  ]);
});

test('what MCMC asks to make accessible again prevails over our decision, and nobody appeals to us against it', async () => {
  const { case: of } = await now.report(post('restore', { author: 'restore-author' }));
  await now.judge(moderator, { case: of, determination: 'remove', clause: 'bullying.harassment' });
  await now.obey();
  await instruct('restore', 'restore');
  expect(await now.obey()).toEqual(['restore']);
  const standing = (await see.decisions(of)).at(-1);
  for (const [by, side] of [
    ['restore-author', 'author'],
    ['reporter', 'reporter'],
  ] as const)
    await expect(now.appeal(standing?.id as string, by, side)).rejects.toMatchObject({ code: 'appeal-not-open' });
});

test('what the platform shows already is answered at once', async () => {
  const { case: of } = await now.report(post('already'));
  await now.judge(moderator, { case: of, determination: 'remove', clause: 'bullying.harassment' });
  await now.obey();
  expect(await entry(await instruct('remove', 'already'))).toMatchObject({ state: 'answered' });
});

test('the time is as MCMC states it; what is not done by then is a breach on record', async () => {
  const { case: of } = await now.report(post('late'));
  await instruct('remove', 'late', { due: new Date(house.clock.now().getTime() + 30 * 60_000) });
  house.clock.advance(31 * 60_000);
  await sweep(house);
  expect(await see.clock(of, 'instruction')).toMatchObject({ breachedAt: expect.any(Date) });
});

test('a reference stands in the register once, and what never came here cannot be instructed on', async () => {
  await now.report(post('twice'));
  await instruct('remove', 'twice');
  await expect(instruct('remove', 'twice')).rejects.toMatchObject({ code: 'instruction-exists' });
  await expect(instruct('remove', 'never seen')).rejects.toMatchObject({ code: 'item-unknown' });
});

test('a moderator enters no instruction', async () => {
  const input = { service: 'warung', kind: 'direction', reference: 'MCMC/x', due: house.clock.now() } as const;
  await expect(receiveInstruction(house, moderator, input)).rejects.toMatchObject({ code: 'forbidden' });
});

test('a direction goes from notice to submission, registration and end, and a notice of non-compliance is paid or answered', async () => {
  const direction = await instruct('direction', 'steps');
  await expect(advanceInstruction(house, officer, { instruction: direction, to: 'complied' })).rejects.toMatchObject({
    code: 'conflict',
  });
  const due = new Date(house.clock.now().getTime() + 24 * hour);
  for (const to of ['submitted', 'registered', 'complied', 'ended'] as const) {
    await advanceInstruction(house, officer, { instruction: direction, to, due });
    expect(await entry(direction)).toMatchObject({
      state: to,
      settledAt: to === 'submitted' || to === 'registered' ? null : house.clock.now(),
    });
  }
  const notice = await instruct('non-compliance', 'answered');
  await advanceInstruction(house, officer, { instruction: notice, to: 'represented' });
  await expect(advanceInstruction(house, officer, { instruction: notice, to: 'paid' })).rejects.toMatchObject({ code: 'conflict' });
});

const clockOf = async (subject: string) =>
  (
    await see.query<{ due_at: Date; stopped_at: Date | null; breached_at: Date | null }>('select * from cases.clock where subject = $1', [
      subject,
    ])
  )[0];

test('a registered direction is to be complied with in the time that it states; what is late is a breach on record, and complying late stops it', async () => {
  const direction = await instruct('direction', 'clock');
  house.clock.advance(7 * hour);
  await sweep(house);
  // That nobody made a submission is no breach: it is a right.
  expect(await clockOf(direction)).toBeUndefined();
  await expect(advanceInstruction(house, officer, { instruction: direction, to: 'registered' })).rejects.toMatchObject({
    code: 'due-missing',
  });
  const due = new Date(house.clock.now().getTime() + hour);
  await advanceInstruction(house, officer, { instruction: direction, to: 'registered', due });
  expect(await clockOf(direction)).toMatchObject({ case_id: null, due_at: due, stopped_at: null, breached_at: null });
  house.clock.advance(2 * hour);
  expect((await sweep(house)).breached).toBe(1);
  expect((await sweep(house)).breached).toBe(0);
  await advanceInstruction(house, officer, { instruction: direction, to: 'complied' });
  expect(await clockOf(direction)).toMatchObject({ breached_at: expect.any(Date), stopped_at: house.clock.now() });
  const [breach] = await see.query<{ line: string }>("select line from records.record where kind = 'clock.breached' and line like $1", [
    `%${direction}%`,
  ]);
  expect(JSON.parse(breach?.line as string)).toMatchObject({ service: 'warung', payload: { clock: 'instruction', subject: direction } });
});

test('a notice of non-compliance is answered in its time, or that is a breach, too', async () => {
  const [kept, late] = [await instruct('non-compliance', 'in time'), await instruct('non-compliance', 'late notice')];
  await advanceInstruction(house, officer, { instruction: kept, to: 'paid' });
  house.clock.advance(7 * hour);
  await sweep(house);
  expect([(await clockOf(kept))?.breached_at, (await clockOf(late))?.breached_at]).toEqual([null, expect.any(Date)]);
});
