import type { Language } from '../i18n/language.ts';
import { htmlTags, languages, ownNames, staffLanguage, staffLanguages } from '../i18n/language.ts';
import type { HelpLine } from '../i18n/notice-text.ts';
import { translate } from '../i18n/shared.ts';
import { staffTexts } from '../i18n/texts.ts';
import { paths } from './assets.ts';
import type { FieldError } from './error-summary.ts';
import { errorSummary } from './error-summary.ts';
import type { Html, Part } from './html.ts';
import { html } from './html.ts';
import { mark } from './marks.ts';

export interface PublicPage {
  readonly language: Language;
  readonly title: string;
  /** The page's own path with its query, so that changing the language keeps what was asked for. */
  readonly path: string;
  readonly languages?: readonly Language[];
  /** The service whose page this is. */
  readonly service?: string;
  /** Where the quick exit leads: on pages about children, intimate images, violence. */
  readonly quickExit?: string;
  readonly helpLines?: readonly HelpLine[];
  readonly errors?: readonly FieldError[];
  readonly body: Part;
}

/** A page for the public: one question, no script, no cookie. The title is its h1; errors come first, help lines last. */
export function publicPage(page: PublicPage): Html {
  const { language, errors = [] } = page;
  const say = translate(language);
  const exit =
    page.quickExit === undefined
      ? null
      : html`<div class="quick-exit" role="region" aria-label="${say('quick-exit')}"><div><p>${say('quick-exit.hint')}</p><a class="button button-critical" href="${page.quickExit}" rel="noreferrer nofollow">${say('quick-exit')}</a></div></div>`;
  const service = page.service === undefined ? null : html`<span class="service">${page.service}</span>`;
  return document({
    language,
    title: `${errors.length === 0 ? '' : `${say('error.page')}: `}${page.title} · ${page.service ?? 'Perisai'}`,
    sheet: paths.base,
    body: html`<a class="skip" href="#main">${say('skip')}</a>${exit}
<header class="top"><div class="top-row"><a class="wordmark" href="${withLanguage('/', language)}">${mark()}<span>Perisai</span></a>${service}${switcher(page, say('language.change'))}</div></header>
<main class="main" id="main" tabindex="-1">${errorSummary({ language, errors })}<h1>${page.title}</h1>${page.body}${help(language, page.helpLines ?? [])}</main>
<footer class="foot"><div class="foot-row"><p>${say('footer')}</p><a href="${withLanguage('/report/status', language)}">${say('footer.status')}</a><a href="${withLanguage('/', language)}">${say('footer.what')}</a></div></footer>`,
  });
}

export interface RailItem {
  readonly id: string;
  readonly title: string;
  readonly href: string;
  /** What matters here now; `due`: within the hour or late. */
  readonly count?: number;
  readonly due?: boolean;
}

export interface StaffPage {
  readonly language: Language;
  readonly title: string;
  readonly path: string;
  /** The desk this page belongs to; null on the log-in page, which has no rail. */
  readonly active: string | null;
  readonly rail: readonly RailItem[];
  readonly person: { readonly name: string; readonly role: string; readonly logout: string; readonly token: string } | null;
  readonly errors?: readonly FieldError[];
  readonly body: Part;
}

const staff = staffTexts({
  ms: { rail: 'Meja kerja', logout: 'Log keluar', due: 'perlu segera', waiting: 'menunggu' },
  en: { rail: 'Desks', logout: 'Log out', due: 'due now', waiting: 'waiting' },
});

/** A page for the people who work here: the rail of desks, then the work. */
export function staffPage(page: StaffPage): Html {
  const language = staffLanguage(page.language);
  const say = staff(language);
  const { errors = [] } = page;
  const main = html`<main class="main" id="main" tabindex="-1">${errorSummary({ language, errors })}<h1>${page.title}</h1>${page.body}</main>`;
  const languageLinks = switcher({ language, path: page.path, languages: staffLanguages }, translate(language)('language.change'));
  const wordmark = html`<a class="wordmark" href="${withLanguage('/desk', language)}">${mark()}<span>Perisai</span></a>`;
  const body =
    page.active === null
      ? html`<div class="login"><header>${wordmark}</header>${main}${languageLinks}</div>`
      : html`<div class="desk"><header class="rail">${wordmark}<nav aria-label="${say('rail')}"><ul class="desks">${page.rail.map((item) => railItem(item, page.active, say))}</ul></nav><div class="person">${person(page.person, say('logout'))}${languageLinks}</div></header>${main}</div>`;
  return document({
    language,
    title: `${page.title} · Perisai`,
    sheet: paths.desk,
    body: html`<a class="skip" href="#main">${translate(language)('skip')}</a>${body}`,
  });
}

function document(page: { readonly language: Language; readonly title: string; readonly sheet: string; readonly body: Html }): Html {
  return html`<!doctype html>
<html lang="${htmlTags[page.language]}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer"><meta name="robots" content="noindex"><title>${page.title}</title><link rel="stylesheet" href="${page.sheet}"><link rel="icon" href="${paths.favicon}" type="image/svg+xml"></head>
<body>
${page.body}
</body>
</html>
`;
}

/** The same address in another language; whatever else was asked for stays. */
export function withLanguage(path: string, language: Language): string {
  const url = new URL(path, 'https://perisai.example');
  url.searchParams.set('lang', language);
  return `${url.pathname}${url.search}${url.hash}`;
}

function switcher(
  page: { readonly language: Language; readonly path: string; readonly languages?: readonly Language[] },
  title: string,
): Html {
  const links = (page.languages ?? languages).map((language) =>
    language === page.language
      ? html`<li><span aria-current="true" lang="${htmlTags[language]}">${ownNames[language]}</span></li>`
      : html`<li><a href="${withLanguage(page.path, language)}" hreflang="${htmlTags[language]}" lang="${htmlTags[language]}">${ownNames[language]}</a></li>`,
  );
  return html`<nav class="languages-nav" aria-label="${title}"><ul class="languages">${links}</ul></nav>`;
}

function help(language: Language, lines: readonly HelpLine[]): Html | null {
  if (lines.length === 0) return null;
  const say = translate(language);
  const list = lines.map(
    (line) =>
      html`<li><div><strong>${line.name}</strong><span>${line.for}</span><span class="quiet">${line.hours}</span></div><a class="button" href="${`tel:${line.tel}`}">${say('help.call', { number: line.number })}</a></li>`,
  );
  return html`<section class="help" aria-labelledby="help-title"><h2 id="help-title">${say('help.title')}</h2><ul>${list}</ul></section>`;
}

function railItem(item: RailItem, active: string | null, say: ReturnType<typeof staff>): Html {
  const words = item.due === true ? say('due') : say('waiting');
  const count =
    item.count === undefined || item.count === 0
      ? null
      : html`<span class="${item.due === true ? 'count count-due' : 'count'}">${item.due === true ? '▲ ' : ''}${item.count}<span class="unseen"> ${words}</span></span>`;
  return item.id === active
    ? html`<li><a href="${item.href}" aria-current="page"><span>${item.title}</span>${count}</a></li>`
    : html`<li><a href="${item.href}"><span>${item.title}</span>${count}</a></li>`;
}

function person(someone: StaffPage['person'], logout: string): Html | null {
  if (someone === null) return null;
  return html`<span><strong>${someone.name}</strong>${someone.role}</span><form method="post" action="${someone.logout}"><input type="hidden" name="csrf" value="${someone.token}"><button class="button" type="submit">${logout}</button></form>`;
}
