import type { Tx } from '../../foundation/db/transaction.ts';
import { html } from '../../foundation/html/html.ts';
import { texts } from '../../foundation/i18n/texts.ts';
import type { Letter } from '../../foundation/mail/mailer.ts';
import { finish, type Message } from '../../foundation/outbox/outbox.ts';
import type { Delivery } from '../../foundation/outbox/webhook.ts';
import * as notices from '../../notices/index.ts';
import { append, reveal } from '../../records/index.ts';
import * as subjects from '../../subjects/index.ts';
import type { House } from '../house.ts';
import { clauseTold, linesTold } from './guidelines.ts';
import { lockCase } from './lock.ts';
import { receiptLetter, receiptMail } from './receipt-mail.ts';
import { handed, reportOf } from './tell.ts';
import { statusUrl } from './values.ts';

const words = texts({
  ms: {
    subject: '{service}: notis tentang laporan anda',
    page: 'Semua yang kami tulis tentang laporan anda ada di halaman ini. Anda perlukan PIN anda:',
    why: 'Anda menerima e-mel ini kerana alamat ini diberi bersama laporan itu. Jangan balas e-mel ini; tiada siapa membacanya.',
  },
  en: {
    subject: '{service}: a notice about your report',
    page: 'All that we wrote about your report is on this page. You need your PIN:',
    why: 'You get this e-mail because this address was given with the report. Please do not answer it: nobody reads the answers.',
  },
  zh: {
    subject: '{service}：关于您的举报的通知',
    page: '我们就您的举报所写的全部内容都在这个页面上。您需要 PIN：',
    why: '您收到这封电邮，是因为举报时留下了这个地址。请不要回复，没有人会读到回复。',
  },
  ta: {
    subject: '{service}: உங்கள் புகார் பற்றிய அறிவிப்பு',
    page: 'உங்கள் புகார் பற்றி நாங்கள் எழுதிய அனைத்தும் இந்தப் பக்கத்தில் உள்ளன. உங்கள் PIN தேவை:',
    why: 'புகாருடன் இந்த முகவரி தரப்பட்டதால் இந்த மின்னஞ்சல் வருகிறது. இதற்குப் பதில் எழுத வேண்டாம்; யாரும் படிப்பதில்லை.',
  },
});

/** One try of one letter. What is gone with a person's key, or with their address, is not sent, and is read on the status page if anywhere. */
export async function mail(house: House, message: Message): Promise<Delivery> {
  const letter = await house.db.begin('jobs', (tx) =>
    (message.type === receiptMail ? receiptLetter : letterOf)(house, tx, message.subject),
  );
  if (letter === null) return unsent('the address is gone', true);
  return house.mail === null ? unsent('no mail server is set', false) : house.mail.send(message.id, letter);
}

const unsent = (failure: string, forGood: boolean): Delivery => ({
  taken: false,
  status: null,
  failure,
  answer: '',
  forGood,
  retryAfterMs: null,
});

/** A notice as a letter: the words of the status page, and the way there. The subject says nothing of what was reported. */
async function letterOf(house: House, tx: Tx, id: string): Promise<Letter | null> {
  const notice = await notices.notice(tx, id);
  const report = notice && (await reportOf(tx, notice));
  const received = report?.address ? await reveal(house, tx, 'report.received', report.record) : null;
  const written = notice && (await reveal(house, tx, 'notice.written', notice.record));
  if (!notice || !received?.email || !written?.values) return null;
  const { language } = notice;
  const say = words(language);
  const { title, body } = notices.render(
    notice.template,
    language,
    written.values,
    await clauseTold(tx, notice.decision, written.values['clause']),
    await linesTold(tx),
  );
  const service = (await subjects.service(tx, notice.service))?.name ?? notice.service;
  const page = received.access === null ? null : statusUrl(house, received.access.shown, language);
  const way = page === null ? [] : [`${say('page')}\n${page}`];
  return {
    to: received.email,
    subject: say('subject', { service }),
    text: `${[title, ...body, ...way, say('why')].join('\n\n')}\n`,
    html: html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><title>${title}</title></head>
<body><h1>${title}</h1>
${body.map((paragraph) => html`<p>${paragraph}</p>\n`)}${page === null ? null : html`<p>${say('page')}<br><a href="${page}">${page}</a></p>\n`}<p><small>${say('why')}</small></p>
</body></html>
`.toString(),
    language,
  };
}

/**
 * The mail server refused a letter for good: noted, and not tried for ever. It stands on the status page, which hands it over. Nobody has to
 * look after it: an address that was written wrongly is not the operator's to mend.
 */
export async function bounced(house: House, tx: Tx, message: Message, status: number | null): Promise<true> {
  const notice = await notices.notice(tx, message.subject);
  if (notice?.state === 'written') {
    await lockCase(tx, notice.case);
    if (status !== null)
      await notices.bounce(
        await append(house, tx, {
          kind: 'notice.bounced',
          service: notice.service,
          case: notice.case,
          payload: { notice: notice.id, status },
        }),
      );
    const written = await reveal(house, tx, 'notice.written', notice.record);
    if (written) await handed(house, tx, notice.id, 'page', written);
  }
  await finish(tx, message.subject, house.clock.now());
  return true;
}
