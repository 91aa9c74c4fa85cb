import type { FastifyInstance } from 'fastify';
import { Refusal } from '../counter.ts';
import type { Html } from '../html.ts';
import { html, paragraphs } from '../html.ts';
import { mayReport } from '../measures/state.ts';
import { harms, relations } from '../perisai.ts';
import type { Post } from '../posts.ts';
import { find } from '../posts.ts';
import type { Report } from '../reports.ts';
import { refresh, reportOf, reportsOf } from '../reports.ts';
import { locales, names } from '../words/words.ts';
import { time } from './card.ts';
import type { Fault } from './frame.ts';
import { field, show, summary } from './frame.ts';
import type { Form, House, Visit } from './visit.ts';
import { formOf, languageIn, onward, personOf, visitOf } from './visit.ts';

/** Reporting, with an account and without (`/lapor`): one form, then the receipt. And following one's own reports. */
export function reportPages(app: FastifyInstance, house: House): void {
  const { database, counter } = house;

  async function reportable(visit: Visit, id: string): Promise<Post | null> {
    const post = await find(database, id);
    return post !== null && mayReport(post, visit.account) ? post : null;
  }

  /** Takes the form, or answers what is to be put right. */
  async function take(visit: Visit, post: Post | null, form: Form, email: string): Promise<{ id: string } | { faults: Fault[] }> {
    const { errors, lapor } = visit.words;
    const harm = harms.find((each) => each === form['harm']);
    const text = form['text'] ?? '';
    const faults: Fault[] = [];
    if (post === null) faults.push({ field: 'post', text: lapor.notFound });
    if (harm === undefined) faults.push({ field: 'harm-scam', text: errors.harm });
    if (text.length > 5_000) faults.push({ field: 'text', text: errors['too-long'] });
    if (email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) faults.push({ field: 'email', text: errors.email });
    if (faults.length > 0 || post === null || harm === undefined) return { faults };
    const forChild = relations.find((each) => each === form['for_child']) ?? null;
    const what = { harm, text, language: languageIn(form['language'], visit.language), email: email === '' ? null : email, forChild };
    return { id: await counter.report(visit.account, post.id, what) };
  }

  app.get<{ Params: { id: string } }>('/posts/:id/report', async (request, reply) => {
    const visit = await visitOf(house, request);
    if (visit.account === null) return onward(reply, `/lapor?post=${encodeURIComponent(request.params.id)}`);
    const post = await reportable(visit, request.params.id);
    if (post === null) throw new Refusal(404, 'not-found');
    return show(reply, visit, visit.words.report.title, reportBody(visit, post, {}, []));
  });

  app.post<{ Params: { id: string } }>('/posts/:id/report', async (request, reply) => {
    const visit = await personOf(house, request);
    const post = await reportable(visit, request.params.id);
    if (post === null) throw new Refusal(404, 'not-found');
    const taken = await take(visit, post, formOf(request), '');
    if ('id' in taken) return onward(reply, `/reports/${taken.id}`);
    return show(reply, visit, visit.words.report.title, reportBody(visit, post, formOf(request), taken.faults), 400);
  });

  app.get('/reports', async (request, reply) => {
    const visit = await personOf(house, request);
    const mine = await refresh(database, house.perisai, await reportsOf(database, visit.account.id));
    const { reported: words } = visit.words;
    const rows = mine.map(
      (each) => html`<li class="card"><h2><a href="/reports/${each.id}">${visit.words.report.harms[each.harm]}</a></h2>
        <p class="meta">${time(visit, each.created_at)}</p><p>${standing(visit, each)}</p></li>`,
    );
    return show(
      reply,
      visit,
      words.mine,
      html`<h1>${words.mine}</h1>${rows.length === 0 ? html`<p class="empty">${words.none}</p>` : html`<ul class="list">${rows}</ul>`}`,
    );
  });

  app.get<{ Params: { id: string } }>('/reports/:id', async (request, reply) => {
    const visit = await personOf(house, request);
    const found = await reportOf(database, request.params.id);
    if (found === null || found.reporter !== visit.account.id) throw new Refusal(404, 'not-found');
    const [now] = await refresh(database, house.perisai, [found]);
    return show(reply, visit, visit.words.reported.title, receiptBody(visit, now ?? found));
  });

  app.get<{ Querystring: { post?: string } }>('/lapor', async (request, reply) => {
    const visit = await visitOf(house, request);
    const post = request.query.post === undefined ? '' : `${house.publicUrl()}/posts/${request.query.post}`;
    return show(reply, visit, visit.words.lapor.title, laporBody(visit, { post }, []));
  });

  app.post('/lapor', async (request, reply) => {
    const visit = { ...(await visitOf(house, request)), account: null };
    const form = formOf(request);
    const id = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec((form['post'] ?? '').toLowerCase())?.[0] ?? '';
    const taken = await take(visit, await reportable(visit, id), form, (form['email'] ?? '').trim());
    if ('id' in taken) return onward(reply, `/lapor/${taken.id}`);
    return show(reply, visit, visit.words.lapor.title, laporBody(visit, form, taken.faults), 400);
  });

  // The address is the secret: a random UUID that only the reporter was sent to. Reports of accounts are not shown here.
  app.get<{ Params: { id: string } }>('/lapor/:id', async (request, reply) => {
    const visit = await visitOf(house, request);
    const found = await reportOf(database, request.params.id);
    if (found === null || found.reporter !== null) throw new Refusal(404, 'not-found');
    return show(reply, visit, visit.words.reported.title, receiptBody(visit, found));
  });
}

function standing(visit: Visit, report: Report): string {
  const { reported: words } = visit.words;
  const outcome = report.outcome === null ? '' : ` · ${words.outcomes[report.outcome] ?? report.outcome}`;
  return `${words.state}: ${words.states[report.state] ?? report.state}${outcome}`;
}

/** What is wrong, more about it, in which language to answer, and what then happens. */
function questions(visit: Visit, form: Form, faults: readonly Fault[]): Html {
  const { report: words } = visit.words;
  const chosen = languageIn(form['language'], visit.language);
  const wrong = faults.find((each) => each.field === 'harm-scam');
  return html`<fieldset${wrong !== undefined && html` aria-describedby="harm-wrong"`}><legend>${words.harm}</legend>
      ${wrong !== undefined && html`<p class="wrong" id="harm-wrong">${wrong.text}</p>`}
      ${harms.map(
        (
          harm,
        ) => html`<div class="choice"><input type="radio" id="harm-${harm}" name="harm" value="${harm}"${form['harm'] === harm && html` checked`} required>
          <label for="harm-${harm}">${words.harms[harm]}</label></div>`,
      )}</fieldset>
    ${field({ id: 'text', label: words.text, hint: words.textHint, faults }, (attributes) => html`<textarea ${attributes} rows="4" maxlength="5000">${form['text']}</textarea>`)}
    ${field(
      { id: 'language', label: words.language },
      (attributes) =>
        html`<select ${attributes}>${names.map(
          ({ language, name }) =>
            html`<option value="${language}" lang="${locales[language]}"${language === chosen && html` selected`}>${name}</option>`,
        )}</select>`,
    )}
    ${field(
      { id: 'for_child', label: words.forChild, hint: words.forChildHint },
      (attributes) =>
        html`<select ${attributes}><option value="">${words.forNobody}</option>${relations.map(
          (each) => html`<option value="${each}"${form['for_child'] === each && html` selected`}>${words.relations[each]}</option>`,
        )}</select>`,
    )}
    <button>${words.send}</button>
    <section class="next"><h2>${words.next}</h2><p>${words.nextText}</p></section>
    <section class="help"><h2>${words.help}</h2><ul>${words.helpLines.map((line) => html`<li>${line}</li>`)}</ul></section>`;
}

function reportBody(visit: Visit, post: Post, form: Form, faults: Fault[]): Html {
  const { report: words } = visit.words;
  return html`<h1>${words.title}</h1>${summary(visit, faults)}<p>${words.quoted(post.author_name)}</p>
    <blockquote lang="${locales[post.author_language]}">${paragraphs(post.text)}</blockquote>
    <form method="post" action="/posts/${post.id}/report">${questions(visit, form, faults)}</form>`;
}

function laporBody(visit: Visit, form: Form, faults: Fault[]): Html {
  const { lapor: words } = visit.words;
  return html`<h1>${words.title}</h1>${summary(visit, faults)}<p>${words.intro}</p>
    <form method="post" action="/lapor">
    ${field(
      { id: 'post', label: words.which, hint: words.whichHint, faults },
      (attributes) => html`<input ${attributes} value="${form['post']}" required autocomplete="off">`,
    )}
    ${field(
      { id: 'email', label: words.email, hint: words.emailHint, faults },
      (attributes) => html`<input ${attributes} type="email" value="${form['email']}" autocomplete="email">`,
    )}
    ${questions(visit, form, faults)}</form>`;
}

function receiptBody(visit: Visit, report: Report): Html {
  const { reported: words } = visit.words;
  const row = (name: string, value: string | null): Html | null =>
    value === null ? null : html`<div><dt>${name}</dt><dd class="code">${value}</dd></div>`;
  const until = (name: string, at: Date | null): Html | null =>
    at === null ? null : html`<div><dt>${name}</dt><dd>${time(visit, at)}</dd></div>`;
  const said = report.state === 'queued' ? words.queued : report.state === 'refused' ? words.refused : words.thanks;
  return html`<h1>${words.title}</h1><p role="status">${said}</p><p><strong>${standing(visit, report)}</strong></p>
    <dl>${row(words.code, report.contact_code)}${row(words.pin, report.pin)}${until(words.acknowledgeBy, report.acknowledge_by)}${until(
      words.statusBy,
      report.status_by,
    )}${until(words.answerBy, report.answer_by)}</dl>
    ${report.contact_code !== null && html`<p>${words.keep}</p>`}
    ${report.status_url !== null && html`<p><a class="go" href="${report.status_url}">${words.status}</a></p>`}
    <p><a href="/">${visit.words.errors.back}</a></p>`;
}
