import { said } from '../../foundation/html/blocks.ts';
import { html, type Part } from '../../foundation/html/html.ts';
import type { StaffLanguage } from '../../foundation/i18n/language.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import type { ProposalRead } from '../../views/approvals/proposal.ts';
import { words as shared, shortCode } from '../words.ts';

const words = staffTexts({
  ms: {
    appeal: 'Rayuan yang dijawab',
    inquiry: 'Pertanyaan yang dijawab',
    review: 'Keputusan seorang diri yang disemak',
    'see.appeal': 'Lihat rayuan {code}',
    'see.inquiry': 'Lihat pertanyaan {code}',
    'see.review': 'Lihat kuasa kecemasan',
    erased: 'Kata-katanya sudah dihapuskan.',
    contested: 'Sekarang: {what}',
    together: { other: '{count} kes diputuskan sebagai satu. Ia tentang semua yang masih berkuat kuasa.' },
  },
  en: {
    appeal: 'The appeal that it answers',
    inquiry: 'The inquiry that it answers',
    review: 'What was decided alone, reviewed',
    'see.appeal': 'See appeal {code}',
    'see.inquiry': 'See inquiry {code}',
    'see.review': 'See break-glass',
    erased: 'The words were erased.',
    contested: 'Now: {what}',
    together: {
      one: '{count} case was decided as one.',
      other: '{count} cases were decided as one. It is about all of them that still stand.',
    },
  },
});

/**
 * What somebody wrote who does not agree with what was decided, and what that was; it is read before what is proposed. Nothing where the case had
 * not been decided.
 * @param links whether the reader works here
 */
export function answered(language: StaffLanguage, { proposal: { answers }, answering }: ProposalRead, links = true): Part {
  if (answers === null || answering === null) return null;
  const say = words(language);
  const to = answers.to === 'review' ? '/desk/break-glass' : `/desk/${answers.to === 'appeal' ? 'appeals' : 'inquiries'}/${answers.id}`;
  const what = shared(language)(`determination.${answering.contested.determination as 'remove'}`).toLowerCase();
  return html`<section class="decision"><h3>${say(answers.to)}</h3>${
    answers.to === 'review'
      ? null
      : answering.text === null
        ? html`<p class="quiet">${say('erased')}</p>`
        : said(answering.text, answering.language ?? undefined)
  }<p>${say('contested', { what })}</p>${answering.together === 1 ? null : html`<p>${say('together', { count: answering.together })}</p>`}${links ? html`<p><a href="${to}">${say(`see.${answers.to}`, { code: shortCode(answers.id) })}</a></p>` : null}</section>`;
}
