import { badge } from '../../foundation/html/badge.ts';
import { type Html, html, type Part } from '../../foundation/html/html.ts';
import { table } from '../../foundation/html/table.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import { whenText } from '../../foundation/i18n/time.ts';
import type { MissingMediaRow } from '../../views/media/missing.sql.ts';
import { caseLink } from '../case-link.ts';
import type { Visit } from '../frame.ts';
import { words as shared } from '../words.ts';
import { failureText } from './words.ts';

const words = staffTexts({
  ms: {
    caption: 'Salinan tidak lengkap: fail yang belum ada, yang paling lama dahulu',
    why: 'Mengapa',
    since: 'Diserahkan',
    tries: 'Cubaan',
    awaited: 'Masih diminta',
    failed: 'Tidak dapat diambil',
    mend: 'Platform boleh menyerahkan versi yang sama sekali lagi, dengan alamat baharu.',
    'case.none': 'Tiada kes',
  },
  en: {
    caption: 'Incomplete snapshots: files that are missing, the longest first',
    why: 'Why',
    since: 'Handed in',
    tries: 'Tries',
    awaited: 'Still asked for',
    failed: 'Not to be had',
    mend: 'The platform can hand the same version in once more, under a new address.',
    'case.none': 'No case',
  },
});

/** Files that are missing, as an alarm; nothing where there are none. */
export function missingMediaTable(visit: Visit, rows: readonly MissingMediaRow[]): Html | null {
  if (rows.length === 0) return null;
  const { language, now } = visit;
  const say = words(language);
  return html`${table<MissingMediaRow>({
    caption: say('caption'),
    rows,
    columns: [
      {
        title: shared(language)('case'),
        cell: (row): Part =>
          html`${row.case === null || row.harm === null ? html`<span class="quiet">${say('case.none')}</span>` : caseLink(visit, { case: row.case, harm: row.harm })}<span class="below">${row.service}</span>`,
      },
      {
        title: say('why'),
        cell: (row): Part =>
          html`${badge({ level: row.state === 'failed' ? 'critical' : 'high', word: say(row.state) })}${
            (row.reason ?? row.failure) === null
              ? null
              : html`<span class="below">${failureText((row.reason ?? row.failure) as string, language)}</span>`
          }`,
      },
      { title: say('since'), cell: (row) => whenText(now, row.awaitedAt, language) },
      { title: say('tries'), cell: (row) => row.tries ?? '–', number: true },
    ],
  })}<p class="quiet">${say('mend')}</p>`;
}
