import { badge } from '../../foundation/html/badge.ts';
import { html, type Part } from '../../foundation/html/html.ts';
import { table } from '../../foundation/html/table.ts';
import { dateTime } from '../../foundation/html/times.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import { whenText } from '../../foundation/i18n/time.ts';
import { harmEntry } from '../../policy/index.ts';
import { may } from '../../staff/index.ts';
import type { EndingRow } from '../../views/approvals/endings.sql.ts';
import { caseLink } from '../case-link.ts';
import type { Visit } from '../frame.ts';
import { levelOf } from '../queue.ts';
import { harmShort, words as shared } from '../words.ts';

const words = staffTexts({
  ms: {
    title: 'Akaun yang mungkin ditamatkan',
    rule: 'Tangga tindakan membawa kepada penamatan. Akaun itu digantung sehingga orang kedua memutuskan, atau sehingga tempohnya tamat.',
    caption: 'Penamatan akaun yang menunggu orang kedua, yang paling lama dahulu',
    account: 'Akaun',
    suspended: 'Digantung {when}',
    until: 'Terbuka semula',
    who: 'Siapa boleh memutuskan',
    you: 'Anda boleh',
    another: 'Penyemak kanan lain',
  },
  en: {
    title: 'Accounts that may be ended',
    rule: 'The ladder leads to the end of the account. It is suspended until a second person has decided, or until its time is over.',
    caption: 'Ends of accounts that wait for a second person, the oldest first',
    account: 'Account',
    suspended: 'Suspended {when}',
    until: 'Opens again',
    who: 'Who may decide',
    you: 'You may',
    another: 'Another senior moderator',
  },
});

/** Accounts whose end waits for a second person; nothing where none does. */
export function endings(visit: Visit, rows: readonly EndingRow[]): Part {
  if (rows.length === 0) return null;
  const { language, now, member } = visit;
  const say = words(language);
  const common = shared(language);
  return html`<section class="stack"><h2>${say('title')}</h2><p class="quiet">${say('rule')}</p>${table<EndingRow>({
    caption: say('caption'),
    rows,
    empty: html``,
    columns: [
      {
        title: say('account'),
        cell: (row) =>
          html`<a href="${`/desk/accounts/${row.account}`}">${row.name}</a><span class="below nowrap">${say('suspended', { when: whenText(now, row.proposedAt, language) })}</span>`,
      },
      {
        title: common('harm'),
        cell: (row) =>
          html`${badge({ level: levelOf({ harm: row.harm, priority: harmEntry(row.harm).priority }), word: harmShort(row.harm, language) })} ${caseLink(visit, row)}`,
      },
      { title: say('until'), cell: (row) => (row.endsAt ? dateTime(row.endsAt, language) : null) },
      {
        title: say('who'),
        cell: (row) =>
          may(member, 'account.terminate', { type: 'decision', decidedBy: row.proposedBy, harm: row.harm }).allowed
            ? say('you')
            : html`<span class="quiet">${say('another')}</span>`,
      },
    ],
  })}</section>`;
}
