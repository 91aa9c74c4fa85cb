import type { FastifyInstance } from 'fastify';
import type { Appeal } from '../appeals.ts';
import { appealOf, appealsOf } from '../appeals.ts';
import { Refusal } from '../counter.ts';
import type { Part } from '../html.ts';
import { html, paragraphs } from '../html.ts';
import type { Notice } from '../inbox.ts';
import { markRead, noticeOf, noticesOf } from '../inbox.ts';
import { locales } from '../words/words.ts';
import { time } from './card.ts';
import type { Fault } from './frame.ts';
import { field, show, summary } from './frame.ts';
import type { House, Visit } from './visit.ts';
import { formOf, mistake, onward, personOf } from './visit.ts';

/** The inbox of notices, and appealing from a notice that allows it. */
export function inboxPages(app: FastifyInstance, house: House): void {
  const { database, counter } = house;

  app.get('/inbox', async (request, reply) => {
    const visit = await personOf(house, request);
    const notices = await noticesOf(database, visit.account.id);
    const appeals = await appealsOf(database, visit.account.id);
    await markRead(database, visit.account.id);
    const { inbox: words } = visit.words;
    const cards = notices.map((notice) => {
      const appeal = notice.about.decision === undefined ? undefined : appeals.get(notice.about.decision);
      return html`<article class="card notice${notice.read_at === null && ' new'}" id="notice-${notice.id}" lang="${locales[notice.language]}">
        <h2>${notice.title}</h2><p class="meta" lang="${locales[visit.language]}">${time(visit, notice.received_at)}</p>
        <div class="text">${paragraphs(notice.body)}</div>
        <ul class="acts" lang="${locales[visit.language]}">
          ${notice.statement_url !== null && html`<li><a href="${notice.statement_url}" aria-label="${`${words.statement}: ${notice.title}`}">${words.statement}</a></li>`}
          ${notice.inquiry_url !== null && html`<li><a href="${notice.inquiry_url}" aria-label="${`${words.inquire}: ${notice.title}`}">${words.inquire}</a></li>`}
          ${appealable(notice, appeal) && html`<li><a class="go" href="/inbox/${notice.id}/appeal" aria-label="${`${words.appeal}: ${notice.title}`}">${words.appeal}</a></li>`}
        </ul>
        <div lang="${locales[visit.language]}">${appeal !== undefined && notice.appeal_url !== null && fortune(visit, appeal)}</div>
      </article>`;
    });
    return show(
      reply,
      { ...visit, unread: 0 },
      words.title,
      html`<h1>${words.title}</h1>${cards.length === 0 ? html`<p class="empty">${words.empty}</p>` : cards}`,
    );
  });

  app.get<{ Params: { id: string } }>('/inbox/:id/appeal', async (request, reply) => {
    const visit = await personOf(house, request);
    const notice = await noticeOf(database, visit.account.id, request.params.id);
    if (notice === null || notice.appeal_url === null) throw new Refusal(404, 'no-decision');
    return show(reply, visit, visit.words.inbox.appealTitle, appealBody(visit, notice, '', []));
  });

  app.post<{ Params: { id: string } }>('/inbox/:id/appeal', async (request, reply) => {
    const visit = await personOf(house, request);
    const notice = await noticeOf(database, visit.account.id, request.params.id);
    if (notice === null || notice.appeal_url === null) throw new Refusal(404, 'no-decision');
    const text = formOf(request)['text'] ?? '';
    try {
      return onward(reply, `/appeals/${await counter.appeal(visit.account, { notice: notice.id }, text)}`);
    } catch (error) {
      const faults = [{ field: 'text', text: visit.words.errors[mistake(error)] }];
      return show(reply, visit, visit.words.inbox.appealTitle, appealBody(visit, notice, text, faults), 400);
    }
  });

  app.get<{ Params: { id: string } }>('/appeals/:id', async (request, reply) => {
    const visit = await personOf(house, request);
    const found = await appealOf(database, visit.account.id, request.params.id);
    if (found === null) throw new Refusal(404, 'not-found');
    const title = visit.words.inbox.appealTitle;
    return show(
      reply,
      visit,
      title,
      html`<h1>${title}</h1><div role="status">${fortune(visit, found)}</div><p><a href="/inbox">${visit.words.inbox.title}</a></p>`,
    );
  });
}

function appealable(notice: Notice, appeal: Appeal | undefined): boolean {
  return notice.appeal_url !== null && notice.about.decision !== undefined && appeal === undefined;
}

function fortune(visit: Visit, appeal: Appeal): Part {
  const { appealed: words } = visit.words;
  if (appeal.state === 'queued') return html`<p>${words.queued}</p>`;
  if (appeal.state === 'refused') return html`<p>${words.refused}</p>`;
  return html`<p>${words.sent} ${appeal.answer_by !== null && html`${words.answerBy}: ${time(visit, appeal.answer_by)}. `}
    ${appeal.status_url !== null && html`<a href="${appeal.status_url}">${words.status}</a>`}</p>`;
}

function appealBody(visit: Visit, notice: Notice, text: string, faults: Fault[]) {
  const { inbox: words } = visit.words;
  return html`<h1>${words.appealTitle}</h1>${summary(visit, faults)}
    <blockquote lang="${locales[notice.language]}"><p><strong>${notice.title}</strong></p>${paragraphs(notice.body)}</blockquote>
    <form method="post" action="/inbox/${notice.id}/appeal">${field(
      { id: 'text', label: words.appealLabel, hint: words.appealHint, faults },
      (attributes) => html`<textarea ${attributes} rows="6" maxlength="5000" required>${text}</textarea>`,
    )}<button>${words.appealSend}</button></form>`;
}
