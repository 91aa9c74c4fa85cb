import type { Harm } from '@perisai/screening';
import { sql } from 'kysely';
import { inLanes, type Secrecy } from '../../cases/questions.ts';
import { reading, type Tx } from '../../foundation/db/transaction.ts';
import type { Lanes } from '../../staff/questions.ts';

/** What is kept secret, or was: with whoever imposed it, and how much was decided meanwhile. */
export interface SecrecyRow extends Omit<Secrecy, 'imposedBy'> {
  readonly harm: Harm;
  readonly byName: string | null;
  readonly decided: number;
}

/** What runs, the next to end first, then the newest of what has ended, at most `limit`. */
export async function secrecyRows(tx: Tx, lanes: Lanes, limit: number): Promise<readonly SecrecyRow[]> {
  const { rows } = await sql<SecrecyRow>`
    select s.id, s.case_id as case, s.basis, s.since, s.until, s.ended_at as "endedAt", s.record, s.state, c.harm, m.name as "byName",
      (select count(*)::int from decisions.decision d where d.case_id = s.case_id and d.decided_at >= s.since
        and d.decided_at <= coalesce(s.ended_at, 'infinity')) as decided
    from cases.secrecy s
    join cases.case c on c.id = s.case_id
    left join staff.member m on m.id = s.imposed_by
    where ${inLanes(lanes)}
    order by s.ended_at is not null, case when s.ended_at is null then s.until end, s.ended_at desc, s.id limit ${limit}`.execute(
    reading(tx),
  );
  return rows;
}
