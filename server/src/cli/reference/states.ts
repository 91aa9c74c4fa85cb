import { machines } from '../../procedure/states.ts';
import type { Transition } from '../../records/index.ts';
import { page } from './table.ts';

/** `docs/reference/states.md`: each noun's state machine, drawn from its table. */
export function statesReference(): string {
  const drawn = Object.entries(machines).map(([name, rows]) => `## ${name}\n\n${diagram(rows)}`);
  return page(
    'the transition tables of the nouns (`cases/case.ts` and its like)',
    'States',
    "What a row may become, and which kind of record takes it there. Everything else is refused twice: by the verb, and by a trigger in the\ndatabase. What a decision's state is follows from what came after it: `superseded_by`, `lapsed_at`.",
    ...drawn,
  );
}

function diagram(rows: readonly Transition[]): string {
  const arrows = rows.map(({ from, to, by, when }) => `  ${from ?? '[*]'} --> ${to}: ${by}${when ? ` (${when})` : ''}`);
  return ['```mermaid', 'stateDiagram-v2', ...arrows, '```'].join('\n');
}
