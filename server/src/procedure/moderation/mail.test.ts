import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Doors, openTestDoors } from '../../../test/doors.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { type Mailbox, openMailbox } from '../../../test/mailbox.ts';
import { hour, minute, play, post } from '../../../test/play.ts';
import { openReceiver } from '../../../test/receiver.ts';
import { enrolled } from '../../../test/staff.ts';
import type { Language } from '../../foundation/i18n/language.ts';
import { mailCheck } from '../../foundation/mail/mail-check.ts';
import { openMailer } from '../../foundation/mail/mailer.ts';
import { attempts } from '../../foundation/outbox/delivery-log.ts';
import { dispatchDue, startDispatcher } from '../../foundation/outbox/dispatch.ts';
import { stuck } from '../../foundation/outbox/outbox.ts';
import { reveal } from '../../records/index.ts';
import type { Member } from '../../staff/index.ts';
import { erase } from '../people/erase.ts';
import { registerService } from '../setup/service.ts';
import { moderationDispatch } from './dispatch.ts';
import { forgetAddresses } from './forget-addresses.ts';
import { receiveAppeal, sweep } from './index.ts';
import { decideAppeal } from './reverse.ts';

const mailFrom = 'Warung <trust@warung.example>';
const day = 24 * hour;

let house: TestHouse;
let see: ReturnType<typeof look>;
let now: ReturnType<typeof play>;
let mailbox: Mailbox;
let doors: Doors;
let moderator: Member;
let senior: Member;
beforeAll(async () => {
  mailbox = await openMailbox();
  house = await testHouse({ seed: 'mail', mail: openMailer({ smtpUrl: mailbox.url, mailFrom }) });
  [see, now, doors] = [look(house), play(house), await openTestDoors(house)];
  [moderator, senior] = [await enrolled(house, 'moderator'), await enrolled(house, 'senior-moderator')];
});
beforeEach(() => {
  mailbox.answer = () => undefined;
  (mailbox.letters as unknown[]).length = 0;
});
afterAll(async () => {
  await doors[Symbol.asyncDispose]();
  await mailbox.close();
  await house.close();
});

const dispatch = () => dispatchDue(moderationDispatch(house));
/** Somebody without an account reports, gives this address, and everything that had to follow has followed. */
async function reported(id: string, email: string, language: Language = 'en') {
  const received = await now.report(post(id, { text: `Teks ${id} yang rahsia.` }), { reporter: { contact: { email } }, language });
  await house.settle();
  return received;
}
const noticesOn = async ({ case: of, report }: { case: string; report: string }) =>
  (await see.notices(of)).filter((notice) => notice.report === report);
async function triesOf(email: { readonly id: string }) {
  return (await house.db.begin('doors', (tx) => attempts(tx, { service: 'warung', subject: email.id }, undefined, 1_000))).reverse();
}
const addressOf = async (id: string) => {
  const report = await see.report(id);
  return house.db.begin('doors', async (tx) => (await reveal(house, tx, 'report.received', report.record))?.email ?? null);
};
/** The page of a report as its reporter opens it. */
async function pageOf({ code, pin }: { code: string; pin: string }): Promise<string> {
  const form = await doors.ask(`/report/${code}?lang=en`);
  const cookie = (form.headers.getSetCookie()[0] as string).split(';')[0] as string;
  const csrf = /name="csrf" value="([^"]+)"/.exec(await form.text())?.[1] as string;
  const opened = await doors.ask(`/report/${code}?lang=en`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', origin: house.publicUrl },
    body: new URLSearchParams({ csrf, pin }).toString(),
  });
  expect(opened.status).toBe(200);
  return opened.text();
}

test('who reports without an account and gives an address is written to in their language, in the words of the status page', async () => {
  const subjects: Record<Language, string> = {
    ms: 'Warung: notis tentang laporan anda',
    en: 'Warung: a notice about your report',
    zh: 'Warung：关于您的举报的通知',
    ta: 'Warung: உங்கள் புகார் பற்றிய அறிவிப்பு',
  };
  for (const language of ['ms', 'en', 'zh', 'ta'] as const) {
    (mailbox.letters as unknown[]).length = 0;
    const mine = await reported(`told-${language}`, `${language}@mail.example`, language);
    expect((await noticesOn(mine)).map(({ state, channel }) => [state, channel])).toEqual([['written', null]]);
    await now.judge(moderator, { case: mine.case, determination: 'remove', clause: 'bullying.harassment' });
    await house.settle();
    await dispatch();
    const [first, second] = mailbox.letters;
    expect([first?.to, first?.from, second?.to]).toEqual([
      [`${language}@mail.example`],
      'trust@warung.example',
      [`${language}@mail.example`],
    ]);
    for (const letter of [first, second]) {
      expect(letter?.headers.get('subject')).toBe(subjects[language]);
      expect([letter?.headers.get('auto-submitted'), letter?.headers.get('content-language')]).toEqual(['auto-generated', language]);
      expect(letter?.text).toContain(`http://127.0.0.1:8088/report/${mine.code}?lang=${language}`);
      expect(letter?.html).toContain(`<html lang="${language}">`);
      // Neither the PIN, nor what was reported, nor whose it is.
      for (const secret of [mine.pin, 'rahsia', 'author-handle'])
        expect(`${letter?.text}${letter?.html}${[...(letter?.headers.values() ?? [])]}`).not.toContain(secret);
    }
    expect((await noticesOn(mine)).map(({ template, state, channel }) => [template, state, channel]).sort()).toEqual([
      ['report.acknowledged', 'handed', 'email'],
      ['report.removed', 'handed', 'email'],
    ]);
    expect(await see.report(mine.report)).toMatchObject({ state: 'answered', outcome: 'actioned' });
    if (language !== 'en') continue;
    const page = (await pageOf(mine)).replaceAll('&#39;', "'").replaceAll('&quot;', '"');
    const paragraphs = (second?.text ?? '').trim().split('\n\n').slice(0, -2);
    expect(paragraphs.length).toBeGreaterThan(2);
    for (const paragraph of paragraphs) expect(page).toContain(paragraph);
  }
});

test('an address stands in no table, no record and no log of tries; only under its key', async () => {
  mailbox.answer = (to) => `451 4.3.0 <${to}> is busy, says ${to}`;
  const mine = await reported('nowhere', 'jangan.tulis@mail.example');
  await dispatch();
  const tables = await see.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema', 'graphile_worker')
       and has_table_privilege(format('%I.%I', table_schema, table_name), 'select')`,
  );
  expect(tables.length).toBeGreaterThan(30);
  for (const { name } of tables)
    expect(await see.query(`select 1 from ${name} as row where row::text like '%jangan.tulis%'`), name).toEqual([]);
  expect(await addressOf(mine.report)).toBe('jangan.tulis@mail.example');
  const [notice] = await noticesOn(mine);
  expect(await triesOf(notice as { id: string })).toMatchObject([
    { result: 'failed', status: 451, failure: 'SMTP 451 4.3.0', response: '451 4.3.0' },
  ]);
});

test('a mail server that is down for hours gets each letter once when it is back; handed is what it took', async () => {
  await mailbox.down();
  const mine = await reported('down', 'down@mail.example');
  const until = house.clock.now().getTime() + 5 * hour;
  while (house.clock.now().getTime() < until) {
    await dispatch();
    house.clock.advance(20 * minute);
  }
  const [notice] = await noticesOn(mine);
  const inVain = await triesOf(notice as { id: string });
  expect([inVain.length > 5, inVain.every(({ result, status }) => result === 'failed' && status === null)]).toEqual([true, true]);
  // It is late, and that is on record: a letter that did not arrive told nobody.
  await sweep(house);
  expect((await see.clock(mine.case, 'acknowledge'))?.stoppedAt ?? null).toBeNull();
  expect(
    (await see.records(mine.case)).filter(({ kind, payload }) => kind === 'clock.breached' && payload['clock'] === 'acknowledge'),
  ).toHaveLength(1);

  await mailbox.up();
  house.clock.advance(hour);
  for (let round = 0; round < 5; round++) {
    await dispatch();
    house.clock.advance(hour);
  }
  expect(mailbox.letters.filter(({ to }) => to[0] === 'down@mail.example')).toHaveLength(1);
  expect((await noticesOn(mine))[0]).toMatchObject({ state: 'handed', channel: 'email' });
});

test('what the mail server refuses for good is noted, read on the status page, and not tried for ever', async () => {
  mailbox.answer = (to) => (to === 'nobody@mail.example' ? `550 5.1.1 <${to}>: there is no such mailbox` : undefined);
  const [mine, theirs] = [await reported('refused', 'nobody@mail.example'), await reported('taken', 'somebody@mail.example')];
  await dispatch();
  const asked = mailbox.asked;
  expect(mailbox.letters.map(({ to }) => to[0])).toEqual(['somebody@mail.example']);
  const [notice] = await noticesOn(mine);
  expect(notice).toMatchObject({ state: 'handed', channel: 'page', bouncedAt: house.clock.now() });
  expect((await noticesOn(theirs))[0]).toMatchObject({ state: 'handed', channel: 'email', bouncedAt: null });
  expect((await see.records(mine.case)).find(({ kind }) => kind === 'notice.bounced')?.payload).toEqual({
    notice: notice?.id,
    status: 550,
  });
  house.clock.advance(6 * day);
  await dispatch();
  expect(mailbox.asked).toBe(asked);
  expect(await triesOf(notice as { id: string })).toMatchObject([
    { result: 'given-up', status: 550, failure: 'SMTP 550 5.1.1', nextAt: null },
  ]);
  // Nobody has to look after it.
  expect(await house.db.begin('doors', (tx) => stuck(tx, { dead: true }, 10))).toEqual([]);
  expect(await pageOf(mine)).toContain('We have your report');
});

test('a mail server that says nothing is not waited for, and one that is slow keeps no webhook waiting', async () => {
  const receiver = await openReceiver();
  await registerService(house, { slug: 'warung', name: 'Warung', languages: ['ms'], webhookUrl: receiver.url });
  const [asked, heldUp, arrived] = [Promise.withResolvers<void>(), Promise.withResolvers<undefined>(), Promise.withResolvers<void>()];
  mailbox.answer = () => {
    asked.resolve();
    return heldUp.promise;
  };
  receiver.answer = (_heard, response) => {
    response.writeHead(204).end();
    arrived.resolve();
  };
  const running = startDispatcher(moderationDispatch(house), { every: 20 });
  try {
    const mine = await reported('slow', 'slow@mail.example');
    running.nudge();
    await asked.promise;
    await now.report(post('webhook'), { by: 'webhook-reporter' });
    await house.settle();
    running.nudge();
    await arrived.promise;
    expect((await noticesOn(mine))[0]).toMatchObject({ state: 'written' });
    heldUp.resolve(undefined);
  } finally {
    heldUp.resolve(undefined);
    await running.stop();
    await receiver.close();
  }
  const impatient = openMailer({ smtpUrl: mailbox.url, mailFrom }, { timeoutMs: 100 });
  const never = Promise.withResolvers<undefined>();
  mailbox.answer = () => never.promise;
  const letter = { to: 'silent@mail.example', subject: 's', text: 't', html: '<p>t</p>', language: 'en' };
  expect(await impatient.send(house.ids.next(), letter)).toMatchObject({
    taken: false,
    forGood: false,
    status: null,
    failure: 'SMTP ETIMEDOUT',
  });
  never.resolve(undefined);
});

test('who appeals without an account is told how it ended, by e-mail and on the page of their report', async () => {
  const mine = await reported('appealed', 'appellant@mail.example');
  const decision = await now.judge(moderator, { case: mine.case, determination: 'none', clause: null });
  await house.settle();
  const reporter = (await see.report(mine.report)).reporter as string;
  const { appeal } = await house.db.begin('doors', (tx) =>
    receiveAppeal(house, tx, 'warung', { decision: decision.id, role: 'reporter', by: reporter, text: 'Sila lihat lagi.', language: 'en' }),
  );
  await house.settle();
  await decideAppeal(house, senior, { appeal, outcome: 'upheld', reason: 'The first decision was right.' });
  await house.settle();
  await dispatch();
  expect(mailbox.letters.filter(({ to }) => to[0] === 'appellant@mail.example')).toHaveLength(4);
  const [last] = mailbox.letters.filter(({ text }) => text.includes('The first decision was right.'));
  expect(last?.to).toEqual(['appellant@mail.example']);
  expect(await pageOf(mine)).toContain('The first decision was right.');
});

test('an address goes when no notice can follow any more, and its report stays', async () => {
  const mine = await reported('over', 'over@mail.example');
  const decision = await now.judge(moderator, { case: mine.case, determination: 'remove', clause: 'bullying.harassment' });
  await house.settle();
  await dispatch();
  house.clock.advance(30 * day);
  await forgetAddresses(house);
  expect(await addressOf(mine.report)).toBe('over@mail.example');
  // The author appeals on the last day: the reporter will be told how that ends.
  house.clock.advance((decision.appealUntil as Date).getTime() - house.clock.now().getTime() - minute);
  const { appeal } = await now.appeal(decision.id, 'author');
  await house.settle();
  house.clock.advance(2 * minute);
  await forgetAddresses(house);
  expect(await addressOf(mine.report)).toBe('over@mail.example');
  await decideAppeal(house, senior, { appeal, outcome: 'upheld', reason: 'Keputusan itu betul.' });
  await house.settle();
  expect(await forgetAddresses(house)).toBeGreaterThan(0);
  await house.settle();
  expect(await addressOf(mine.report)).toBeNull();
  expect(await see.report(mine.report)).toMatchObject({ address: false, state: 'answered', reporter: expect.any(String) });
  expect(await forgetAddresses(house)).toBe(0);
});

test('with whoever reported their address goes, and a letter that waited is not sent', async () => {
  mailbox.answer = () => '451 4.3.0 later';
  const mine = await reported('erased', 'erased@mail.example');
  await now.judge(moderator, { case: mine.case, determination: 'none', clause: null });
  await house.settle();
  mailbox.answer = () => undefined;
  await dispatch();
  mailbox.answer = () => '451 4.3.0 later';
  const reporter = (await see.report(mine.report)).reporter as string;
  const late = await reported('erased-late', 'late@mail.example');
  await erase(house, 'warung', reporter, 'report');
  await erase(house, 'warung', late.report, 'contact');
  await house.settle();
  expect([await addressOf(mine.report), await addressOf(late.report)]).toEqual([null, null]);
  mailbox.answer = () => undefined;
  house.clock.advance(hour);
  await dispatch();
  expect(mailbox.letters.some(({ to }) => to[0] === 'late@mail.example')).toBe(false);
  expect((await noticesOn(late))[0]).toMatchObject({ state: 'handed', channel: 'page', bouncedAt: null });
});

test('the doctor says whether a mail server is set, and whether it lets us send', async () => {
  expect(await mailCheck({})).toMatchObject({ state: 'good', says: expect.stringContaining('off') });
  expect(await mailCheck({ smtpUrl: mailbox.url, mailFrom })).toMatchObject({ state: 'good', says: expect.stringContaining('answers') });
  await mailbox.down();
  expect(await mailCheck({ smtpUrl: mailbox.url, mailFrom })).toMatchObject({ state: 'bad', says: expect.not.stringContaining('@') });
  await mailbox.up();
});
