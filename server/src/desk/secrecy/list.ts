import { badge } from '../../foundation/html/badge.ts';
import { emptyState, said } from '../../foundation/html/blocks.ts';
import { button } from '../../foundation/html/button.ts';
import type { FieldError } from '../../foundation/html/error-summary.ts';
import { type Html, html } from '../../foundation/html/html.ts';
import { table } from '../../foundation/html/table.ts';
import { dateTime } from '../../foundation/html/times.ts';
import { harmEntry } from '../../policy/index.ts';
import { may } from '../../staff/index.ts';
import type { SecrecyRead } from '../../views/secrecy/list.ts';
import { frame, proof, type Visit } from '../frame.ts';
import { levelOf } from '../queue.ts';
import { harmShort, words as shared, shortCode } from '../words.ts';
import { words } from './words.ts';

/** What is kept from people outside now, and what was. */
export function secrecyPage(visit: Visit, rows: readonly SecrecyRead[], errors: readonly FieldError[] = []): Promise<Html> {
  const { language, member } = visit;
  const say = words(language);
  const common = shared(language);
  const lifts = ({ harm, state }: SecrecyRead) => state === 'running' && may(member, 'secrecy.impose', { type: 'case', harm }).allowed;
  return frame(visit, {
    title: say('title'),
    active: 'secrecy',
    errors,
    body: html`<p class="quiet">${say('rule')}</p>${table<SecrecyRead>({
      caption: say('caption'),
      rows,
      empty: emptyState({ title: say('empty.title'), text: say('empty.text') }),
      columns: [
        {
          title: say('case'),
          cell: (row) =>
            html`<a class="code" href="${`/desk/cases/${row.case}`}">${shortCode(row.case)}</a><span class="below">${badge({ level: levelOf({ harm: row.harm, priority: harmEntry(row.harm).priority }), word: harmShort(row.harm, language) })}</span>`,
        },
        { title: say('basis'), cell: (row) => html`${say(`basis.${row.basis}`)}${row.reason === null ? null : said(row.reason)}` },
        {
          title: say('since'),
          cell: (row) => html`${dateTime(row.since, language)}<span class="below">${row.byName ?? common('no-name')}</span>`,
        },
        {
          title: say('until'),
          cell: (row) =>
            row.endedAt === null
              ? dateTime(row.until, language)
              : html`<span class="quiet">${say('ended')}</span> ${dateTime(row.endedAt, language)}`,
        },
        { title: say('decided'), cell: (row) => row.decided },
        {
          title: say('act'),
          cell: (row) =>
            lifts(row)
              ? html`<form method="post" action="${`/desk/secrecy/${row.id}/lift`}">${proof(visit)}${button({ text: say('lift') })}<span class="below">${say('lift.text')}</span></form>`
              : null,
        },
      ],
    })}`,
  });
}
