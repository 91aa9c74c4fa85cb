import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../test/database.ts';
import { compareStateTables, foldInto } from '../../../test/fold.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { hour, minute, play, post } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import * as notices from '../../notices/index.ts';
import { reveal } from '../../records/index.ts';
import type { Member } from '../../staff/index.ts';
import { answerInquiry, claim, decideAppeal, dismiss, imposeSecrecy, sweep } from './index.ts';

let house: TestHouse;
let now: ReturnType<typeof play>;
let see: ReturnType<typeof look>;
let moderator: Member;
let senior: Member;
let other: Member;
beforeAll(async () => {
  house = await testHouse();
  [now, see] = [play(house), look(house)];
  [moderator, senior] = [await enrolled(house, 'moderator'), await enrolled(house, 'senior-moderator')];
  other = await enrolled(house, 'senior-moderator', 'another senior');
});
afterAll(() => house.close());

const day = 24 * hour;
const answer = 'Kami membacanya sekali lagi.';
const clause = 'hate.race';

/** A report that the senior dismissed; its reporter has been told. */
async function dismissed(id: string) {
  const { report, case: of } = await now.report(post(id, { author: `${id} author` }), { by: `${id} reporter`, language: 'ta' });
  await now.report(post(id, { author: `${id} author` }), { by: `${id} second`, language: 'ms' });
  await house.settle();
  await claim(house, senior, of);
  await dismiss(house, senior, { report, ground: 'trivial', reason: 'Perkara kecil.' });
  await settle();
  // Whoever dismissed it has put the case down.
  house.clock.advance(hour);
  return { report, case: of };
}
async function settle() {
  await house.settle();
  await now.deliver();
  house.clock.advance(minute);
}
/** What was told about a report, the newest last, in the words that were told. */
async function letters(of: string, person: string) {
  return house.db.begin('doors', async (tx) => {
    const mine = (await notices.noticesOf(tx, of)).filter(({ to }) => to === now.ours(person));
    return Promise.all(
      mine.map(async ({ template, language, record }) => {
        const values = (await reveal(house, tx, 'notice.written', record))?.values ?? {};
        const clauseless = !('clause' in values);
        const text = clauseless ? notices.render(template, language, values, null).body.join('\n') : '';
        return { template, text, values };
      }),
    );
  });
}

test('whose report was dismissed asks why within fifteen days of the notice, once; nobody else does', async () => {
  const { report } = await dismissed('window');
  await expect(now.inquire({ report }, 'window second', 'reporter')).rejects.toMatchObject({ code: 'inquiry-not-open' });
  await expect(now.inquire({ report }, 'window reporter', 'author')).rejects.toMatchObject({ code: 'inquiry-not-open' });
  const early = await now.report(post('not dismissed'), { by: 'patient' });
  await expect(now.inquire({ report: early.report }, 'patient', 'reporter')).rejects.toMatchObject({ code: 'inquiry-not-open' });
  await expect(now.inquire({ report: house.ids.next() }, 'patient', 'reporter')).rejects.toMatchObject({ code: 'report-unknown' });
  house.clock.advance(15 * day - hour - minute);
  const asked = await now.inquire({ report }, 'window reporter', 'reporter');
  expect(asked.answerBy.getTime() - house.clock.now().getTime()).toBe(5 * day);
  await expect(now.inquire({ report }, 'window reporter', 'reporter')).rejects.toMatchObject({ code: 'inquiry-exists' });
  const late = await dismissed('late');
  house.clock.advance(15 * day - hour - minute + 1);
  await expect(now.inquire({ report: late.report }, 'late reporter', 'reporter')).rejects.toMatchObject({ code: 'inquiry-not-open' });
});

test('explained, the dismissal stands; the answer is told in writing and in the language of the inquiry, and its clock stops', async () => {
  const { report, case: of } = await dismissed('explained');
  const { inquiry } = await now.inquire({ report }, 'explained reporter', 'reporter');
  await settle();
  await answerInquiry(house, senior, { inquiry, outcome: 'explained', answer });
  await settle();
  expect(await see.report(report)).toMatchObject({ state: 'answered', outcome: 'dismissed', ground: 'trivial' });
  const told = await letters(of, 'explained reporter');
  expect(told.map(({ template }) => template).slice(-3)).toEqual(['report.dismissed', 'inquiry.received', 'inquiry.dismissal.explained']);
  expect(told.at(-1)?.text).toContain(answer);
  expect(await see.clock(of, 'inquiry.answer')).toMatchObject({ stoppedAt: expect.any(Date), breachedAt: null });
});

test('who dismissed it does not take the dismissal back, and neither does who only moderates', async () => {
  const { report } = await dismissed('second person');
  const { inquiry } = await now.inquire({ report }, 'second person reporter', 'reporter');
  const correction = { inquiry, outcome: 'corrected', answer } as const;
  await expect(answerInquiry(house, senior, correction)).rejects.toMatchObject({ code: 'same-person' });
  await expect(answerInquiry(house, moderator, correction)).rejects.toMatchObject({ code: 'forbidden' });
  expect(await see.report(report)).toMatchObject({ ground: 'trivial' });
});

test('taken back while its case is open, the report waits again with a clock of its own, and what is decided is its answer', async () => {
  const { report, case: of } = await dismissed('open');
  const { inquiry } = await now.inquire({ report }, 'open reporter', 'reporter');
  await settle();
  await expect(answerInquiry(house, moderator, { inquiry, outcome: 'appeal', answer })).rejects.toMatchObject({ code: 'appeal-not-open' });
  await answerInquiry(house, other, { inquiry, outcome: 'corrected', answer });
  expect(await see.report(report)).toMatchObject({ state: 'acknowledged', outcome: null, ground: null, dismissedBy: null });
  const [clock] = await see.query<{ due_at: Date }>(
    "select due_at from cases.clock where subject = $1 and clock = 'answer.outcome' and stopped_at is null",
    [report],
  );
  expect(clock?.due_at.getTime()).toBe(house.clock.now().getTime() + day);
  await now.judge(moderator, { case: of, determination: 'remove', clause });
  await now.obey();
  await settle();
  expect(await see.report(report)).toMatchObject({ state: 'answered', outcome: 'actioned' });
  expect((await letters(of, 'open reporter')).map(({ template }) => template)).toContain('report.removed');
  house.clock.advance(2 * day);
  await sweep(house);
  expect(
    await see.query("select 1 from cases.clock where subject = $1 and clock = 'answer.outcome' and breached_at is not null", [report]),
  ).toEqual([]);
});

test('taken back after the case was decided, the decision is the answer at once, and they may appeal against it', async () => {
  const { report, case: of } = await dismissed('decided');
  const { id } = await now.judge(moderator, { case: of, determination: 'none', clause: null });
  await settle();
  const { inquiry } = await now.inquire({ report }, 'decided reporter', 'reporter');
  await answerInquiry(house, other, { inquiry, outcome: 'corrected', answer });
  await settle();
  expect(await see.report(report)).toMatchObject({ state: 'answered', outcome: 'already-decided' });
  const told = await letters(of, 'decided reporter');
  expect(told.map(({ template }) => template)).toEqual(expect.arrayContaining(['report.already-decided', 'inquiry.dismissal.corrected']));
  expect(told.find(({ template }) => template === 'report.already-decided')?.values).toHaveProperty('appeal_by');
  expect((await now.appeal(id, 'decided reporter', 'reporter')).appeal).toBeTruthy();
});

test('sent to appeal, another person looks at what was decided, in the words of the inquiry, and what they decide reaches everybody', async () => {
  const { report, case: of } = await dismissed('appealed');
  const cleared = await now.judge(senior, { case: of, determination: 'none', clause: null });
  await settle();
  const { inquiry } = await now.inquire({ report }, 'appealed reporter', 'reporter');
  await answerInquiry(house, moderator, { inquiry, outcome: 'appeal', answer });
  await settle();
  const [appeal] = await see.query<{ id: string }>('select id from appeals.appeal where decision = $1', [cleared.id]);
  const ruling = { appeal: appeal?.id as string, outcome: 'overturned', determination: 'remove', clause, reason: answer } as const;
  await expect(decideAppeal(house, senior, ruling)).rejects.toMatchObject({ code: 'same-person' });
  await decideAppeal(house, other, ruling);
  expect(await now.obey()).toEqual(['remove']);
  await settle();
  const told = (await letters(of, 'appealed reporter')).map(({ template }) => template);
  expect(told.filter((template) => template.startsWith('inquiry') || template.startsWith('appeal')).sort()).toEqual([
    'appeal.overturned.removed',
    'appeal.received',
    'inquiry.dismissal.appeal',
    'inquiry.received',
  ]);
  expect(await see.report(report)).toMatchObject({ state: 'answered' });
});

test('of a decision that is kept secret nobody hears by this way either: there is nothing to appeal against, and the report waits', async () => {
  const { report, case: of } = await dismissed('secret');
  const until = new Date(house.clock.now().getTime() + 10 * day);
  await imposeSecrecy(house, other, { case: of, basis: 'authority', until, reason: 'Diminta oleh pihak berkuasa.' });
  await now.judge(moderator, { case: of, determination: 'remove', clause });
  await now.obey();
  await settle();
  const { inquiry } = await now.inquire({ report }, 'secret reporter', 'reporter');
  await expect(answerInquiry(house, moderator, { inquiry, outcome: 'appeal', answer })).rejects.toMatchObject({ code: 'appeal-not-open' });
  await answerInquiry(house, other, { inquiry, outcome: 'corrected', answer });
  await settle();
  expect(await see.report(report)).toMatchObject({ state: 'acknowledged', outcome: null });
  expect((await letters(of, 'secret reporter')).map(({ template }) => template)).not.toContain('report.already-decided');
});

test('told again from the records, the dismissals that were taken back are the same, row for row', async () => {
  await house.settle();
  const again = await freshDatabase();
  try {
    await foldInto(house, again.url);
    expect((await compareStateTables(house.url, again.url)).differences).toEqual([]);
  } finally {
    await again.drop();
  }
});
