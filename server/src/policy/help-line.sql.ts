import type { Tx } from '../foundation/db/transaction.ts';
import { reading } from '../foundation/db/transaction.ts';
import type { KnownLine } from '../foundation/i18n/notice-text.ts';
import { type Because, changing } from '../records/because.ts';
import { overlaid, type SaidLine } from './help-line.ts';

export type { SaidLine };

interface Tables {
  'policy.help_line': { line: string; said: string | null; verified_on: string | null; removed: boolean; record: string };
}

/** Its words are those that somebody wrote; nobody has rung the number yet. */
export async function writeLine(because: Because<'help-line.set'>): Promise<void> {
  const { line, ...said } = because.payload;
  await put(because, line, { said: JSON.stringify(said satisfies SaidLine), verified_on: null, removed: false });
}

/** Somebody rang it on that day, and it is what it says. */
export async function confirmLine(because: Because<'help-line.confirmed'>): Promise<void> {
  const { line, on } = because.payload;
  await put(because, line, { verified_on: on, removed: false });
}

/** It is shown nowhere any more. */
export async function removeLine(because: Because<'help-line.removed'>): Promise<void> {
  await put(because, because.payload.line, { said: null, verified_on: null, removed: true });
}

async function put(because: Because, line: string, told: Partial<Tables['policy.help_line']> & { removed: boolean }): Promise<void> {
  const row = { ...told, record: because.record.id };
  await changing<Tables>(because)
    .insertInto('policy.help_line')
    .values({ line, said: null, verified_on: null, ...row })
    .onConflict((conflict) => conflict.column('line').doUpdateSet(row))
    .execute();
}

/** Every help line as this installation knows it. A handful of rows. */
export async function helpLines(tx: Tx): Promise<readonly KnownLine[]> {
  const rows = await reading<Tables>(tx)
    .selectFrom('policy.help_line')
    .select(['line', 'said', 'verified_on as verifiedOn', 'removed'])
    .orderBy('line')
    .execute();
  return overlaid(rows.map((row) => ({ ...row, said: row.said as unknown as SaidLine | null })));
}
