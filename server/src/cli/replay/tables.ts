import { rules } from './cast.ts';
import type { Counts, Figures } from './figures.ts';
import type { Seen } from './play.ts';
import { scores, total } from './sums.ts';

type Cell = string | number;

/** The figures as people read them. Nothing in it is anybody's text. */
export function tables(seen: Seen, figures: Figures, seconds: number): string {
  const n = (value: number) => value.toLocaleString('en');
  const share = (part: number) => (seen.items === 0 ? '' : `${((100 * part) / seen.items).toFixed(1)} %`);
  const parts = [
    section('Verdicts', [
      ...Object.entries(seen.verdicts).map(([verdict, count]): Cell[] => [verdict, count, share(count)]),
      ['items', seen.items, `${n(Math.round(seen.items / Math.max(seconds, 0.001)))} a second`],
    ]),
    section('Cases', [...rowsOf(figures.cases), ['cases', total(figures.cases)]]),
    section('Decisions', [...rowsOf(figures.decisions), ['decisions', total(figures.decisions)]]),
    section(
      'Clocks',
      figures.clocks.map(({ clock, kept, late, running }) => [clock, kept, late, running]),
      ['', 'kept', 'late', 'running'],
    ),
    section('Enforcement', [
      ...Object.entries(figures.actions).map(([state, count]): Cell[] => [state === 'ordered' ? 'waiting for the platform' : state, count]),
      ['actions ordered', total(figures.actions)],
    ]),
    section('Notices', [...rowsOf(figures.notices), ['notices', total(figures.notices)]]),
    section('Records', [...rowsOf(figures.records), ['records in the log', total(figures.records)]]),
  ];
  const measured = scores(seen);
  if (measured) {
    const { hit, missed, wrong, right } = seen.labels;
    const labelled = hit + missed + wrong + right;
    parts.push(
      section(
        'Against the file’s own labels (apart: they decide nothing above but what the moderators find)',
        [
          ['raised', hit, wrong],
          ['let pass', missed, right],
          ...(seen.items > labelled ? [[`(${n(seen.items - labelled)} items have no label that is known)`]] : []),
          ['precision', measured.precision.toFixed(4)],
          ['recall', measured.recall.toFixed(4)],
        ],
        ['', 'labelled', 'not labelled'],
      ),
    );
  }
  return parts.join('\n\n');
}

/** What was made up for the replay. */
export function rulesText(): string {
  return ['The cast of this replay:', ...rules.map((rule) => `  ${rule}`)].join('\n');
}

const rowsOf = (counts: Counts): Cell[][] => Object.entries(counts).map(([name, count]) => [name, count]);

/** Rows with words to the left and numbers to the right, below a title. */
function section(title: string, rows: readonly (readonly Cell[])[], heads?: readonly string[]): string {
  const all = (heads ? [heads, ...rows] : rows).map((row) =>
    row.map((cell) => (typeof cell === 'number' ? cell.toLocaleString('en') : cell)),
  );
  const widths = Array.from({ length: Math.max(...all.map((row) => row.length)) }, (_, at) =>
    Math.max(...all.map((row) => row[at]?.length ?? 0)),
  );
  const lines = all.map((row) =>
    `  ${row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('   ')}`.trimEnd(),
  );
  return [title, ...lines].join('\n');
}
