import { badge } from '../../foundation/html/badge.ts';
import { emptyState } from '../../foundation/html/blocks.ts';
import type { Html } from '../../foundation/html/html.ts';
import { html } from '../../foundation/html/html.ts';
import { table } from '../../foundation/html/table.ts';
import { timeLeft } from '../../foundation/html/times.ts';
import { ownNames } from '../../foundation/i18n/language.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import { whenText } from '../../foundation/i18n/time.ts';
import { harmEntry, type Policy } from '../../policy/index.ts';
import type { InquiryRow } from '../../views/inquiries/list.sql.ts';
import { frame, type Visit } from '../frame.ts';
import { pager } from '../pager.ts';
import { levelOf } from '../queue.ts';
import { clauseName, harmShort, words as shared, shortCode } from '../words.ts';

const words = staffTexts({
  ms: {
    title: 'Pertanyaan yang menunggu',
    rule: 'Yang paling lama menunggu di atas. Setiap pertanyaan dijawab secara bertulis oleh manusia dalam 5 hari (Akta 866 s.21–23, 26).',
    caption: 'Pertanyaan, yang paling lama dahulu',
    inquiry: 'Pertanyaan',
    received: 'Diterima {when}',
    side: 'Daripada',
    asked: 'Apa yang ditanya',
    dismissal: 'Laporan diketepikan',
    'empty.title': 'Tiada pertanyaan menunggu',
    'empty.text': 'Apabila penulis atau pelapor bertanya tentang keputusan atau laporan yang diketepikan, pertanyaannya muncul di sini.',
  },
  en: {
    title: 'Inquiries that wait',
    rule: 'Whatever has waited longest comes first. Each inquiry is answered in writing by a person within 5 days (Act 866 ss.21–23, 26).',
    caption: 'Inquiries, the oldest first',
    inquiry: 'Inquiry',
    received: 'Received {when}',
    side: 'From',
    asked: 'What is asked about',
    dismissal: 'Report dismissed',
    'empty.title': 'No inquiry is waiting',
    'empty.text': 'When an author or a reporter asks about a decision or a dismissed report, it appears here.',
  },
});

export interface InquiriesShown {
  readonly rows: readonly InquiryRow[];
  /** Whose clauses the list names. */
  readonly guidelines: Policy;
  readonly next: string | null;
  readonly begun: boolean;
}

/** The inquiries that wait for an answer. */
export function inquiriesPage(visit: Visit, { rows, guidelines, next, begun }: InquiriesShown): Promise<Html> {
  const { language, now } = visit;
  const say = words(language);
  const common = shared(language);
  return frame(visit, {
    title: say('title'),
    active: 'inquiries',
    body: html`<p class="quiet">${say('rule')}</p>${table<InquiryRow>({
      caption: say('caption'),
      rows,
      empty: emptyState({ title: say('empty.title'), text: say('empty.text') }),
      columns: [
        {
          title: say('inquiry'),
          cell: (row) =>
            html`<a class="code" href="${`/desk/inquiries/${row.id}`}">${shortCode(row.id)}</a><span class="below">${say('received', { when: whenText(now, row.receivedAt, language) })}</span>`,
        },
        {
          title: common('harm'),
          cell: (row) =>
            badge({ level: levelOf({ harm: row.harm, priority: harmEntry(row.harm).priority }), word: harmShort(row.harm, language) }),
        },
        { title: common('due'), cell: (row) => (row.dueAt ? timeLeft(now, row.dueAt, language) : null) },
        {
          title: say('side'),
          cell: (row) => html`${common(`side.${row.role}`)}<span class="below" lang="${row.language}">${ownNames[row.language]}</span>`,
        },
        {
          title: say('asked'),
          cell: (row) =>
            html`${row.determination === null ? say('dismissal') : common(`determination.${row.determination as 'remove'}`)}${row.clause === null ? null : html`<span class="below">${clauseName(row.clause, guidelines, language)}</span>`}`,
        },
      ],
    })}${pager(visit, '/desk/inquiries', next, begun)}`,
  });
}
