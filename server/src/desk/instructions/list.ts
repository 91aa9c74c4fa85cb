import { badge } from '../../foundation/html/badge.ts';
import { emptyState } from '../../foundation/html/blocks.ts';
import type { Html } from '../../foundation/html/html.ts';
import { html } from '../../foundation/html/html.ts';
import { table } from '../../foundation/html/table.ts';
import { dateTime, timeLeft } from '../../foundation/html/times.ts';
import type { Instruction } from '../../instructions/index.ts';
import { may } from '../../staff/index.ts';
import { frame, type Visit } from '../frame.ts';
import { pager } from '../pager.ts';
import { type EntryShown, entry } from './entry.ts';
import { words } from './words.ts';

export interface RegisterShown extends EntryShown {
  readonly rows: readonly Instruction[];
  readonly next: string | null;
  readonly begun: boolean;
}

/** The register of what the regulator asks for, with the form that enters more. */
export function registerPage(visit: Visit, shown: RegisterShown): Promise<Html> {
  const { language, now, member } = visit;
  const say = words(language);
  return frame(visit, {
    title: say('title'),
    active: 'instructions',
    ...(shown.errors ? { errors: shown.errors } : {}),
    body: html`<p class="quiet">${say('rule')}</p>${table<Instruction>({
      caption: say('caption'),
      rows: shown.rows,
      empty: emptyState({ title: say('empty.title'), text: say('empty.text') }),
      columns: [
        { title: say('reference'), cell: (row) => html`<a href="${`/desk/instructions/${row.id}`}">${row.reference}</a>` },
        { title: say('kind'), cell: (row) => say(`kind.${row.kind}`) },
        { title: say('state'), cell: (row) => badge({ level: row.settledAt ? 'good' : 'low', word: say(`state.${row.state}`) }) },
        { title: say('due'), cell: (row) => (row.settledAt ? dateTime(row.dueAt, language) : timeLeft(now, row.dueAt, language)) },
      ],
    })}${pager(visit, '/desk/instructions', shown.next, shown.begun)}${may(member, 'instruction.register', 'instruction').allowed ? entry(visit, shown) : null}`,
  });
}
