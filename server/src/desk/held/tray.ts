import type { Held } from '../../decisions/index.ts';
import { button } from '../../foundation/html/button.ts';
import { type Html, html } from '../../foundation/html/html.ts';
import type { StaffLanguage } from '../../foundation/i18n/language.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import { timeText } from '../../foundation/i18n/time.ts';
import { words as shared, shortCode } from '../words.ts';

const words = staffTexts({
  ms: {
    title: 'Baru diputuskan',
    leaves: '{what}. Dilaksanakan pada {when}.',
    bundle: '{what}, {count} kes sebagai satu',
    undo: 'Batalkan {code}',
  },
  en: {
    title: 'Decided just now',
    leaves: '{what}. Carried out at {when}.',
    bundle: '{what}, {count} cases as one',
    undo: 'Undo {code}',
  },
});

/** What this person decided and can still take back, at the head of whatever page they are on: nothing where there is nothing. */
export function tray(
  { language, token }: { readonly language: StaffLanguage; readonly token: string },
  rows: readonly Held[],
): Html | null {
  if (rows.length === 0) return null;
  const say = words(language);
  const common = shared(language);
  return html`<aside class="tray" aria-label="${say('title')}"><ul class="plain">${rows.map((row) => {
    const code = shortCode(row.case);
    const act = common(`determination.${row.determination}`);
    const what = row.bundle === null ? act : say('bundle', { what: act, count: row.bundle });
    return html`<li><p><a href="${`/desk/cases/${row.case}`}">${common('case.title', { code })}</a>: ${say('leaves', { what, when: timeText(row.until) })}</p><form method="post" action="${`/desk/held/${row.id}/undo`}"><input type="hidden" name="csrf" value="${token}">${button({ text: say('undo', { code }) })}</form></li>`;
  })}</ul></aside>`;
}
