import { said } from '../../foundation/html/blocks.ts';
import { button } from '../../foundation/html/button.ts';
import type { Html, Part } from '../../foundation/html/html.ts';
import { html } from '../../foundation/html/html.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import type { CaseRead } from '../../views/case-life.ts';
import type { BundleMember } from '../../views/similar.ts';
import type { Visit } from '../frame.ts';
import { words as shared, shortCode } from '../words.ts';

const words = staffTexts({
  ms: {
    guarded: 'Teks tidak ditunjukkan di sini: bahan ini mungkin mengganggu anda. Buka kes itu sendiri.',
    erased: 'Teks sudah dihapuskan.',
    files: { other: '{count} fail, ditunjukkan di halaman kes itu' },
  },
  en: {
    guarded: 'The text is not shown here: this material may distress you. Open that case by itself.',
    erased: 'The text was erased.',
    files: { one: '{count} file, shown on its own page', other: '{count} files, shown on its own page' },
  },
});

/** One case of several: whose it is and what it says, unless that is kept from eyes that did not ask for it. */
export function memberSaid(visit: Visit, { mayLook, of }: Pick<CaseRead, 'mayLook' | 'of'>, member: BundleMember): Part {
  return html`<span class="code">${shortCode(member.id)}</span> <span class="quiet">${member.authorName ?? shared(visit.language)('no-name')}</span>${saidOf(visit, member, mayLook, of.language)}`;
}

/** What one of several says, and how many files it has: each is guarded by what it is about itself. */
export function saidOf(
  { language }: Visit,
  { guarded, text, files }: Pick<BundleMember, 'guarded' | 'text' | 'files'>,
  mayLook: boolean,
  spoken = '',
): Part {
  const say = words(language);
  if (guarded || !mayLook) return html`<span class="below">${say('guarded')}</span>`;
  return html`${text === null ? html`<span class="below">${say('erased')}</span>` : said(text, spoken)}${
    files === 0 ? null : html`<span class="below">${say('files', { count: files })}</span>`
  }`;
}

/** To one of the cases by itself. */
export function memberLink({ language }: Visit, { id }: Pick<BundleMember, 'id'>): Html {
  return button({ text: shared(language)('case.title', { code: shortCode(id) }), href: `/desk/cases/${id}` });
}
