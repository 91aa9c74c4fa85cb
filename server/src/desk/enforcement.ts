import { badge } from '../foundation/html/badge.ts';
import { emptyState } from '../foundation/html/blocks.ts';
import type { Html, Part } from '../foundation/html/html.ts';
import { html } from '../foundation/html/html.ts';
import { table } from '../foundation/html/table.ts';
import { timeLeft } from '../foundation/html/times.ts';
import { staffTexts } from '../foundation/i18n/texts.ts';
import { spanText, timeLeftText, whenText } from '../foundation/i18n/time.ts';
import type { Policy } from '../policy/index.ts';
import type { NotEnforcedRow } from '../views/not-enforced.sql.ts';
import { caseLink } from './case-link.ts';
import { frame, type Visit } from './frame.ts';
import { missingMediaTable } from './media/missing.ts';
import { pager } from './pager.ts';
import { clauseName, words as shared } from './words.ts';

const words = staffTexts({
  ms: {
    title: 'Diputuskan, belum terlaksana',
    rule: 'Keputusan hanya selesai apabila platform mengakuinya. Perisai terus meminta sehingga itu berlaku.',
    caption: 'Arahan yang menunggu platform, yang paling lama dahulu',
    what: 'Apa yang diminta',
    order: 'arahan ke-{seq}',
    deliveries: 'Setiap percubaan menghantar',
    tried: 'Lihat percubaan',
    since: 'Menunggu sejak',
    waited: 'sudah {span}',
    due: 'Tamat',
    'due.none': 'Tiada jam',
    tries: 'Cubaan',
    last: 'Kegagalan terakhir',
    'last.none': 'Tiada',
    delivered: 'Diterima, belum dibuat',
    next: 'Cubaan seterusnya',
    dead: 'Dihentikan; hantar semula dengan tangan',
    gone: 'Tiada mesej lagi',
    mismatches: { other: 'Platform {count} kali menyatakan: {state}' },
    'empty.title': 'Semua keputusan sudah terlaksana',
    'empty.text': 'Tiada arahan yang menunggu pengakuan platform. Apabila platform lambat atau tidak menjawab, arahannya muncul di sini.',
  },
  en: {
    title: 'Decided, not yet enforced',
    rule: 'A decision is done only when the platform has acknowledged it. Perisai keeps asking until then.',
    caption: 'Orders that wait for the platform, the oldest first',
    what: 'What was asked',
    order: 'order {seq}',
    deliveries: 'Every try to deliver',
    tried: 'See the tries',
    since: 'Waiting since',
    waited: 'for {span}',
    due: 'Due',
    'due.none': 'No clock',
    tries: 'Tries',
    last: 'Last failure',
    'last.none': 'None',
    delivered: 'Received, not done yet',
    next: 'Next try',
    dead: 'Given up; send it again by hand',
    gone: 'No message any more',
    mismatches: {
      one: 'The platform reported once: {state}',
      other: 'The platform reported {count} times: {state}',
    },
    'empty.title': 'Every decision has been carried out',
    'empty.text': 'No order waits for the platform. When the platform is slow or does not answer, its orders appear here.',
  },
});

export interface EnforcementShown {
  readonly rows: readonly NotEnforcedRow[];
  readonly guidelines: Policy;
  readonly missing: Parameters<typeof missingMediaTable>[1];
  readonly next: string | null;
  readonly begun: boolean;
}

export function enforcementPage(visit: Visit, { rows, guidelines, missing, next, begun }: EnforcementShown): Promise<Html> {
  const { language, now } = visit;
  const say = words(language);
  const common = shared(language);
  return frame(visit, {
    title: say('title'),
    active: 'enforcement',
    body: html`<p class="quiet">${say('rule')} <a href="/desk/deliveries">${say('deliveries')}</a></p>${missingMediaTable(visit, missing)}${table<NotEnforcedRow>(
      {
        caption: say('caption'),
        rows,
        empty: emptyState({ title: say('empty.title'), text: say('empty.text') }),
        columns: [
          { title: common('case'), cell: (row) => html`${caseLink(visit, row)}<span class="below">${row.service}</span>` },
          {
            title: say('what'),
            cell: (row) =>
              html`<strong>${common(`determination.${row.do}`)}</strong><span class="below">${say('order', { seq: row.targetSeq })}${row.clause === null ? null : html` · ${clauseName(row.clause, guidelines, language)}`}</span>`,
          },
          {
            title: say('since'),
            cell: (row) =>
              html`${whenText(now, row.orderedAt, language)}<span class="below nowrap">${say('waited', { span: spanText(now.getTime() - row.orderedAt.getTime(), language) })}</span>`,
          },
          {
            title: say('due'),
            cell: (row) => (row.dueAt ? timeLeft(now, row.dueAt, language) : html`<span class="quiet">${say('due.none')}</span>`),
          },
          { title: say('tries'), cell: (row) => row.attempts ?? 0, number: true },
          { title: say('last'), cell: (row) => last(visit, row) },
          { title: say('next'), cell: (row) => nextTry(visit, row) },
        ],
      },
    )}${pager(visit, '/desk/enforcement', next, begun)}`,
  });
}

function last({ language }: Visit, row: NotEnforcedRow): Part {
  const say = words(language);
  const said = row.failure
    ? html`<span lang="en">${row.failure}</span>`
    : html`<span class="quiet">${row.answeredAt ? say('delivered') : say('last.none')}</span>`;
  const otherwise =
    row.mismatches > 0 && row.reported
      ? html`<span class="below">${badge({
          level: 'high',
          word: say('mismatches', { count: row.mismatches, state: shared(language)(`shown.${row.reported as 'visible'}`).toLowerCase() }),
        })}</span>`
      : null;
  const tries =
    row.message === null
      ? null
      : html`<span class="below"><a href="${`/desk/deliveries?message=${row.message}`}">${say('tried')}</a></span>`;
  return html`${said}${otherwise}${tries}`;
}

function nextTry({ language, now }: Visit, row: NotEnforcedRow): Part {
  const say = words(language);
  if (row.deadAt) return badge({ level: 'critical', word: say('dead') });
  return row.nextAt === null ? html`<span class="quiet">${say('gone')}</span>` : timeLeftText(now, row.nextAt, language);
}
