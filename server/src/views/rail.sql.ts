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

/** Every page has these figures, so that none is counted further: who has more than this does not need the rest. */
const enough = 1_000;

/** Walks the partial indexes of what is open: case_open_by_item, clock_running, appeal_open, action_not_enforced; each to `enough`. */
export async function waitingOn(tx: Tx, soon: Date): Promise<Waiting> {
  const { rows } = await sql<Waiting>`
    with due as materialized (
      select clock, case_id from cases.clock where stopped_at is null and due_at < ${soon} order by due_at limit ${enough})
    select
      (select count(*)::int from (select from cases.case where state = 'open' limit ${enough}) c) as queue,
      (select count(distinct c.id)::int from due join cases.case c on c.id = due.case_id
        where c.state = 'open' and due.clock in ('protect', 'determine')) as "queueDue",
      (select count(*)::int from (select from appeals.appeal where state = 'received' limit ${enough}) a) as appeals,
      (select count(*)::int from due where clock = 'appeal.answer') as "appealsDue",
      (select count(*)::int from (select from enforcement.action where state = 'ordered' limit ${enough}) a) as enforcement,
      (select count(distinct a.id)::int from due join enforcement.action a on a.case_id = due.case_id
        where a.state = 'ordered' and due.clock in ('protect', 'enforce')) as "enforcementDue",
      (select count(*)::int from due) as "clocksDue"`.execute(reading(tx));
  return rows[0] as Waiting;
}
