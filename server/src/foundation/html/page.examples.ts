import policy from '../../../../catalogue/policy/1.json' with { type: 'json' };
import type { Language } from '../i18n/language.ts';
import { helpLinesFor, noticeText } from '../i18n/notice-text.ts';
import { translate } from '../i18n/shared.ts';
import { timeLeftText } from '../i18n/time.ts';
import { badge } from './badge.ts';
import { definitionList, said, threeColumns, whatNext } from './blocks.ts';
import { button } from './button.ts';
import { field } from './field.ts';
import { type Examples, later, now } from './gallery/example.ts';
import { words } from './gallery/words.ts';
import { html } from './html.ts';
import { publicPage, type RailItem, staffPage } from './page.ts';
import { tableExamples } from './table.examples.ts';
import { timeline } from './timeline.ts';
import { timeLeft } from './times.ts';

const scam = policy.clauses.find((clause) => clause.id === 'scam.prize') ?? null;
const person = { name: 'Aisyah binti Rahman', role: 'Moderator', logout: '/desk/logout', token: 'example' };

function rail(language: Language): readonly RailItem[] {
  const say = words(language);
  return [
    { id: 'queue', title: say('reports'), href: '/desk', count: 12, due: true },
    { id: 'appeals', title: words(language)('appeal'), href: '/desk/appeals', count: 3 },
    { id: 'enforcement', title: say('waiting'), href: '/desk/enforcement', count: 1, due: true },
    { id: 'clocks', title: say('time'), href: '/desk/clocks' },
  ];
}

/** Whole pages, as somebody meets them: each a document of its own. */
export const pageExamples: Examples = {
  component: 'page',
  states: [
    {
      state: 'public: a form with something to put right',
      render: (language) =>
        publicPage({
          language,
          title: translate(language)('footer.status'),
          path: '/report/status',
          service: 'Warung',
          errors: [{ field: 'code', message: words(language)('code.error') }],
          body: html`<form method="post" action="/report/status">${field({
            language,
            kind: 'text',
            name: 'code',
            label: words(language)('code'),
            hint: words(language)('code.hint'),
            error: words(language)('code.error'),
            value: 'KM7P',
            short: true,
          })}<div class="actions">${button({ kind: 'primary', text: translate(language)('continue') })}</div></form>`,
        }),
    },
    {
      state: 'public: the life of a report',
      render: (language) =>
        publicPage({
          language,
          title: words(language)('waiting'),
          path: '/report/KM7P-42QX',
          service: 'Warung',
          helpLines: helpLinesFor('scam', language),
          body: html`<p class="lead"><span class="code">KM7P-42QX</span></p>${whatNext({
            title: translate(language)('next.title'),
            steps: [words(language)('next.one'), words(language)('next.two', { when: timeLeftText(now, later(134), language) })],
          })}<h2>${words(language)('column3')}</h2>${timeline({
            language,
            moments: [
              { what: words(language)('received'), at: later(-90) },
              { what: words(language)('hidden'), at: later(-88), detail: words(language)('kept') },
            ],
          })}`,
        }),
    },
    {
      state: 'public: a statement of reasons',
      render: (language) => {
        const notice = noticeText('author.removed', language, {
          item: 'post',
          clause: scam,
          posted: later(-200),
          appealBy: later(259_000),
        });
        return publicPage({
          language,
          title: notice.title,
          path: '/statement/example?token=example',
          service: 'Warung',
          body: html`${said(words(language)('said'), language)}${notice.body.map((paragraph) => html`<p>${paragraph}</p>`)}<div class="actions">${button({ kind: 'primary', text: words(language)('appeal'), href: '/appeal/example' })}</div>`,
        });
      },
    },
    {
      state: 'staff: the queue',
      render: (language) =>
        staffPage({
          language,
          title: words(language)('caption'),
          path: '/desk',
          active: 'queue',
          rail: rail(language),
          person,
          body: tableExamples.states[0]?.render(language),
        }),
    },
    {
      state: 'staff: a case',
      render: (language) =>
        staffPage({
          language,
          title: `${words(language)('case')} KM7P-42QX`,
          path: '/desk/cases/example',
          active: 'queue',
          rail: rail(language),
          person,
          body: html`<p>${badge({ level: 'high', word: words(language)('due') })} ${timeLeft(now, later(38), language)}</p>${threeColumns([
            {
              title: words(language)('column1'),
              body: html`${said(words(language)('said'), language)}${definitionList([
                [words(language)('where'), words(language)('feed')],
                [words(language)('reports'), 7],
              ])}`,
            },
            {
              title: words(language)('column2'),
              body: html`<h3>${scam?.number} ${scam?.title[language]}</h3><p>${scam?.rule[language]}</p>`,
            },
            {
              title: words(language)('column3'),
              body: timeline({
                language,
                moments: [
                  { what: words(language)('received'), at: later(-90), who: null, sealed: true },
                  { what: words(language)('hidden'), at: later(-88), who: null, sealed: true, detail: words(language)('kept') },
                  { what: words(language)('waiting'), at: later(0), who: 'Aisyah', sealed: false },
                ],
              }),
            },
          ])}<div class="act">${button({ text: words(language)('cancel'), href: '/desk' })}${button({ kind: 'primary', text: words(language)('remove'), key: 'R' })}</div>`,
        }),
    },
    {
      state: 'staff: log in',
      render: (language) =>
        staffPage({
          language,
          title: 'Perisai',
          path: '/desk/login',
          active: null,
          rail: [],
          person: null,
          body: html`<form method="post" action="/desk/login">${field({ language, kind: 'text', name: 'name', label: words(language)('case'), autocomplete: 'username' })}${field({ language, kind: 'text', type: 'password', name: 'password', label: words(language)('code'), autocomplete: 'current-password' })}<div class="actions">${button({ kind: 'primary', text: translate(language)('continue') })}</div></form>`,
        }),
    },
  ],
};
