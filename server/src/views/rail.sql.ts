import { sql } from 'kysely';
import { reading, type Tx } from '../foundation/db/transaction.ts';

/** What waits on each desk, and what of it falls due within the hour or is late. */
export interface Waiting {
  readonly queue: number;
  readonly queueDue: number;
  readonly appeals: number;
  readonly appealsDue: number;
  readonly enforcement: number;
  readonly enforcementDue: number;
  readonly clocksDue: number;
}

/** Walks the partial indexes of what is open: case_queue, clock_running, appeal_open, action_not_enforced. */
export async function waitingOn(tx: Tx, soon: Date): Promise<Waiting> {
  const { rows } = await sql<Waiting>`
    with due as (select clock, case_id from cases.clock where stopped_at is null and due_at < ${soon})
    select
      (select count(*)::int from cases.case where state = 'open') as queue,
      (select count(distinct c.id)::int from due join cases.case c on c.id = due.case_id
        where c.state = 'open' and due.clock in ('protect', 'determine')) as "queueDue",
      (select count(*)::int from appeals.appeal where state = 'received') as appeals,
      (select count(*)::int from due where clock = 'appeal.answer') as "appealsDue",
      (select count(*)::int from enforcement.action where state = 'ordered') as enforcement,
      (select count(distinct a.id)::int from enforcement.action a join due on due.case_id = a.case_id
        where a.state = 'ordered' and due.clock in ('protect', 'enforce')) as "enforcementDue",
      (select count(*)::int from due) as "clocksDue"`.execute(reading(tx));
  return rows[0] as Waiting;
}
