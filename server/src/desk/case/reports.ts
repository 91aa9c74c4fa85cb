import { badge } from '../../foundation/html/badge.ts';
import { said } from '../../foundation/html/blocks.ts';
import { button } from '../../foundation/html/button.ts';
import { field } from '../../foundation/html/field.ts';
import type { Html, Part } from '../../foundation/html/html.ts';
import { attributes, html } from '../../foundation/html/html.ts';
import { dateTime, timeLeft } from '../../foundation/html/times.ts';
import { ownNames } from '../../foundation/i18n/language.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import { accuracy, grounds, isSlowed } from '../../intake/index.ts';
import { type Reason, reasonOf } from '../../policy/index.ts';
import type { CaseRead, ReportRead } from '../../views/case-life.ts';
import { proof, type Visit } from '../frame.ts';
import { clockName, harmShort, words as shared } from '../words.ts';
import type { CaseShown } from './shown.ts';

const words = staffTexts({
  ms: {
    title: { other: '{count} laporan' },
    none: 'Tiada laporan: saringan yang membuka kes ini.',
    silent: 'Pelapor tidak menulis apa-apa.',
    unconfirmed: 'Belum disahkan',
    came: 'diserahkan oleh platform',
    'state.received': 'Diterima',
    'state.acknowledged': 'Diakui terima',
    'state.dismissed': 'Diketepikan',
    'state.answered': 'Dijawab',
    kept: 'ditepati',
    late: 'ditepati lewat',
    number: 'Laporan {number}',
    guardian: 'Bagi pihak kanak-kanak: {relation}',
    'relation.parent': 'ibu atau bapa',
    'relation.guardian': 'penjaga',
    'relation.carer': 'pengasuh',
    'relation.unknown': 'hubungan sudah dihapuskan',
    regulator: 'Daripada pengawal selia: {reference}',
    flagger: 'Pelapor dipercayai: {name}',
    tally: 'Sebelum ini: {reports} laporan, {share} tepat',
    'tally.few': 'Sebelum ini: {reports} laporan, terlalu sedikit untuk dinilai',
    slowed: 'Laporannya diketepikan {count} kali kerana mengganggu; laporannya menunggu selepas yang lain dalam kelasnya.',
    flooded: 'Banjir laporan daripada akaun baharu. Putuskan kandungannya, bukan bilangannya; setiap pelapor tetap mendapat jawapan.',
    'reference.unknown': 'rujukan sudah dihapuskan',
    dismiss: 'Ketepikan satu laporan',
    'dismiss.text':
      'Hanya atas alasan yang disenaraikan oleh Akta 866 s.21. Pelapor diberitahu alasan dan sebabnya. Kes itu sendiri tetap perlu diputuskan.',
    which: 'Laporan mana?',
    ground: 'Atas alasan apa?',
    because: 'Mengapa laporan ini diketepikan?',
    'because.hint': 'Pelapor akan membacanya.',
    send: 'Ketepikan laporan',
  },
  en: {
    title: { one: '{count} report', other: '{count} reports' },
    none: 'No report: screening opened this case.',
    silent: 'The reporter wrote nothing.',
    unconfirmed: 'Unconfirmed',
    came: 'handed in by the platform',
    'state.received': 'Received',
    'state.acknowledged': 'Acknowledged',
    'state.dismissed': 'Dismissed',
    'state.answered': 'Answered',
    kept: 'kept',
    late: 'kept late',
    number: 'Report {number}',
    guardian: 'For a child: {relation}',
    'relation.parent': 'parent',
    'relation.guardian': 'guardian',
    'relation.carer': 'carer',
    'relation.unknown': 'relation erased',
    regulator: 'From the regulator: {reference}',
    flagger: 'Trusted flagger: {name}',
    tally: 'Before: {reports} reports, {share} right',
    'tally.few': 'Before: {reports} reports, too few to judge',
    slowed: 'Dismissed as vexatious {count} times; these reports stand after the others of their class.',
    flooded: 'A flood of reports from new accounts. Judge the content, not the number; every reporter keeps their answer.',
    'reference.unknown': 'reference erased',
    dismiss: 'Dismiss a report',
    'dismiss.text':
      'Only on the grounds that Act 866 s.21 lists. The reporter is told ground and reason. The case itself still needs a decision.',
    which: 'Which report?',
    ground: 'On which ground?',
    because: 'Why is this report dismissed?',
    'because.hint': 'The reporter will read it.',
    send: 'Dismiss the report',
  },
});

/** Who is owed an answer, what they wrote, and what has been promised to them; and the form that dismisses one of them. */
export function reports(visit: Visit, read: CaseRead, mine: boolean, shown: CaseShown): Html {
  const say = words(visit.language);
  const all = read.reports;
  return html`<section class="reports"><h3>${say('title', { count: all.length })}</h3>${read.of.floodedAt === null ? null : html`<p><strong>${say('flooded')}</strong></p>`}${
    all.length === 0 ? html`<p class="quiet">${say('none')}</p>` : all.map((report, place) => one(visit, report, place + 1))
  }${mine ? dismissal(visit, read, shown) : null}</section>`;
}

function one({ language, now }: Visit, report: ReportRead, number: number): Html {
  const say = words(language);
  const promises = report.clocks.map(
    ({ clock, dueAt, stoppedAt }) =>
      html`<li><span class="quiet">${clockName(clock, language)}</span> ${stoppedAt === null ? timeLeft(now, dueAt, language) : say(stoppedAt > dueAt ? 'late' : 'kept')}</li>`,
  );
  const reason = report.reason === null ? undefined : reasonOf(report.reason);
  const about = reason?.name[language] ?? harmShort(report.harm, language);
  return html`<article class="report"><p class="report-head">${badge({ level: report.state === 'answered' ? 'good' : 'low', word: say(`state.${report.state}`) })} <span>${say('number', { number })}: ${about}, <span lang="${report.language}">${ownNames[report.language]}</span></span></p>${openOf(reason, say)}${who(
    report,
    say,
  )}${report.ground === null ? null : html`<p><strong>${shared(language)(`ground.${report.ground}`)}</strong></p>`}${
    report.text ? said(report.text, report.language) : html`<p class="quiet">${say('silent')}</p>`
  }<ul class="plain promises">${promises}</ul><p class="quiet">${dateTime(report.receivedAt, language)}${late(report, language)}${before(report, say)}</p></article>`;
}

/** What the law's text leaves open of the reason: shown beside it, never a guess as law. */
function openOf(reason: Reason | undefined, say: ReturnType<typeof words>): Part {
  if (!reason?.unconfirmed) return null;
  return html`<p class="quiet">${say('unconfirmed')}: <span lang="en">${reason.unconfirmed}</span></p>`;
}

/** When it came, where that was noticeably after the platform had it: what is owed runs from the earlier. */
function late({ receivedAt, cameAt }: ReportRead, language: Visit['language']): Part {
  if (cameAt.getTime() - receivedAt.getTime() < 60_000) return null;
  return html`; ${words(language)('came')} ${dateTime(cameAt, language)}`;
}

/** How this reporter's other reports ended, for who weighs what they say. */
function before({ tally }: ReportRead, say: ReturnType<typeof words>): Part {
  if (tally === null || tally.reports < 2) return null;
  const right = accuracy(tally);
  return html`<br>${right === null ? say('tally.few', { reports: tally.reports }) : say('tally', { reports: tally.reports, share: `${Math.round(right * 100)} %` })}${isSlowed(tally) ? html`<br>${say('slowed', { count: tally.vexatious })}` : null}`;
}

/** In which capacity they report, where it is not their own. */
function who({ capacity, organisation, relation, reference }: ReportRead, say: ReturnType<typeof words>): Part {
  if (capacity === 'guardian') return html`<p>${say('guardian', { relation: say(`relation.${(relation ?? 'unknown') as 'parent'}`) })}</p>`;
  if (capacity === 'flagger') return html`<p><strong>${say('flagger', { name: organisation ?? '' })}</strong></p>`;
  if (capacity === 'regulator')
    return html`<p><strong>${say('regulator', { reference: reference ?? say('reference.unknown') })}</strong></p>`;
  return null;
}

function dismissal(visit: Visit, { of, reports: all }: CaseRead, { typed = {}, errors = [] }: CaseShown): Part {
  const { language } = visit;
  const say = words(language);
  const open = all.flatMap(({ id, state }, place) =>
    state === 'received' || state === 'acknowledged' ? [{ value: id, label: say('number', { number: place + 1 }) }] : [],
  );
  if (open.length === 0) return null;
  const wrong = errors.find(({ field: name }) => name === 'ground')?.message;
  return html`<details class="dismissal" ${attributes({ open: typed.report !== undefined })}><summary>${say('dismiss')}</summary><p class="quiet">${say('dismiss.text')}</p><form method="post" action="${`/desk/cases/${of.id}/dismiss`}">${proof(visit)}${field(
    {
      kind: 'select',
      language,
      name: 'report',
      label: say('which'),
      choices: open,
      ...(typed.report ? { value: typed.report } : {}),
    },
  )}${field({
    kind: 'radios',
    language,
    name: 'ground',
    label: say('ground'),
    choices: grounds.map((value) => ({ value, label: shared(language)(`ground.${value}`) })),
    ...(typed.ground ? { value: typed.ground } : {}),
    ...(wrong ? { error: wrong } : {}),
  })}${field({
    kind: 'long',
    language,
    name: 'because',
    label: say('because'),
    hint: say('because.hint'),
    rows: 3,
    maxlength: 5_000,
    ...(typed.because ? { value: typed.because } : {}),
  })}${button({ text: say('send') })}</form></details>`;
}
