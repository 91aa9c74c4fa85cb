import type { Harm } from '@perisai/screening';
import { sql } from 'kysely';
import { type ClockName, inLanes } from '../cases/questions.ts';
import { reading, type Tx } from '../foundation/db/transaction.ts';
import type { Lanes } from '../staff/questions.ts';

/** A promise that runs. */
export interface ClockRow {
  readonly subject: string;
  readonly clock: ClockName;
  readonly case: string;
  readonly service: string;
  readonly harm: Harm;
  readonly startedAt: Date;
  readonly dueAt: Date;
  readonly breachedAt: Date | null;
}

/** A promise that was not kept in time. */
export interface BreachRow extends ClockRow {
  readonly breachedAt: Date;
  /** When it was kept after all. */
  readonly stoppedAt: Date | null;
  readonly reason: string | null;
}

/** Running clocks by due time, by keyset. Walks clock_running. */
export async function clockRows(
  tx: Tx,
  lanes: Lanes,
  after: { readonly dueAt: Date; readonly subject: string; readonly clock: string } | undefined,
  limit: number,
): Promise<readonly ClockRow[]> {
  const further = after ? sql`and (k.due_at, k.subject, k.clock) > (${after.dueAt}, ${after.subject}::uuid, ${after.clock})` : sql``;
  const { rows } = await sql<ClockRow>`
    select k.subject, k.clock, k.case_id as case, c.service, c.harm, k.started_at as "startedAt", k.due_at as "dueAt", k.breached_at as "breachedAt"
    from cases.clock k join cases.case c on c.id = k.case_id
    where k.stopped_at is null and ${inLanes(lanes)} ${further}
    order by k.due_at, k.subject, k.clock limit ${limit}`.execute(reading(tx));
  return rows;
}

/** The newest breaches with the reason that their record gives. Walks clock_breached; the record is found among those of its case. */
export async function breachRows(tx: Tx, lanes: Lanes, limit: number): Promise<readonly BreachRow[]> {
  const { rows } = await sql<BreachRow>`
    select k.*, (
      select r.line::jsonb #>> '{payload,reason}' from records.case_record o join records.record r on r.id = o.record
      where o.case_id = k.case and r.kind = 'clock.breached'
        and r.line::jsonb #>> '{payload,subject}' = k.subject::text and r.line::jsonb #>> '{payload,clock}' = k.clock
      order by o.case_seq desc limit 1) as reason
    from (
      select k.subject, k.clock, k.case_id as case, c.service, c.harm, k.started_at as "startedAt", k.due_at as "dueAt",
        k.breached_at as "breachedAt", k.stopped_at as "stoppedAt"
      from cases.clock k join cases.case c on c.id = k.case_id
      where k.breached_at is not null and ${inLanes(lanes)} order by k.breached_at desc, k.subject limit ${limit}) k
    order by k."breachedAt" desc, k.subject`.execute(reading(tx));
  return rows;
}
