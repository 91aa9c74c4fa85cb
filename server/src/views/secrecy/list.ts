import type { Tx } from '../../foundation/db/transaction.ts';
import { reveal, type Spine } from '../../records/questions.ts';
import type { Lanes } from '../../staff/questions.ts';
import { type SecrecyRow, secrecyRows } from './list.sql.ts';

export interface SecrecyRead extends SecrecyRow {
  /** As whoever imposed it wrote it; null once they are erased. */
  readonly reason: string | null;
}

/** The list of what is kept from people outside, each with its reason. */
export async function readSecrecies(spine: Pick<Spine, 'keys'>, tx: Tx, lanes: Lanes, limit: number): Promise<readonly SecrecyRead[]> {
  const read: SecrecyRead[] = [];
  for (const row of await secrecyRows(tx, lanes, limit))
    read.push({ ...row, reason: (await reveal(spine, tx, 'secrecy.imposed', row.record))?.reason ?? null });
  return read;
}
