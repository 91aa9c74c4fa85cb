import type { Language } from '../i18n/language.ts';
import { badge } from './badge.ts';
import { emptyState } from './blocks.ts';
import type { Examples } from './gallery/example.ts';
import { later, now } from './gallery/example.ts';
import { words } from './gallery/words.ts';
import { html } from './html.ts';
import type { Column } from './table.ts';
import { table } from './table.ts';
import { timeLeft } from './times.ts';

const rows = [
  { id: 'KM7P-42QX', level: 'critical', word: 'late', due: later(-12), reports: 41 },
  { id: 'T3XW-88LA', level: 'high', word: 'due', due: later(38), reports: 7 },
  { id: 'B9QC-15RD', level: 'medium', word: 'waiting', due: later(134), reports: 2 },
  { id: 'H2VN-63JE', level: 'low', word: 'routine', due: later(1500), reports: 1 },
] as const;

function columns(language: Language): ReadonlyArray<Column<(typeof rows)[number]>> {
  const say = words(language);
  return [
    { title: say('case'), cell: (row) => html`<a class="code" href="/desk/cases">${row.id}</a>` },
    { title: say('state'), cell: (row) => badge({ level: row.level, word: say(row.word) }) },
    { title: say('time'), cell: (row) => timeLeft(now, row.due, language) },
    { title: say('reports'), cell: (row) => row.reports, number: true },
  ];
}

export const tableExamples: Examples = {
  component: 'table',
  states: [
    { state: 'rows', render: (language) => table({ caption: words(language)('caption'), columns: columns(language), rows }) },
    {
      state: 'empty',
      render: (language) =>
        table({
          caption: words(language)('caption'),
          columns: columns(language),
          rows: [],
          empty: emptyState({ title: words(language)('empty.title'), text: words(language)('empty.text') }),
        }),
    },
  ],
};
