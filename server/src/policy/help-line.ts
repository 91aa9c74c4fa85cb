import type { Harm } from '@perisai/screening';
import { type KnownLine, shippedLines } from '../foundation/i18n/notice-text.ts';
import type { Words } from './document.ts';

/** What an operator says of a line, in place of what comes with the program. */
export interface SaidLine {
  readonly number: string;
  readonly tel: string;
  /** For which harms; null: for those that the catalogue names it for. */
  readonly harms: readonly Harm[] | null;
  readonly name: Words;
  readonly for: Words;
  readonly hours: Words;
}

export interface LineRow {
  readonly line: string;
  readonly said: SaidLine | null;
  readonly verifiedOn: string | null;
  readonly removed: boolean;
}

/**
 * The lines as this installation knows them: what comes with the program, and over it what its operator said, which no upgrade overwrites. A number
 * that the operator wrote is shown once somebody has rung it, as is a number of ours that is marked so.
 */
export function overlaid(rows: readonly LineRow[]): readonly KnownLine[] {
  const own = new Map(rows.map((row) => [row.line, row]));
  const shipped = shippedLines.flatMap((line) => {
    const row = own.get(line.id);
    if (!row) return [line];
    if (row.removed) return [];
    return [row.said === null ? { ...line, verified_at: row.verifiedOn ?? line.verified_at } : written(row.said, row)];
  });
  const added = rows.flatMap((row) =>
    row.removed || row.said === null || shippedLines.some(({ id }) => id === row.line) ? [] : [written(row.said, row)],
  );
  return [...shipped, ...added];
}

function written(said: SaidLine, { line, verifiedOn }: LineRow): KnownLine {
  const { harms, ...words } = said;
  return { id: line, ...words, verify: true, verified_at: verifiedOn, ...(harms === null ? {} : { harms }) };
}
