import type { Harm } from '@perisai/screening';
import { sql } from 'kysely';
import { reading, type Tx } from '../../foundation/db/transaction.ts';

export interface CaseOn {
  readonly case: string;
  readonly harm: Harm;
}

/** The cases on any of these items, the newest first. Served by case_by_item. */
export async function casesOn(tx: Tx, items: readonly string[]): Promise<readonly CaseOn[]> {
  const { rows } = await sql<CaseOn>`
    select id as "case", harm from cases.case where item = any(${items}::uuid[]) order by opened_at desc, id`.execute(reading(tx));
  return rows;
}
