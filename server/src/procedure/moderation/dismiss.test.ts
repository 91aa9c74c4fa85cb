import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { hour, play, post } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import { grounds } from '../../intake/index.ts';
import * as notices from '../../notices/index.ts';
import { reveal } from '../../records/index.ts';
import type { Member } from '../../staff/index.ts';
import { claim, dismiss, sweep } from './index.ts';

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

const because = 'Kami membaca laporan anda.';

test('each listed ground is told to the reporter in their language, with the reason, and how long they may ask; then the report is answered', async () => {
  for (const [place, ground] of grounds.entries()) {
    const language = (['ms', 'en', 'zh', 'ta', 'ms'] as const)[place] as 'ms';
    const { report, case: of } = await now.report(post(`for ${ground}`), { reporter: { contact: { language } }, language });
    await claim(house, moderator, of);
    await dismiss(house, moderator, { report, ground, reason: because });
    expect(await see.report(report)).toMatchObject({ state: 'dismissed', ground });
    await house.settle();
    expect(await see.report(report)).toMatchObject({ state: 'answered', outcome: 'dismissed', ground });
    const [told] = (await see.notices(of)).filter(({ template }) => template === 'report.dismissed');
    const written = await house.db.begin('doors', (tx) => reveal(house, tx, 'notice.written', told?.record as string));
    const { body } = notices.render('report.dismissed', language, written?.values as notices.NoticeValues, null);
    expect(body.join(' ')).toContain(because);
    expect(written?.values).toMatchObject({ ground, code: expect.stringMatching(/^\w{4}-\w{4}$/) });
    const days = (Date.parse(written?.values?.['ask_by'] as string) - house.clock.now().getTime()) / (24 * hour);
    expect(days).toBeCloseTo(15, 5);
    for (const clock of ['acknowledge', 'answer.status', 'answer.outcome'] as const)
      expect((await see.clock(of, clock))?.stoppedAt).not.toBeNull();
  }
});

test('no other ground is taken, nor an answer without a reason, nor from who does not hold the case', async () => {
  const { report, case: of } = await now.report(post('kept'));
  const other = await enrolled(house, 'moderator');
  await claim(house, moderator, of);
  const attempt = (member: Member, ground: string, reason = because) => dismiss(house, member, { report, ground, reason });
  await expect(attempt(moderator, 'i-do-not-like-it')).rejects.toMatchObject({ code: 'ground-unknown' });
  await expect(attempt(moderator, 'trivial', ' ')).rejects.toMatchObject({ code: 'reason-missing' });
  await expect(attempt(other, 'trivial')).rejects.toMatchObject({ code: 'lease-expired' });
  await expect(attempt(await enrolled(house, 'administrator'), 'trivial')).rejects.toMatchObject({ code: 'forbidden' });
  expect(await see.report(report)).toMatchObject({ state: 'received', ground: null });
});

test('a dismissal answers one report and decides nothing: the case stays open, others get its outcome, and no answer comes twice', async () => {
  const first = await now.report(post('two reports'), { by: 'one' });
  const second = await now.report(post('two reports'), { by: 'two' });
  await house.settle();
  await claim(house, moderator, first.case);
  await dismiss(house, moderator, { report: first.report, ground: 'vexatious', reason: because });
  await expect(dismiss(house, moderator, { report: first.report, ground: 'trivial', reason: because })).rejects.toMatchObject({
    code: 'report-answered',
  });
  await house.settle();
  await now.deliver();
  expect((await see.case(first.case)).state).toBe('open');
  await now.judge(moderator, { case: first.case, determination: 'remove', clause: 'bullying.harassment' });
  await house.settle();
  await now.obey();
  await now.deliver();
  expect(await see.report(first.report)).toMatchObject({ state: 'answered', outcome: 'dismissed' });
  expect(await see.report(second.report)).toMatchObject({ state: 'answered', outcome: 'actioned' });
  const toFirst = (await see.notices(first.case)).filter(({ report }) => report === first.report).map(({ template }) => template);
  expect(toFirst.sort()).toEqual(['report.acknowledged', 'report.dismissed']);
  await expect(dismiss(house, moderator, { report: second.report, ground: 'trivial', reason: because })).rejects.toMatchObject({
    code: 'case-closed',
  });
});

test('nobody whose report is dismissed is told later where it stands', async () => {
  const { report, case: of } = await now.report(post('told once'), { by: 'patient' });
  await house.settle();
  await claim(house, moderator, of);
  await dismiss(house, moderator, { report, ground: 'duplicate', reason: because });
  await house.settle();
  await now.deliver();
  house.clock.advance(11.5 * hour);
  await sweep(house);
  await house.settle();
  expect((await see.notices(of)).filter((one) => one.report === report).map(({ template }) => template)).not.toContain('report.status');
});
