import { sql } from 'kysely';
import { inLanes } from '../cases/questions.ts';
import type { ActionName } from '../enforcement/questions.ts';
import { reading, type Tx } from '../foundation/db/transaction.ts';
import type { Lanes } from '../staff/questions.ts';

/** A decision that the platform has not said is done. */
export interface NotEnforcedRow {
  readonly id: string;
  readonly case: string;
  readonly harm: string;
  readonly service: string;
  readonly do: ActionName;
  readonly targetSeq: number;
  readonly clause: string | null;
  readonly orderedAt: Date;
  /** Until when the law or our own promise wants it done. */
  readonly dueAt: Date | null;
  /** Other states than the desired one that the platform reported, and the last of them. */
  readonly mismatches: number;
  readonly reported: string | null;
  /** The message that asks for it; null where there is none any more. */
  readonly message: string | null;
  readonly attempts: number | null;
  readonly failure: string | null;
  readonly answeredAt: Date | null;
  readonly nextAt: Date | null;
  readonly deadAt: Date | null;
}

/** Decided, not enforced, oldest first, by keyset. Walks action_not_enforced; clock and outbox come by case and subject. */
export async function notEnforcedRows(
  tx: Tx,
  lanes: Lanes,
  after: { readonly orderedAt: Date; readonly id: string } | undefined,
  limit: number,
): Promise<readonly NotEnforcedRow[]> {
  const further = after ? sql`and (a.ordered_at, a.id) > (${after.orderedAt}, ${after.id}::uuid)` : sql``;
  const { rows } = await sql<NotEnforcedRow>`
    select a.id, a.case_id as case, c.harm, a.service, a.do, a.target_seq as "targetSeq", d.clause, a.ordered_at as "orderedAt",
      k.due_at as "dueAt", a.mismatches, a.reported, o.id as message, o.attempts, o.failure, o.answered_at as "answeredAt", o.next_at as "nextAt", o.dead_at as "deadAt"
    from enforcement.action a
    join decisions.decision d on d.id = a.decision
    join cases.case c on c.id = a.case_id
    left join cases.clock k on k.subject = case when a.target_kind = 'account' then a.decision else a.case_id end and k.stopped_at is null and k.clock = case when a.temporary then 'protect' else 'enforce' end
    left join perisai.outbox o on o.subject = a.id and o.done_at is null
    where a.state = 'ordered' and ${inLanes(lanes)} ${further}
    order by a.ordered_at, a.id limit ${limit}`.execute(reading(tx));
  return rows;
}
