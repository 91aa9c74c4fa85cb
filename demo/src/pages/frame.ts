import type { FastifyReply } from 'fastify';
import type { Part } from '../html.ts';
import { Html, html } from '../html.ts';
import { locales, names } from '../words/words.ts';
import type { Visit } from './visit.ts';

/** Something to be put right: which field, and what is asked of the person. */
export interface Fault {
  field: string;
  text: string;
}

const cup = new Html(
  '<svg class="cup" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true"><path d="M5 11h18v10a6 6 0 0 1-6 6h-6a6 6 0 0 1-6-6zm18 2h2a4 4 0 0 1 0 9h-2M10 7q-2-2 0-4m4 4q-2-2 0-4m4 4q-2-2 0-4" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/></svg>',
);

/** What is wrong with a form, first on its page, each line a link to its field. */
export function summary(visit: Visit, faults: readonly Fault[]): Part {
  if (faults.length === 0) return null;
  return html`<div class="faults" role="alert"><h2>${visit.words.errors.title}</h2>
    <ul>${faults.map((fault) => html`<li><a href="#${fault.field}">${fault.text}</a></li>`)}</ul></div>`;
}

/** A field's name, its hint and what is wrong with it, over the control that `control` makes with the ids of these. */
export function field(
  fault: { id: string; label: string; hint?: string; faults?: readonly Fault[] },
  control: (attributes: Html) => Html,
): Html {
  const wrong = fault.faults?.find((each) => each.field === fault.id);
  const described = [fault.hint === undefined ? '' : `${fault.id}-hint`, wrong === undefined ? '' : `${fault.id}-wrong`].join(' ').trim();
  const attributes = html`id="${fault.id}" name="${fault.id}"${described !== '' && html` aria-describedby="${described}"`}${
    wrong !== undefined && html` aria-invalid="true"`
  }`;
  return html`<div class="field"><label for="${fault.id}">${fault.label}</label>
    ${fault.hint !== undefined && html`<p class="hint" id="${fault.id}-hint">${fault.hint}</p>`}
    ${wrong !== undefined && html`<p class="wrong" id="${fault.id}-wrong">${wrong.text}</p>`}${control(attributes)}</div>`;
}

/** Sends a whole page in the visit's language. */
export function show(reply: FastifyReply, visit: Visit, title: string, body: Html, status = 200): FastifyReply {
  const { words, account } = visit;
  const here = (path: string): Part => (visit.path.split('?')[0] === path ? html` aria-current="page"` : null);
  const link = (path: string, text: string): Html => html`<li><a href="${path}"${here(path)}>${text}</a></li>`;
  const page = html`<!doctype html>
<html lang="${locales[visit.language]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Warung</title>
<link rel="stylesheet" href="/warung.css">
<link rel="icon" href="data:,">
</head>
<body>
<a class="skip" href="#content">${words.skip}</a>
<header>
<div class="bar"><a class="brand" href="/">${cup}<span>Warung</span></a><p class="tagline">${words.tagline}</p>
${
  account === null
    ? html`<a class="who" href="/enter">${words.menu.enter}</a>`
    : html`<form class="who" method="post" action="/leave"><a href="/people/${account.handle}">${account.name}</a> <button class="plain">${words.menu.leave}</button></form>`
}</div>
<nav aria-label="Warung"><ul>${link('/', words.menu.feed)}${link('/groups', words.places.groups.title)}${link('/live', words.places.lives.title)}${link(
    '/search',
    words.places.search.title,
  )}${
    account !== null && [
      link('/messages', words.menu.messages),
      link('/inbox', words.menu.inbox(visit.unread)),
      link('/reports', words.menu.reports),
    ]
  }${link('/people', words.menu.people)}</ul></nav>
</header>
<main id="content" tabindex="-1">
${
  account !== null &&
  account.standing !== 'active' &&
  html`<p class="fate hidden"><span aria-hidden="true">▲</span> ${words.standings[account.standing]} <a href="/inbox">${words.state.notices}</a></p>`
}
${body}
</main>
<footer>
<p>${words.footer.demo}</p>
<p><a href="/lapor">${words.footer.lapor}</a> · <a href="/ads">${words.places.ads.title}</a></p>
<form method="post" action="/language" aria-label="${words.footer.languages}"><input type="hidden" name="back" value="${visit.path}">
${names.map(
  ({ language, name }) =>
    html`<button class="plain" name="language" value="${language}" lang="${locales[language]}"${language === visit.language && html` aria-current="true"`}>${name}</button>`,
)}</form>
</footer>
</body>
</html>`;
  return reply.code(status).type('text/html; charset=utf-8').send(page.markup);
}
