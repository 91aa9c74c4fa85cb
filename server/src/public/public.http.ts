import { type Static, Type } from 'typebox';
import { definitionList, whatNext } from '../foundation/html/blocks.ts';
import { button } from '../foundation/html/button.ts';
import { field } from '../foundation/html/field.ts';
import { html, type Part } from '../foundation/html/html.ts';
import { withLanguage } from '../foundation/html/page.ts';
import { dateTime, timeLeft } from '../foundation/html/times.ts';
import type { Csrf } from '../foundation/http/csrf.ts';
import { Problem } from '../foundation/http/problems.ts';
import { form } from '../foundation/http/schemas.ts';
import type { App } from '../foundation/http/server.ts';
import type { Language } from '../foundation/i18n/language.ts';
import { dateTimeText } from '../foundation/i18n/time.ts';
import type { House } from '../procedure/house.ts';
import * as subjects from '../subjects/index.ts';
import { languageOf, show } from './page.http.ts';
import { openReport, type ReportPage, readReport } from './report.ts';
import { appealAgainst, readStatement, type StatementPage } from './statement.ts';
import { statementPage } from './statement-page.ts';
import { words } from './words.ts';

const query = Type.Object({
  lang: Type.Optional(Type.String({ maxLength: 20 })),
  token: Type.Optional(Type.String({ maxLength: 200 })),
  code: Type.Optional(Type.String({ maxLength: 20 })),
});
const codeParams = Type.Object({ code: Type.String({ maxLength: 20 }) });
const puidParams = Type.Object({ puid: Type.String({ maxLength: 60 }) });
const pinForm = form({ pin: Type.String({ maxLength: 20 }) });
const appealForm = form({ text: Type.String({ maxLength: 6_000 }) });
const page = { page: true, open: true } as const;

/** The pages for people who reported, or whose content was decided on. In four languages, without script or account. */
export function publicPages(app: App, house: House, csrf: Csrf): void {
  app.get('/', { config: page, schema: { querystring: query } }, async (request, reply) => {
    const services = await house.db.begin('doors', (tx) => subjects.services(tx));
    return show(request, reply, (language) => ({
      title: words(language)('home.title'),
      body: home(language, services.map(({ name }) => name).join(', ')),
    }));
  });

  app.get('/report/status', { config: page, schema: { querystring: query } }, async (request, reply) => {
    const { code } = request.query as Static<typeof query>;
    const written =
      code
        ?.trim()
        .toUpperCase()
        .replace(/[^0-9A-Z]/g, '') ?? '';
    const language = languageOf(request);
    if (written.length === 8) return reply.redirect(`${withLanguage(`/report/${written.slice(0, 4)}-${written.slice(4)}`, language)}`, 303);
    const say = words(language);
    const wrong = code === undefined ? [] : [{ field: 'code', message: say('code.error') }];
    return show(request, reply, () => ({ title: say('code.title'), errors: wrong, body: codeForm(language, code, wrong[0]?.message) }));
  });

  app.get('/report/:code', { config: page, schema: { params: codeParams, querystring: query } }, (request, reply) => {
    const session = csrf.visitor(request, reply);
    return show(request, reply, (language) => ({ title: words(language)('pin.title'), body: pinPage(language, csrf.token(session)) }));
  });

  app.post('/report/:code', { config: page, schema: { params: codeParams, querystring: query, body: pinForm } }, async (request, reply) => {
    const session = csrf.visitor(request, reply);
    csrf.check(request, session);
    const { code } = request.params as Static<typeof codeParams>;
    const opened = await openReport(house, code, (request.body as Static<typeof pinForm>).pin);
    const language = languageOf(request);
    const say = words(language);
    if (typeof opened === 'string') {
      const message = say(opened === 'locked' ? 'pin.locked' : 'pin.error');
      reply.code(opened === 'locked' ? 429 : 403);
      return show(request, reply, () => ({
        title: say('pin.title'),
        errors: [{ field: 'pin', message }],
        body: pinPage(language, csrf.token(session), message),
      }));
    }
    const report = await readReport(house, opened, language);
    return show(request, reply, () => ({
      title: say('status.title', { code }),
      harm: report.harm,
      lines: report.lines,
      body: statusPage(language, house.clock.now(), report),
    }));
  });

  app.get('/statement/:puid', { config: page, schema: { params: puidParams, querystring: query } }, async (request, reply) => {
    const language = languageOf(request);
    const statement = await readStatement(
      house,
      (request.params as Static<typeof puidParams>).puid,
      (request.query as Static<typeof query>).token ?? '',
      language,
    );
    return show(request, reply, () => ({
      title: words(language)('statement.title'),
      body: statementPage(language, statement, (request.query as Static<typeof query>).token ?? ''),
    }));
  });

  app.get('/appeal/:puid', { config: page, schema: { params: puidParams, querystring: query } }, async (request, reply) => {
    const language = languageOf(request);
    const statement = await readStatement(
      house,
      (request.params as Static<typeof puidParams>).puid,
      (request.query as Static<typeof query>).token ?? '',
      language,
    );
    const session = csrf.visitor(request, reply);
    return show(request, reply, () => ({
      title: words(language)('appeal.title'),
      body: appealPage(language, statement, csrf.token(session)),
    }));
  });

  app.post(
    '/appeal/:puid',
    { config: page, schema: { params: puidParams, querystring: query, body: appealForm } },
    async (request, reply) => {
      csrf.check(request, csrf.visitor(request, reply));
      const language = languageOf(request);
      const { puid } = request.params as Static<typeof puidParams>;
      const token = (request.query as Static<typeof query>).token ?? '';
      const { text } = request.body as Static<typeof appealForm>;
      const statement = await readStatement(house, puid, token, language);
      const say = words(language);
      const refused = async (message: string) => {
        reply.code(422);
        return show(request, reply, () => ({
          title: say('appeal.title'),
          errors: [{ field: 'text', message }],
          body: appealPage(language, statement, csrf.token(csrf.visitor(request, reply)), text, message),
        }));
      };
      if (text.trim().length < 3) return refused(say('appeal.error'));
      try {
        const { answerBy } = await appealAgainst(house, puid, token, text.trim(), language);
        return show(request, reply, () => ({
          title: say('appeal.sent'),
          body: html`<p class="lead">${say('appeal.sent-text', { until: dateTimeText(answerBy, language) })}</p>`,
        }));
      } catch (error) {
        if (error instanceof Problem && (error.code === 'appeal-exists' || error.code === 'appeal-not-open'))
          return refused(say('statement.closed'));
        throw error;
      }
    },
  );
}

function home(language: Language, service: string): Part {
  const say = words(language);
  return html`<p class="lead">${say('home.text', { service: service || 'Perisai' })}</p>
${whatNext({ title: say('home.promises'), steps: [say('home.acknowledge'), say('home.status'), say('home.answer'), say('home.appeal')] })}
<p>${button({ text: say('home.follow'), kind: 'primary', href: withLanguage('/report/status', language) })} ${button({ text: say('home.guidelines'), href: withLanguage('/guidelines', language) })}</p>`;
}

function codeForm(language: Language, value: string | undefined, error: string | undefined): Part {
  const say = words(language);
  return html`<form method="get" action="/report/status" class="stack"><input type="hidden" name="lang" value="${language}">${field({
    kind: 'text',
    language,
    name: 'code',
    label: say('code.label'),
    hint: say('code.hint'),
    short: true,
    maxlength: 20,
    autocomplete: 'off',
    ...(value ? { value } : {}),
    ...(error ? { error } : {}),
  })}<div class="actions">${button({ text: say('home.follow'), kind: 'primary' })}</div></form>`;
}

function pinPage(language: Language, token: string, error?: string): Part {
  const say = words(language);
  return html`<form method="post" class="stack"><input type="hidden" name="csrf" value="${token}">${field({
    kind: 'text',
    language,
    name: 'pin',
    label: say('pin.label'),
    hint: say('pin.hint'),
    short: true,
    digits: true,
    maxlength: 6,
    autocomplete: 'off',
    ...(error ? { error } : {}),
  })}<div class="actions">${button({ text: say('home.follow'), kind: 'primary' })}</div></form>`;
}

function statusPage(language: Language, now: Date, report: ReportPage): Part {
  const say = words(language);
  const due = (clock: ReportPage['statusBy']): Part =>
    clock === null ? null : clock.stopped ? dateTime(clock.due, language) : timeLeft(now, clock.due, language);
  return html`${definitionList([
    [say('status.state'), html`<strong>${say(`status.${report.state}`)}</strong>`],
    [say('status.since'), dateTime(report.receivedAt, language)],
    report.statusBy ? [say('status.by'), due(report.statusBy)] : null,
    report.answerBy ? [say('status.answer-by'), due(report.answerBy)] : null,
  ])}
<h2>${say('status.letters')}</h2>
${report.letters.length === 0 ? html`<p>${say('status.none')}</p>` : report.letters.map(({ title, body, at, appealUrl, inquiryUrl }) => html`<article class="card stack"><h3>${title}</h3>${body.map((paragraph) => html`<p>${paragraph}</p>`)}<p class="quiet">${dateTime(at, language)}</p>${appealUrl === null ? null : html`<p>${button({ text: say('status.appeal'), href: appealUrl })}</p>`}${inquiryUrl === null ? null : html`<p><a href="${inquiryUrl}">${say('status.inquire')}</a></p>`}</article>`)}`;
}

function appealPage(language: Language, statement: StatementPage, token: string, value = '', error?: string): Part {
  const say = words(language);
  if (statement.appealUntil === null) return html`<p class="lead">${say('statement.closed')}</p>`;
  return html`<form method="post" class="stack"><input type="hidden" name="csrf" value="${token}">${field({
    kind: 'long',
    language,
    name: 'text',
    label: say('appeal.label'),
    hint: say('appeal.hint'),
    maxlength: 5_000,
    value,
    ...(error ? { error } : {}),
  })}<div class="actions">${button({ text: say('appeal.send'), kind: 'primary' })}</div></form>`;
}
