import { sql } from 'kysely';
import { reading, type Tx } from '../foundation/db/transaction.ts';
import type { Kind } from '../records/questions.ts';

/** A record of a case: what it says without its secrets, who acted, and where it lies in the log. */
export interface MomentRow {
  readonly record: string;
  readonly seq: number;
  readonly kind: Kind;
  readonly at: Date;
  /** The leaf's JSON; confidential values stand in it as commitments. */
  readonly line: string;
  /** Null where nobody of the staff acted: a machine, the platform or somebody of the public. */
  readonly actor: string | null;
  /** Its place in the log; null until the sequencer has given it one. */
  readonly index: number | null;
  readonly sealed: boolean;
}

/** The records of a case in its order. Served by the keys of case_record, record and leaf; record_party's leads to who acted. */
export async function momentsOf(tx: Tx, caseId: string): Promise<readonly MomentRow[]> {
  const { rows } = await sql<MomentRow>`
    select c.record, c.case_seq as seq, r.kind, r.recorded_at as at, r.line, m.name as actor, l.index,
      coalesce(l.index < (select max(size) from records.checkpoint), false) as sealed
    from records.case_record c
    join records.record r on r.id = c.record
    left join records.leaf l on l.record = c.record
    left join records.record_party p on p.record = c.record and p.role = 'actor'
    left join records.handle h on h.handle = p.handle
    left join staff.member m on m.id = h.party
    where c.case_id = ${caseId} order by c.case_seq`.execute(reading(tx));
  return rows;
}
