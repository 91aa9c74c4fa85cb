import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { hour, minute, play, post, scamText } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import type { Decision } from '../../decisions/index.ts';
import * as notices from '../../notices/index.ts';
import { reveal } from '../../records/index.ts';
import type { Member } from '../../staff/index.ts';
import { erase } from '../people/erase.ts';
import { answerInquiry, clauseTold, decideAppeal, screen, sweep } from './index.ts';
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

const day = 24 * hour;
const clause = 'bullying.harassment';
const answer = 'Fasal itu melarang gangguan.';

/** A post that was decided on, everybody told. */
async function decided(id: string, determination: 'remove' | 'none' = 'remove'): Promise<Decision> {
  const { case: of } = await now.report(post(id, { author: `${id}-author` }), { by: `${id}-reporter` });
  await house.settle();
  const decision = await now.judge(moderator, { case: of, determination, clause: determination === 'none' ? null : clause });
  await now.obey();
  await house.settle();
  await now.deliver();
  house.clock.advance(minute);
  return decision;
}
/** An inquiry that was received some time ago. */
async function asked(decision: string, by: string) {
  const received = await now.inquire(decision, by);
  await house.settle();
  house.clock.advance(minute);
  return received;
}
async function letters(of: string, person: string): Promise<{ template: string; text: string }[]> {
  await house.settle();
  await now.deliver();
  return house.db.begin('doors', async (tx) => {
    const mine = (await notices.noticesOf(tx, of)).filter(({ to }) => to === now.ours(person));
    return Promise.all(
      mine.map(async ({ template, language, record, decision }) => {
        const values = (await reveal(house, tx, 'notice.written', record))?.values ?? {};
        const { title, body } = notices.render(template, language, values, await clauseTold(tx, decision, values['clause']));
        return { template, text: [title, ...body].join('\n') };
      }),
    );
  });
}

test('an author whose post was removed asks why, and a person answers in writing within five days', async () => {
  const { id, case: of } = await decided('why');
  const from = house.clock.now().getTime();
  const { inquiry, answerBy } = await asked(id, 'why-author');
  expect(answerBy.getTime() - from).toBe(5 * day);
  await answerInquiry(house, moderator, { inquiry, outcome: 'explained', answer });
  const told = await letters(of, 'why-author');
  expect(told.map(({ template }) => template)).toEqual(['author.removed', 'inquiry.received', 'inquiry.explained']);
  expect(told.at(-1)?.text).toContain(answer);
  expect(await see.clock(of, 'inquiry.answer')).toMatchObject({ stoppedAt: expect.any(Date), breachedAt: null });
});

test('a reporter whose report led to nothing may inquire, too', async () => {
  const { id } = await decided('nothing', 'none');
  expect((await now.inquire(id, 'nothing-reporter', 'reporter')).inquiry).toBeTruthy();
});

test('what was done of our own accord may be asked about (s.26)', async () => {
  const { id, author, ...rest } = post('own accord', { author: 'own-author', text: scamText });
  await screen(house, 'warung', { id, author, ...rest });
  const [of] = await see.query<{ case_id: string }>('select case_id from screening.verdict order by given_at desc limit 1');
  const [hidden] = await see.decisions(of?.case_id as string);
  expect(hidden).toMatchObject({ automated: 'fully', determination: 'make-inaccessible' });
  await house.settle();
  expect((await now.inquire(hidden?.id as string, 'own-author')).inquiry).toBeTruthy();
});

test('the window is fifteen days from the notice, to its last moment', async () => {
  const { id } = await decided('window');
  // A minute has passed since everybody was told.
  house.clock.advance(15 * day - minute);
  expect((await now.inquire(id, 'window-author')).inquiry).toBeTruthy();
  house.clock.advance(1);
  await expect(now.inquire(id, 'window-reporter', 'reporter')).rejects.toMatchObject({ code: 'inquiry-not-open' });
});

test('only who was told may ask, on their side, and once', async () => {
  const { id } = await decided('whose');
  for (const [by, side] of [
    ['stranger', 'author'],
    ['whose-author', 'reporter'],
    ['whose-reporter', 'author'],
  ] as const)
    await expect(now.inquire(id, by, side)).rejects.toMatchObject({ code: 'inquiry-not-open' });
  await now.inquire(id, 'whose-author');
  await expect(now.inquire(id, 'whose-author')).rejects.toMatchObject({ code: 'inquiry-exists' });
  await expect(now.inquire(house.ids.next(), 'whose-author')).rejects.toMatchObject({ code: 'decision-unknown' });
});

test('an inquiry that is sent to appeal is an appeal in the same words, which somebody else decides', async () => {
  const { id, case: of } = await decided('to appeal');
  const { inquiry } = await asked(id, 'to appeal-author');
  await answerInquiry(house, moderator, { inquiry, outcome: 'appeal', answer: 'Orang lain akan melihatnya.' });
  const [opened] = await see.query<{ id: string; record: string }>('select id, record from appeals.appeal where decision = $1', [id]);
  const words = await house.db.begin('doors', (tx) => reveal(house, tx, 'appeal.received', opened?.record as string));
  expect(words?.text).toBe('Mengapa begitu?');
  await house.settle();
  house.clock.advance(minute);
  await decideAppeal(house, senior, { appeal: opened?.id as string, outcome: 'upheld', reason: 'Keputusan itu betul.' });
  const told = (await letters(of, 'to appeal-author')).map(({ template }) => template);
  expect([told.slice(0, 2), told.slice(2, 4).sort(), told.slice(4)]).toEqual([
    ['author.removed', 'inquiry.received'],
    ['appeal.received', 'inquiry.appeal'],
    ['appeal.upheld'],
  ]);
});

test('a decision that was wrong is corrected by a second person, restored by itself, and both sides are told', async () => {
  const { id, case: of } = await decided('corrected');
  const { inquiry } = await asked(id, 'corrected-author');
  const correction = { inquiry, outcome: 'corrected', determination: 'none', clause: null, answer: 'Kami tersilap.' } as const;
  await expect(answerInquiry(house, moderator, correction)).rejects.toMatchObject({ code: 'forbidden' });
  await answerInquiry(house, senior, correction);
  expect(await now.obey()).toEqual(['restore']);
  expect(await see.case(of)).toMatchObject({ state: 'closed', outcome: 'no-violation' });
  const told = (await letters(of, 'corrected-author')).map(({ template }) => template);
  expect(told.slice(2).sort()).toEqual(['author.restored', 'inquiry.corrected']);
  expect((await letters(of, 'corrected-reporter')).at(-1)?.template).toBe('appeal.other.restored');
});

test('a correction may be anything that fits, in Malaysia only and for some days', async () => {
  const { id, case: of } = await decided('corrected to less');
  const { inquiry } = await asked(id, 'corrected to less-author');
  const correction = { inquiry, outcome: 'corrected', answer: 'Kami tersilap.' } as const;
  await expect(answerInquiry(house, senior, { ...correction, determination: 'interrupt', clause })).rejects.toMatchObject({
    code: 'measure-unfit',
  });
  await answerInquiry(house, senior, { ...correction, determination: 'age-gate', clause, territory: 'MY', days: 2 });
  expect((await see.actions(of)).at(-1)).toMatchObject({ do: 'age-gate', territory: 'MY' });
  expect((await see.decisions(of)).at(-1)?.endsAt?.getTime()).toBe(house.clock.now().getTime() + 2 * day);
});

test('who decided it does not correct it themselves', async () => {
  const { case: of } = await now.report(post('own', { author: 'own-decision' }));
  const { id } = await now.judge(senior, { case: of, determination: 'remove', clause });
  await now.obey();
  await house.settle();
  const { inquiry } = await now.inquire(id, 'own-decision');
  await expect(
    answerInquiry(house, senior, { inquiry, outcome: 'corrected', determination: 'none', clause: null, answer }),
  ).rejects.toMatchObject({ code: 'same-person' });
});

test('what is hidden while its case is open is explained, or decided on the page of its case', async () => {
  const { case: of } = await now.report(post('hidden', { author: 'hidden-author' }));
  const hidden = await hide(house, moderator, { case: of, clause });
  await house.settle();
  const { inquiry } = await now.inquire(hidden?.id as string, 'hidden-author');
  const correction = { inquiry, outcome: 'corrected', determination: 'none', clause: null, answer } as const;
  await expect(answerInquiry(house, senior, correction)).rejects.toMatchObject({ code: 'decision-not-open' });
  await expect(answerInquiry(house, moderator, { inquiry, outcome: 'appeal', answer })).rejects.toMatchObject({ code: 'appeal-not-open' });
  await answerInquiry(house, moderator, { inquiry, outcome: 'explained', answer });
});

test('an inquiry is answered once, with words', async () => {
  const { id } = await decided('once');
  const { inquiry } = await now.inquire(id, 'once-author');
  await expect(answerInquiry(house, moderator, { inquiry, outcome: 'explained', answer: ' ' })).rejects.toMatchObject({
    code: 'reason-missing',
  });
  const twice = await Promise.allSettled([
    answerInquiry(house, moderator, { inquiry, outcome: 'explained', answer }),
    answerInquiry(house, senior, { inquiry, outcome: 'explained', answer }),
  ]);
  expect(twice.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('an inquiry that nobody answers is a breach on record', async () => {
  const { id, case: of } = await decided('late');
  await now.inquire(id, 'late-author');
  house.clock.advance(5 * day + 1_000);
  await sweep(house);
  expect(await see.clock(of, 'inquiry.answer')).toMatchObject({ stoppedAt: null, breachedAt: expect.any(Date) });
});

test('whoever asked is erased only after their answer, and then nobody knows who it was', async () => {
  const { id } = await decided('erased');
  const { inquiry } = await now.inquire(id, 'erased-author');
  await expect(erase(house, 'warung', now.ours('erased-author'), 'report')).rejects.toMatchObject({ code: 'conflict' });
  await answerInquiry(house, moderator, { inquiry, outcome: 'explained', answer });
  await erase(house, 'warung', now.ours('erased-author'), 'report');
  expect(await see.query('select inquirer from inquiries.inquiry where id = $1', [inquiry])).toEqual([{ inquirer: null }]);
});
