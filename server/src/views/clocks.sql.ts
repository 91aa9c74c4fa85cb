import type { Harm } from '@perisai/screening';
import { sql } from 'kysely';
import { type ClockName, inLanes } from '../cases/questions.ts';
import { reading, type Tx } from '../foundation/db/transaction.ts';
import type { Lanes } from '../staff/questions.ts';

/** A promise that runs. */
export interface ClockRow {
  readonly subject: string;
  readonly clock: ClockName;
  /** Null of a direction or a notice of non-compliance. */
  readonly case: string | null;
  readonly service: string;
  readonly harm: Harm | null;
  /** Of what the regulator asks: how it calls it. */
  readonly reference: string | null;
  readonly startedAt: Date;
  readonly dueAt: Date;
  readonly breachedAt: Date | null;
  /** When people were told that it runs out. */
  readonly warnedAt: Date | null;
}

/** A promise that was not kept in time. */
export interface BreachRow extends ClockRow {
  readonly breachedAt: Date;
  /** When it was kept after all. */
  readonly stoppedAt: Date | null;
  readonly reason: string | null;
  readonly explainedAt: Date | null;
  readonly explainedBy: string | null;
  /** The record that holds what was said. */
  readonly explanation: string | null;
}

/** Which clocks somebody sees: those of cases by their lanes, and those of what the regulator asks of the provider itself. */
export interface Seen {
  readonly lanes: Lanes;
  readonly instructions: boolean;
}
const within = ({ lanes, instructions }: Seen) => sql<boolean>`case when k.case_id is null then ${instructions} else ${inLanes(lanes)} end`;

/** Running clocks by due time, by keyset. Walks clock_running. */
export async function clockRows(
  tx: Tx,
  seen: Seen,
  after: { readonly dueAt: Date; readonly subject: string; readonly clock: string } | undefined,
  limit: number,
): Promise<readonly ClockRow[]> {
  const further = after ? sql`and (k.due_at, k.subject, k.clock) > (${after.dueAt}, ${after.subject}::uuid, ${after.clock})` : sql``;
  const { rows } = await sql<ClockRow>`
    select k.subject, k.clock, k.case_id as case, coalesce(c.service, i.service) as service, c.harm, i.reference, k.started_at as "startedAt", k.due_at as "dueAt",
      k.breached_at as "breachedAt", k.warned_at as "warnedAt"
    from cases.clock k left join cases.case c on c.id = k.case_id left join instructions.instruction i on i.id = k.subject
    where k.stopped_at is null and ${within(seen)} ${further}
    order by k.due_at, k.subject, k.clock limit ${limit}`.execute(reading(tx));
  return rows;
}

/** The newest breaches with the reason that their record gives. Walks clock_breached; the record is found among those of its case. */
export async function breachRows(tx: Tx, seen: Seen, limit: number): Promise<readonly BreachRow[]> {
  const { rows } = await sql<BreachRow>`
    select b.*, coalesce(b.said, case when b.case is null then 'not kept in time' end) as reason from (select k.*, (
      select r.line::jsonb #>> '{payload,reason}' from records.case_record o join records.record r on r.id = o.record
      where o.case_id = k.case and r.kind = 'clock.breached'
        and r.line::jsonb #>> '{payload,subject}' = k.subject::text and r.line::jsonb #>> '{payload,clock}' = k.clock
      order by o.case_seq desc limit 1) as said
    from (
      select k.subject, k.clock, k.case_id as case, coalesce(c.service, i.service) as service, c.harm, i.reference, k.started_at as "startedAt", k.due_at as "dueAt",
        k.breached_at as "breachedAt", k.stopped_at as "stoppedAt", k.warned_at as "warnedAt",
        k.explained_at as "explainedAt", k.explanation, m.name as "explainedBy"
      from cases.clock k left join cases.case c on c.id = k.case_id left join instructions.instruction i on i.id = k.subject
        left join staff.member m on m.id = k.explained_by
      where k.breached_at is not null and ${within(seen)} order by k.breached_at desc, k.subject limit ${limit}) k) b
    order by b."breachedAt" desc, b.subject`.execute(reading(tx));
  return rows;
}
