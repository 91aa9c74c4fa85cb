import { type Static, Type } from 'typebox';
import { button } from '../foundation/html/button.ts';
import { field } from '../foundation/html/field.ts';
import { html, type Part } from '../foundation/html/html.ts';
import type { Csrf } from '../foundation/http/csrf.ts';
import { Problem } from '../foundation/http/problems.ts';
import { form } from '../foundation/http/schemas.ts';
import type { App } from '../foundation/http/server.ts';
import type { Language } from '../foundation/i18n/language.ts';
import { texts } from '../foundation/i18n/texts.ts';
import { dateTimeText } from '../foundation/i18n/time.ts';
import type { House } from '../procedure/house.ts';
import { inquirableUntil, inquireInto } from './inquiry.ts';
import { languageOf, show } from './page.http.ts';

const words = texts({
  ms: {
    title: 'Tanya tentang keputusan ini',
    label: 'Apa yang anda mahu tahu?',
    hint: 'Tulis dengan kata-kata anda sendiri. Manusia akan membacanya dan menjawab secara bertulis dalam 5 hari.',
    error: 'Tulis soalan anda.',
    send: 'Hantar pertanyaan',
    sent: 'Kami sudah terima pertanyaan anda',
    'sent.text': 'Manusia akan menjawab secara bertulis sebelum {until}. Sehingga itu, keputusan itu kekal.',
    closed: 'Masa untuk bertanya tentang keputusan ini sudah tamat, atau anda sudah bertanya.',
  },
  en: {
    title: 'Ask about this decision',
    label: 'What do you want to know?',
    hint: 'Write in your own words. A person reads it and answers in writing within 5 days.',
    error: 'Write your question.',
    send: 'Send the inquiry',
    sent: 'We have your inquiry',
    'sent.text': 'A person will answer in writing by {until}. Until then the decision stands.',
    closed: 'The time to ask about this decision is over, or you have asked already.',
  },
  zh: {
    title: '询问这个决定',
    label: '您想知道什么？',
    hint: '用您自己的话写。会有真人阅读，并在 5 天内书面答复。',
    error: '请写下您的问题。',
    send: '提交询问',
    sent: '我们收到了您的询问',
    'sent.text': '会有真人在 {until} 前书面答复。在那之前，这个决定仍然有效。',
    closed: '询问这个决定的时间已过，或您已经问过了。',
  },
  ta: {
    title: 'இந்த முடிவைப் பற்றிக் கேளுங்கள்',
    label: 'நீங்கள் அறிய விரும்புவது என்ன?',
    hint: 'உங்கள் சொந்தச் சொற்களில் எழுதுங்கள். ஒரு மனிதர் படித்து, 5 நாட்களில் எழுத்தில் பதில் தருவார்.',
    error: 'உங்கள் கேள்வியை எழுதுங்கள்.',
    send: 'கேள்வியை அனுப்பு',
    sent: 'உங்கள் கேள்வி கிடைத்தது',
    'sent.text': 'ஒரு மனிதர் {until}-க்குள் எழுத்தில் பதில் தருவார். அதுவரை இந்த முடிவு நிற்கும்.',
    closed: 'இந்த முடிவைப் பற்றிக் கேட்கும் காலம் முடிந்தது, அல்லது நீங்கள் ஏற்கெனவே கேட்டுவிட்டீர்கள்.',
  },
});

const query = Type.Object({ lang: Type.Optional(Type.String({ maxLength: 20 })), token: Type.Optional(Type.String({ maxLength: 200 })) });
const params = Type.Object({ puid: Type.String({ maxLength: 60 }) });
const question = form({ text: Type.String({ maxLength: 6_000 }) });
const page = { page: true, open: true } as const;

/** Asking why something was decided: from the notice, the statement or the page of a report, without an account (Act 866 ss.21–23, 26). */
export function inquiryForms(app: App, house: House, csrf: Csrf): void {
  app.get('/inquiry/:puid', { config: page, schema: { params, querystring: query } }, async (request, reply) => {
    const language = languageOf(request);
    const { puid } = request.params as Static<typeof params>;
    const inquireUntil = await inquirableUntil(house, puid, (request.query as Static<typeof query>).token ?? '');
    const token = csrf.token(csrf.visitor(request, reply));
    return show(request, reply, () => ({
      title: words(language)('title'),
      body: inquireUntil ? asking(language, token) : closed(language),
    }));
  });

  app.post('/inquiry/:puid', { config: page, schema: { params, querystring: query, body: question } }, async (request, reply) => {
    const session = csrf.visitor(request, reply);
    csrf.check(request, session);
    const language = languageOf(request);
    const say = words(language);
    const text = (request.body as Static<typeof question>).text.trim();
    if (text.length < 3) {
      reply.code(422);
      return show(request, reply, () => ({
        title: say('title'),
        errors: [{ field: 'text', message: say('error') }],
        body: asking(language, csrf.token(session), text, say('error')),
      }));
    }
    try {
      const { puid } = request.params as Static<typeof params>;
      const { answerBy } = await inquireInto(house, puid, (request.query as Static<typeof query>).token ?? '', text, language);
      return show(request, reply, () => ({
        title: say('sent'),
        body: html`<p class="lead">${say('sent.text', { until: dateTimeText(answerBy, language) })}</p>`,
      }));
    } catch (error) {
      if (!(error instanceof Problem) || (error.code !== 'inquiry-exists' && error.code !== 'inquiry-not-open')) throw error;
      reply.code(422);
      return show(request, reply, () => ({ title: say('title'), body: closed(language) }));
    }
  });
}

function closed(language: Language): Part {
  return html`<p class="lead">${words(language)('closed')}</p>`;
}

function asking(language: Language, token: string, value = '', error?: string): Part {
  const say = words(language);
  return html`<form method="post" class="stack"><input type="hidden" name="csrf" value="${token}">${field({
    kind: 'long',
    language,
    name: 'text',
    label: say('label'),
    hint: say('hint'),
    maxlength: 5_000,
    value,
    ...(error ? { error } : {}),
  })}<div class="actions">${button({ text: say('send'), kind: 'primary' })}</div></form>`;
}
