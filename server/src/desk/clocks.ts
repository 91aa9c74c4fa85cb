import { badge } from '../foundation/html/badge.ts';
import { emptyState } from '../foundation/html/blocks.ts';
import type { FieldError } from '../foundation/html/error-summary.ts';
import { type Html, html, type Part } from '../foundation/html/html.ts';
import { table } from '../foundation/html/table.ts';
import { timeLeft } from '../foundation/html/times.ts';
import { staffTexts } from '../foundation/i18n/texts.ts';
import { spanText, whenText } from '../foundation/i18n/time.ts';
import { promises } from '../procedure/moderation/index.ts';
import type { BreachRow, ClockRow } from '../views/clocks.sql.ts';
import { reasonOf, type Said, type TypedReason } from './calls/reason.ts';
import { caseLink } from './case-link.ts';
import { frame, type Visit } from './frame.ts';
import { missingMediaTable } from './media/missing.ts';
import { pager } from './pager.ts';
import { clockName, harmShort, words as shared } from './words.ts';

const words = staffTexts({
  ms: {
    title: 'Jam',
    rule: 'Setiap janji dengan masanya. Masa dikira jam demi jam; cuti tidak mengubah apa-apa.',
    running: 'Jam yang berjalan, yang paling hampir dahulu',
    promise: 'Janji',
    due: 'Tamat',
    since: 'Bermula',
    law: 'Asas',
    breaches: 'Janji yang tidak ditepati, yang terbaharu dahulu',
    wasDue: 'Sepatutnya',
    reason: 'Sebab yang direkodkan',
    kept: 'Ditepati selepas itu',
    'kept.late': '{when}, lewat {span}',
    'kept.no': 'Belum',
    own: 'janji kami sendiri',
    act: 'Akta',
    code: 'Kod Amalan',
    'empty.title': 'Tiada jam berjalan',
    'empty.text': 'Tiada sesiapa yang menunggu apa-apa daripada kami sekarang. Jam bermula apabila laporan, kes atau rayuan diterima.',
    'clean.title': 'Tiada janji yang dilanggar',
    'clean.text': 'Jika sesuatu lewat, rekodnya muncul di sini dengan sebabnya.',
  },
  en: {
    title: 'Clocks',
    rule: 'Every promise with its time. Elapsed hours count; holidays change nothing.',
    running: 'Running clocks, the nearest first',
    promise: 'Promise',
    due: 'Due',
    since: 'Began',
    law: 'Basis',
    breaches: 'Promises not kept in time, the newest first',
    wasDue: 'Was due',
    reason: 'Reason on record',
    kept: 'Kept after all',
    'kept.late': '{when}, {span} late',
    'kept.no': 'Not yet',
    own: 'our own promise',
    act: 'Act',
    code: 'Code of Conduct',
    'empty.title': 'No clock is running',
    'empty.text': 'Nobody waits for anything from us now. A clock starts when a report, a case or an appeal is received.',
    'clean.title': 'No promise has been broken',
    'clean.text': 'If something is late, its record appears here with the reason.',
  },
});

export interface ClocksShown {
  readonly running: readonly ClockRow[];
  readonly breaches: readonly BreachRow[];
  readonly missing: Parameters<typeof missingMediaTable>[1];
  /** By the record that holds it. */
  readonly explanations: ReadonlyMap<string, Said>;
  readonly typed?: TypedReason;
  readonly errors?: readonly FieldError[];
  readonly next: string | null;
  readonly begun: boolean;
}

export function clocksPage(visit: Visit, shown: ClocksShown): Promise<Html> {
  const { running, breaches, missing, next, begun, errors } = shown;
  const { language, now } = visit;
  const say = words(language);
  const common = shared(language);
  const about = {
    title: common('case'),
    cell: ({ case: id, harm, subject, reference }: ClockRow): Part =>
      id === null || harm === null
        ? html`<a href="${`/desk/instructions/${subject}`}">${reference}</a><span class="below">MCMC</span>`
        : html`${caseLink(visit, { case: id, harm })}<span class="below">${harmShort(harm, language)}</span>`,
  };
  const promise = {
    title: say('promise'),
    cell: (row: ClockRow): Part => html`${clockName(row.clock, language)}<span class="below">${lawOf(row, say)}</span>`,
  };
  return frame(visit, {
    title: say('title'),
    active: 'clocks',
    ...(errors ? { errors } : {}),
    body: html`<p class="quiet">${say('rule')}</p>${missingMediaTable(visit, missing)}${table<ClockRow>({
      caption: say('running'),
      rows: running,
      empty: emptyState({ title: say('empty.title'), text: say('empty.text') }),
      columns: [
        promise,
        about,
        {
          title: say('due'),
          cell: (row) =>
            html`${timeLeft(now, row.dueAt, language)}${row.warnedAt === null ? null : html`<span class="below">${badge({ level: 'high', word: common('clock.warned') })}</span>`}`,
        },
        { title: say('since'), cell: (row) => whenText(now, row.startedAt, language) },
      ],
    })}${pager(visit, '/desk/clocks', next, begun)}<section id="breaches">${table<BreachRow>({
      caption: say('breaches'),
      rows: breaches,
      empty: emptyState({ title: say('clean.title'), text: say('clean.text') }),
      columns: [
        promise,
        about,
        { title: say('wasDue'), cell: (row) => whenText(now, row.dueAt, language) },
        { title: say('reason'), cell: (row) => reasonOf(visit, row, shown) },
        { title: say('kept'), cell: (row) => kept(visit, row) },
      ],
    })}</section>`,
  });
}

/** By which law, as the table of promises has it. */
function lawOf({ clock }: ClockRow, say: ReturnType<typeof words>): string {
  const law = promises.find((promise) => promise.clock === clock)?.law ?? 'own';
  return law.startsWith('own') ? say('own') : law.replace('Act', say('act')).replace('Code', say('code'));
}

function kept({ language, now }: Visit, { stoppedAt, dueAt }: BreachRow): Part {
  const say = words(language);
  if (stoppedAt === null) return badge({ level: 'critical', word: say('kept.no') });
  return say('kept.late', { when: whenText(now, stoppedAt, language), span: spanText(stoppedAt.getTime() - dueAt.getTime(), language) });
}
