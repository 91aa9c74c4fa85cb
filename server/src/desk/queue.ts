import { deskNamed, deskOf, desks } from '../cases/index.ts';
import { badge } from '../foundation/html/badge.ts';
import { emptyState } from '../foundation/html/blocks.ts';
import { button } from '../foundation/html/button.ts';
import { attributes, type Html, html, type Part } from '../foundation/html/html.ts';
import type { Level } from '../foundation/html/marks.ts';
import { type Column, table } from '../foundation/html/table.ts';
import { timeLeft } from '../foundation/html/times.ts';
import { type Language, languages, ownNames, staffLanguage } from '../foundation/i18n/language.ts';
import { staffTexts } from '../foundation/i18n/texts.ts';
import { whenText } from '../foundation/i18n/time.ts';
import { allHarms, type HarmEntry } from '../policy/index.ts';
import { covers } from '../staff/index.ts';
import type { Service } from '../subjects/index.ts';
import type { QueueRow } from '../views/queue.sql.ts';
import { frame, notice, proof, type Visit } from './frame.ts';
import { pager } from './pager.ts';
import { clockName, harmShort, words as shared, shortCode } from './words.ts';

const words = staffTexts({
  ms: {
    title: 'Kes yang menunggu keputusan',
    rule: 'Yang paling berat di atas: bahan penderaan seksual kanak-kanak; kemudian siaran yang sedang berlangsung; kemudian mengikut beratnya sebab; kemudian kandungan keutamaan; dalam satu kelas, yang dilaporkan oleh pelapor dipercayai atau pengawal selia dahulu, dan yang hanya dilaporkan oleh pelapor yang dilambatkan kemudian; antara yang sama, tarikh akhir yang paling dekat.',
    'lane.0': 'Pelapor dipercayai atau pengawal selia',
    'lane.2': 'Dilambatkan',
    flooded: 'Banjir laporan',
    incomplete: 'Salinan tidak lengkap',
    mine: 'Untuk saya',
    'mine.only': 'Yang diserahkan kepada saya',
    rest: 'Keadaan',
    'rest.waiting': 'Menunggu',
    'rest.parked': 'Ditangguhkan',
    desk: 'Meja',
    desks: 'Semua meja dan siapa yang bekerja di situ',
    live: 'Sedang disiarkan',
    raised: 'Dinaikkan kepada penyemak kanan',
    for: 'Untuk {name}',
    parked: 'Ditangguhkan {when}',
    caption: 'Kes terbuka, yang paling berat dahulu',
    filter: 'Tunjukkan',
    all: 'Semua',
    'filter.send': 'Tapis',
    'filter.clear': 'Tunjukkan semua',
    take: 'Ambil kes paling berat',
    'column.what': 'Bahaya dan bahasa',
    'column.due': 'Perlu dibuat',
    'column.shown': 'Di platform',
    'column.reports': 'Laporan',
    'column.holder': 'Dipegang oleh',
    opened: 'Dibuka {when}',
    nobody: 'Belum ada',
    you: 'Anda',
    until: 'hingga {when}',
    done: 'Tiada jam berjalan',
    'empty.title': 'Tiada kes menunggu',
    'empty.text': 'Semua laporan sudah ada keputusan. Kes baharu muncul di sini apabila halaman dimuat semula.',
    'empty.filtered': 'Tiada kes sepadan dengan pilihan di atas.',
    'notice.empty': 'Tiada kes yang boleh diambil: semuanya sedang dipegang orang lain, atau tiada yang menunggu.',
    'notice.undo-over': 'Masa untuk membatalkannya sudah tamat: keputusan itu sudah dilaksanakan.',
    'notice.referred':
      'Kes itu sudah ada pada penyemak keselamatan kanak-kanak, dan kandungannya disembunyikan. Terima kasih; anda tidak perlu melihatnya lagi.',
  },
  en: {
    title: 'Cases waiting for a decision',
    rule: 'The worst first: child sexual abuse material; then what is streamed live now; then by the severity of the reason; then priority content; within such a class, what a trusted flagger or the regulator reported first, and what only slowed reporters did last; among equals, the nearest deadline.',
    'lane.0': 'Flagged, or from the regulator',
    'lane.2': 'Slowed',
    flooded: 'Flood of reports',
    incomplete: 'Snapshot incomplete',
    mine: 'For me',
    'mine.only': 'What was handed to me',
    rest: 'State',
    'rest.waiting': 'Waiting',
    'rest.parked': 'Parked',
    desk: 'Desk',
    desks: 'All desks, and who works there',
    live: 'Streamed live now',
    raised: 'Raised to a senior moderator',
    for: 'For {name}',
    parked: 'Parked {when}',
    caption: 'Open cases, the worst first',
    filter: 'Show',
    all: 'All',
    'filter.send': 'Filter',
    'filter.clear': 'Show all',
    take: 'Take the worst case',
    'column.what': 'Harm and language',
    'column.due': 'To be done',
    'column.shown': 'On the platform',
    'column.reports': 'Reports',
    'column.holder': 'Held by',
    opened: 'Opened {when}',
    nobody: 'Nobody yet',
    you: 'You',
    until: 'until {when}',
    done: 'No clock runs',
    'empty.title': 'No case is waiting',
    'empty.text': 'Every report has its decision. New cases appear here when the page is loaded again.',
    'empty.filtered': 'No case fits what is chosen above.',
    'notice.empty': 'There is no case to take: all of them are held by somebody, or none is waiting.',
    'notice.undo-over': 'The time to undo it is over: the decision is carried out.',
    'notice.referred': 'Child-safety reviewers have the case, and its content is hidden. Thank you; you need not look at it again.',
  },
});

/** What the address of a part of the queue says. */
export interface QueueAsked {
  readonly service?: string;
  readonly harm?: HarmEntry['id'];
  readonly language?: Language;
  readonly desk?: string;
  readonly mine?: 'yes';
  readonly parked?: 'yes';
}

export interface QueueShown {
  readonly of: QueueAsked;
  readonly rows: readonly QueueRow[];
  readonly services: readonly Service[];
  readonly next: string | null;
  /** Whether this is the first page. */
  readonly begun: boolean;
  /** Somebody asked for the next case, and there was none; or handed one over. */
  readonly notice: 'empty' | 'referred' | 'undo-over' | null;
}

/** A part of the queue is an address: it can be kept and sent to somebody. */
export function queueUrl(of: QueueAsked, more: Readonly<Record<string, string>> = {}): string {
  const asked = new URLSearchParams({ ...(of as Record<string, string>), ...more }).toString();
  return asked === '' ? '/desk/queue' : `/desk/queue?${asked}`;
}

/** How heavy a harm weighs, as the eye finds it. */
export function levelOf({ harm, priority }: { readonly harm: string; readonly priority: boolean }): Level {
  return harm === 'csam' ? 'critical' : priority ? 'high' : 'medium';
}

export function queuePage(visit: Visit, shown: QueueShown): Promise<Html> {
  const say = words(visit.language);
  const filtered = Object.keys(shown.of).length > 0;
  return frame(visit, {
    title: say('title'),
    active: 'queue',
    body: html`${shown.notice ? notice(say(`notice.${shown.notice}`)) : null}<p class="quiet">${say('rule')}</p><p>${button({ text: say('desks'), href: '/desk/queue/desks' })}</p>
${filterBar(visit, shown, filtered)}
${table({
  caption: say('caption'),
  columns: columns(visit),
  rows: shown.rows,
  empty: emptyState({ title: say('empty.title'), text: filtered ? say('empty.filtered') : say('empty.text') }),
})}
${pager(visit, queueUrl(shown.of), shown.next, shown.begun)}
${shown.rows.length === 0 || shown.of.parked || !covers(visit.member, 'case.claim') ? null : takeNext(visit, shown.of)}`,
  });
}

function columns(visit: Visit): readonly Column<QueueRow>[] {
  const { language, now } = visit;
  const say = words(language);
  const common = shared(language);
  return [
    {
      title: common('case'),
      cell: (row) =>
        html`<a class="code" href="${`/desk/cases/${row.id}`}">${shortCode(row.id)}</a><span class="below nowrap">${say('opened', { when: whenText(now, row.openedAt, language) })}</span>`,
    },
    {
      title: say('column.what'),
      cell: (row) =>
        html`${badge({ level: levelOf(row), word: harmShort(row.harm, language) })}<span class="below" lang="${row.language}">${ownNames[row.language]}</span>${marks(visit, row)}`,
    },
    {
      title: say('column.due'),
      cell: (row) =>
        row.clock && row.dueAt
          ? html`${timeLeft(now, row.dueAt, language)}<span class="below">${clockName(row.clock, language)}</span>${row.warnedAt === null ? null : html`<span class="below">${badge({ level: 'high', word: common('clock.warned') })}</span>`}`
          : html`<span class="quiet">${say('done')}</span>`,
    },
    { title: say('column.shown'), cell: (row) => common(`shown.${(row.desired ?? 'visible') as 'visible'}`) },
    { title: say('column.reports'), cell: (row) => row.reports, number: true },
    { title: say('column.holder'), cell: (row) => holder(visit, row) },
  ];
}

/** Why it stands where it stands, and for whom, where that is not plain. */
function marks({ language, now }: Visit, row: QueueRow): Part {
  const say = words(language);
  const at = row.desk === null ? deskOf(row) : deskNamed(row.desk);
  return html`<span class="below">${at?.name[staffLanguage(language)] ?? row.desk} · ${shared(language)(`severity.${row.severity}`)}</span>${row.lane === 1 ? null : html`<span class="below">${say(`lane.${row.lane as 0}`)}</span>`}${row.floodedAt === null ? null : html`<span class="below">${say('flooded')}</span>`}${row.complete ? null : html`<span class="below">${say('incomplete')}</span>`}${row.live ? html`<span class="below"><strong>${say('live')}</strong></span>` : null}${
    row.raised ? html`<span class="below">${say('raised')}</span>` : null
  }${row.assignee === null ? null : html`<span class="below">${say('for', { name: row.assigneeName ?? shared(language)('no-name') })}</span>`}${
    row.parkedUntil === null
      ? null
      : html`<span class="below">${say('parked', { when: say('until', { when: whenText(now, row.parkedUntil, language) }) })}</span>`
  }`;
}

function holder({ language, member, now }: Visit, row: QueueRow): Part {
  const say = words(language);
  if (row.holder === null || row.heldUntil === null) return html`<span class="quiet">${say('nobody')}</span>`;
  const name = row.holder === member.id ? html`<strong>${say('you')}</strong>` : (row.holderName ?? shared(language)('no-name'));
  return html`${name}<span class="below nowrap">${say('until', { when: whenText(now, row.heldUntil, language) })}</span>`;
}

function filterBar({ language }: Visit, { of, services }: QueueShown, filtered: boolean): Html {
  const say = words(language);
  const common = shared(language);
  const choice = (name: keyof QueueAsked, label: string, choices: readonly (readonly [string, string])[], none = say('all')) =>
    html`<div><label for="${`filter-${name}`}">${label}</label><select class="input" id="${`filter-${name}`}" name="${name}"><option value="">${none}</option>${choices.map(
      ([value, text]) => html`<option ${attributes({ value, selected: of[name] === value })}>${text}</option>`,
    )}</select></div>`;
  return html`<form class="filter" method="get" action="/desk/queue" aria-label="${say('filter')}">${
    services.length > 1
      ? choice(
          'service',
          common('service'),
          services.map(({ slug, name }) => [slug, name]),
        )
      : null
  }${choice(
    'harm',
    common('harm'),
    allHarms.map(({ id }) => [id, harmShort(id, language)]),
  )}${choice(
    'language',
    common('language'),
    languages.map((one) => [one, ownNames[one]]),
  )}${choice(
    'desk',
    say('desk'),
    desks.map(({ id, name }) => [id, name[staffLanguage(language)]]),
  )}${choice('mine', say('mine'), [['yes', say('mine.only')]])}${choice('parked', say('rest'), [['yes', say('rest.parked')]], say('rest.waiting'))}<div class="filter-act">${button({ text: say('filter.send') })}${filtered ? html`<a href="/desk/queue">${say('filter.clear')}</a>` : null}</div></form>`;
}

function takeNext(visit: Visit, of: QueueAsked): Html {
  const kept = Object.entries(of).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`);
  return html`<form class="act" method="post" action="/desk/queue/next">${proof(visit)}${kept}${button({ kind: 'primary', text: words(visit.language)('take') })}</form>`;
}
