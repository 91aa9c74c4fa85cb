import { badge } from '../../foundation/html/badge.ts';
import { said } from '../../foundation/html/blocks.ts';
import type { Html } from '../../foundation/html/html.ts';
import { html } from '../../foundation/html/html.ts';
import { dateTime, timeLeft } from '../../foundation/html/times.ts';
import { ownNames } from '../../foundation/i18n/language.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import type { CaseRead, ReportRead } from '../../views/case-life.ts';
import type { Visit } from '../frame.ts';
import { clockName, harmShort } from '../words.ts';

const words = staffTexts({
  ms: {
    title: { other: '{count} laporan' },
    none: 'Tiada laporan: saringan yang membuka kes ini.',
    silent: 'Pelapor tidak menulis apa-apa.',
    'state.received': 'Diterima',
    'state.acknowledged': 'Diakui terima',
    'state.answered': 'Dijawab',
    kept: 'ditepati',
    late: 'ditepati lewat',
  },
  en: {
    title: { one: '{count} report', other: '{count} reports' },
    none: 'No report: screening opened this case.',
    silent: 'The reporter wrote nothing.',
    'state.received': 'Received',
    'state.acknowledged': 'Acknowledged',
    'state.answered': 'Answered',
    kept: 'kept',
    late: 'kept late',
  },
});

/** Who is owed an answer, what they wrote, and what has been promised to them. */
export function reports(visit: Visit, all: CaseRead['reports']): Html {
  const say = words(visit.language);
  return html`<section class="reports"><h3>${say('title', { count: all.length })}</h3>${all.length === 0 ? html`<p class="quiet">${say('none')}</p>` : all.map((report) => one(visit, report))}</section>`;
}

function one({ language, now }: Visit, report: ReportRead): Html {
  const say = words(language);
  const promises = report.clocks.map(
    ({ clock, dueAt, stoppedAt }) =>
      html`<li><span class="quiet">${clockName(clock, language)}</span> ${stoppedAt === null ? timeLeft(now, dueAt, language) : say(stoppedAt > dueAt ? 'late' : 'kept')}</li>`,
  );
  return html`<article class="report"><p class="report-head">${badge({ level: report.state === 'answered' ? 'good' : 'low', word: say(`state.${report.state as 'received'}`) })} <span>${harmShort(report.harm, language)}, <span lang="${report.language}">${ownNames[report.language]}</span></span></p>${
    report.text ? said(report.text, report.language) : html`<p class="quiet">${say('silent')}</p>`
  }<ul class="plain promises">${promises}</ul><p class="quiet">${dateTime(report.receivedAt, language)}</p></article>`;
}
