import type { Harm } from '@perisai/screening';
import { sql } from 'kysely';
import { inLanes } from '../../cases/questions.ts';
import { reading, type Tx } from '../../foundation/db/transaction.ts';
import type { Lanes } from '../../staff/questions.ts';

/** An account whose end waits for a second person. */
export interface EndingRow {
  /** The decision that suspended it. */
  readonly id: string;
  readonly account: string;
  readonly name: string;
  readonly case: string;
  readonly harm: Harm;
  readonly proposedBy: string | null;
  readonly proposedAt: Date;
  /** When it would open again by itself. */
  readonly endsAt: Date | null;
}

/** What waits while the suspension stands, the oldest first. Walks ending_waiting: few wait at a time. */
export async function endingRows(tx: Tx, lanes: Lanes, limit: number): Promise<readonly EndingRow[]> {
  const { rows } = await sql<EndingRow>`
    select e.id, d.account, coalesce(a.handle, a.external_id) as name, e.case_id as case, c.harm, e.proposed_by as "proposedBy",
      e.proposed_at as "proposedAt", d.ends_at as "endsAt"
    from decisions.ending e
    join decisions.decision d on d.id = e.id and d.state = 'standing'
    join subjects.account a on a.id = d.account
    join cases.case c on c.id = e.case_id
    where e.state = 'waiting' and ${inLanes(lanes)}
    order by e.proposed_at, e.id limit ${limit}`.execute(reading(tx));
  return rows;
}
