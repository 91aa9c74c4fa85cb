import type { Harm } from '@perisai/screening';
import { sql } from 'kysely';
import type { ClockName, QueueFilter } from '../cases/questions.ts';
import { reading, type Tx } from '../foundation/db/transaction.ts';
import type { Language } from '../foundation/i18n/language.ts';

/** An open case as the queue shows it. */
export interface QueueRow {
  readonly id: string;
  readonly service: string;
  readonly harm: Harm;
  readonly priority: boolean;
  readonly language: Language;
  readonly surface: string;
  readonly openedAt: Date;
  /** What falls due first of what a person must do: protect, determine. Null where neither runs. */
  readonly clock: ClockName | null;
  readonly dueAt: Date | null;
  readonly reports: number;
  /** What the platform was last asked to show; null: nobody asked for anything. */
  readonly desired: string | null;
  /** Who works on it now, and until when. */
  readonly holder: string | null;
  readonly holderName: string | null;
  readonly heldUntil: Date | null;
}

/** Where a page of the queue begins: the sort key of the last row before it. */
export interface QueuePlace {
  readonly notCsam: boolean;
  readonly notPriority: boolean;
  readonly openedAt: Date;
  readonly id: string;
}

/**
 * Open cases, worst first: CSAM, then priority harms, then the oldest. Walks case_queue for one page, and only then looks by key for what
 * stands beside each row: joined first, a queue of two thousand took half a second. The clocks of a case have its id as their subject.
 */
export async function queueRows(
  tx: Tx,
  of: QueueFilter,
  after: QueuePlace | undefined,
  now: Date,
  limit: number,
): Promise<readonly QueueRow[]> {
  const further = after
    ? sql`and ((c.harm <> 'csam'), (not c.priority), c.opened_at, c.id) > (${after.notCsam}, ${after.notPriority}, ${after.openedAt}, ${after.id}::uuid)`
    : sql``;
  const { rows } = await sql<QueueRow>`
    with page as materialized (
      select * from cases.case c
      where c.state = 'open'
        and c.service = coalesce(${of.service ?? null}, c.service) and c.harm = coalesce(${of.harm ?? null}, c.harm)
        and c.language = coalesce(${of.language ?? null}, c.language) ${further}
      order by (c.harm <> 'csam'), (not c.priority), c.opened_at, c.id limit ${limit})
    select c.id, c.service, c.harm, c.priority, c.language, c.surface, c.opened_at as "openedAt",
      k.clock, k.due_at as "dueAt", l.staff as holder, m.name as "holderName", l.until as "heldUntil",
      (select count(*)::int from intake.report r where r.case_id = c.id) as reports,
      (select a.desired from enforcement.action a where a.target = c.item order by a.target_seq desc limit 1) as desired
    from page c
    left join lateral (select clock, due_at from cases.clock
      where subject = c.id and clock in ('protect', 'determine') and stopped_at is null order by due_at limit 1) k on true
    left join cases.lease l on l.case_id = c.id and l.until >= ${now}
    left join staff.member m on m.id = l.staff
    order by (c.harm <> 'csam'), (not c.priority), c.opened_at, c.id`.execute(reading(tx));
  return rows;
}
