import { badge } from '../../foundation/html/badge.ts';
import { html, type Part } from '../../foundation/html/html.ts';
import { table } from '../../foundation/html/table.ts';
import type { KnownLine } from '../../foundation/i18n/notice-text.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import { dateText } from '../../foundation/i18n/time.ts';
import type { Visit } from '../frame.ts';

const words = staffTexts({
  ms: {
    title: 'Talian bantuan',
    text: 'Nombor yang diberi kepada orang ramai. Telefon setiap satu, kemudian: perisai help-line confirm.',
    line: 'Talian',
    hours: 'Waktu',
    verified: 'Kali terakhir disahkan',
    never: 'Belum disahkan',
    hidden: 'Tidak ditunjukkan sehingga disahkan',
    empty: 'Tiada talian bantuan',
  },
  en: {
    title: 'Help lines',
    text: 'The numbers that people are given. Ring each, then: perisai help-line confirm.',
    line: 'Line',
    hours: 'Hours',
    verified: 'Verified last',
    never: 'Not verified yet',
    hidden: 'Not shown until it is verified',
    empty: 'There are no help lines',
  },
});

/** Which numbers people are given, and when somebody rang each last. */
export function helpLinesShown({ language }: Visit, lines: readonly KnownLine[]): Part {
  const say = words(language);
  return html`<section id="help-lines"><h2>${say('title')}</h2><p class="quiet">${say('text')}</p>${table<KnownLine>({
    caption: say('title'),
    rows: lines,
    empty: html`<p class="quiet">${say('empty')}</p>`,
    columns: [
      { title: say('line'), cell: (line) => html`${line.name[language]}<span class="below">${line.number} · ${line.id}</span>` },
      { title: say('hours'), cell: (line) => line.hours[language] },
      {
        title: say('verified'),
        cell: (line) =>
          line.verified_at === null
            ? html`${badge({ level: 'medium', word: say('never') })}${line.verify ? html`<span class="below">${say('hidden')}</span>` : null}`
            : dateText(new Date(`${line.verified_at}T12:00:00+08:00`), language),
      },
    ],
  })}</section>`;
}
