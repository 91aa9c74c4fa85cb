import { badge } from '../../foundation/html/badge.ts';
import { definitionList, emptyState } from '../../foundation/html/blocks.ts';
import { button } from '../../foundation/html/button.ts';
import { attributes, type Html, html, type Part } from '../../foundation/html/html.ts';
import { staffLanguage } from '../../foundation/i18n/language.ts';
import type { KnownLine } from '../../foundation/i18n/notice-text.ts';
import { citedInstruments, type Figure, type Instrument, type Obligation, obligations } from '../../policy/index.ts';
import { desksOf, frame, type Visit } from '../frame.ts';
import { words as shared } from '../words.ts';
import { type Fulfilled, fulfilled } from './fulfilled.ts';
import { helpLinesShown } from './help-lines.ts';
import { words } from './words.ts';

const levels = { whole: 'good', partly: 'medium', missing: 'high' } as const;

/** Each obligation of the catalogue: the law, its periods, what fulfils it. @param instrument only those that cite it; all where it is none. */
export function obligationsPage(visit: Visit, instrument: string, lines: readonly KnownLine[]): Promise<Html> {
  const say = words(visit.language);
  const chosen = citedInstruments.find(({ id }) => id === instrument);
  const groups = obligations
    .map((group) => ({ ...group, all: group.all.filter(({ instruments }) => instrument === '' || instruments.includes(instrument)) }))
    .filter(({ all }) => all.length > 0);
  return frame(visit, {
    title: shared(visit.language)('obligations'),
    active: 'obligations',
    body: html`<p class="quiet">${say('text')}</p>${filterBar(visit, instrument)}${chosen ? about(visit, chosen) : null}${
      groups.length === 0 ? emptyState({ title: say('empty.title'), text: say('empty.text') }) : null
    }${groups.map(
      ({ title, all }) =>
        html`<section class="stack"><h2>${title[staffLanguage(visit.language)]}</h2>${all.map((one) => obligation(visit, one))}</section>`,
    )}${helpLinesShown(visit, lines)}`,
  });
}

function filterBar({ language }: Visit, instrument: string): Html {
  const say = words(language);
  return html`<form class="filter" method="get" action="/desk/obligations" aria-label="${say('filter')}"><div><label for="filter-instrument">${say('instrument')}</label><select class="input" id="filter-instrument" name="instrument"><option value="">${say('all')}</option>${citedInstruments.map(
    ({ id, title }) => html`<option ${attributes({ value: id, selected: id === instrument })}>${title[staffLanguage(language)]}</option>`,
  )}</select></div><div class="filter-act">${button({ text: say('filter.send') })}${instrument === '' ? null : html`<a href="/desk/obligations">${say('filter.clear')}</a>`}</div></form>`;
}

/** What is chosen, and what of it could not be read. That sentence is the catalogue's own, in English. */
function about({ language }: Visit, { number, title, unconfirmed }: Instrument): Html {
  const say = words(language);
  return definitionList([
    [say('instrument'), html`${title[staffLanguage(language)]} <span class="quiet">(${number})</span>`],
    unconfirmed === null ? null : [say('unread'), html`<span lang="en">${unconfirmed}</span>`],
  ]);
}

function obligation(visit: Visit, one: Obligation): Html {
  const language = staffLanguage(visit.language);
  const say = words(language);
  return html`<article class="card stack" id="${one.id}"><h3><span class="code">${one.id}</span> ${one.title[language]}</h3><p>${one.statement[language]}</p>${definitionList(
    [
      [say('source'), html`<span lang="en">${one.source}</span>`],
      one.figures.length === 0
        ? null
        : [say('figures'), html`<ul class="plain">${one.figures.map((figure) => html`<li>${period(visit, figure)}</li>`)}</ul>`],
      [say('here'), here(visit, fulfilled[one.id] as Fulfilled)],
    ],
  )}</article>`;
}

/** A figure with the law it comes from; where its reading is open, that is said, never shown as law. */
function period(visit: Visit, { value, basis, clock }: Figure): Part {
  const language = staffLanguage(visit.language);
  const say = words(language);
  const word = say(`basis.${basis}`);
  const surfaces = (clock?.surfaces ?? []).map((surface) => say(`surface.${surface as 'no'}`)).join(', ');
  return html`<strong>${value[language]}</strong> ${basis === 'unconfirmed' ? badge({ level: 'medium', word }) : html`<span class="quiet">(${word})</span>`}${
    clock === null
      ? null
      : html`<span class="below"><span lang="en">${clock.law}</span>${surfaces === '' ? null : html`; ${say('on', { surfaces })}`}${clock.beyond ? `; ${say('beyond')}` : null}</span><details><summary>${say('reading')}</summary><p lang="en">${clock.reading}</p></details>`
  }`;
}

/** A desk is a link for whoever may open it. */
function here(visit: Visit, found: Fulfilled): Part {
  const say = words(visit.language);
  const state = badge({ level: levels[found.state], word: say(found.state) });
  if (found.state === 'missing') return state;
  const { desks, pages = [], docs = [] } = found.at;
  const open = desksOf(visit.member);
  const names = shared(visit.language);
  const places: Part[] = [
    ...desks.map((desk) => (open.includes(desk) ? html`<a href="${`/desk/${desk}`}">${names(desk)}</a>` : names(desk))),
    ...pages.map((path) => html`<a href="${path}">${say(path)}</a>`),
    ...docs.map((path) => html`<code>${path}</code>`),
  ];
  return html`${state}${
    places.length === 0 ? null : html`<ul class="plain">${places.map((place) => html`<li>${place}</li>`)}</ul>`
  }${found.state === 'partly' ? html`<p class="quiet">${found.lacks[staffLanguage(visit.language)]}</p>` : null}`;
}
