import { type Cell, outcomes, outcomeTable } from '../../procedure/moderation/outcomes.ts';
import { code, page, table } from './table.ts';

/** `docs/reference/outcomes.md`: outcome × who asked, no cell empty. */
export function outcomesReference(): string {
  const rows = outcomes.map((outcome) => {
    const { measure, author, reporter, appellant } = outcomeTable[outcome];
    const asked = measure === null ? 'nothing: it shows that already' : `${code(measure)}, unless it shows that already`;
    return [code(outcome), asked, ...[author, reporter, appellant.author, appellant.reporter].map(said)];
  });
  return page(
    '`server/src/procedure/moderation/outcomes.ts`',
    'Outcomes',
    "How a matter ends, what the platform is asked for, which text each person is told in their language, and who may appeal or inquire. Whoever appealed is\ntold what their own column says in place of their side's. The texts lie in `catalogue/texts/notices.json`.",
    table(['outcome', 'the platform is asked', 'author', 'reporter', 'author who appealed', 'reporter who appealed'], rows),
  );
}

function said(cell: Cell): string {
  if ('nothing' in cell) return `nothing: ${cell.nothing}`;
  const answers = cell.answer === null ? '' : `; answers the report: ${cell.answer}`;
  return `${code(cell.tell)}${answers}${cell.status ? '; says where the report stands' : ''}${cell.appeal ? '; **may appeal**' : ''}${cell.inquire ? '; may inquire' : ''}`;
}
