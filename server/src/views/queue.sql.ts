import type { Harm } from '@perisai/screening';
import { sql } from 'kysely';
import { asked, type ClockName, inLanes, type QueueFilter } from '../cases/questions.ts';
import { reading, type Tx } from '../foundation/db/transaction.ts';
import type { Language } from '../foundation/i18n/language.ts';
import type { Severity } from '../policy/questions.ts';
import type { Lanes } from '../staff/questions.ts';

/** An open case as the queue shows it. */
export interface QueueRow {
  readonly id: string;
  readonly service: string;
  readonly harm: Harm;
  readonly priority: boolean;
  readonly language: Language;
  readonly surface: string;
  readonly openedAt: Date;
  readonly rank: number;
  /** What it stands in the queue by, beside its rank. */
  readonly due: Date;
  readonly live: boolean;
  readonly severity: Severity;
  readonly lane: number;
  readonly floodedAt: Date | null;
  readonly raised: boolean;
  /** Where it was handed to; null: where its harm and language lead. */
  readonly desk: string | null;
  readonly assignee: string | null;
  readonly assigneeName: string | null;
  readonly parkedUntil: Date | null;
  /** How many cases are decided with it. */
  readonly bundled: number;
  /** What falls due first of what a person must do: protect, determine; else, answer. Null where none runs. */
  readonly clock: ClockName | null;
  readonly dueAt: Date | null;
  readonly warnedAt: Date | null;
  readonly reports: number;
  /** Whether all that was seen of it is kept. */
  readonly complete: boolean;
  /** What the platform was last asked to show; null: nobody asked for anything. */
  readonly desired: string | null;
  /** Who works on it now, and until when. */
  readonly holder: string | null;
  readonly holderName: string | null;
  readonly heldUntil: Date | null;
}

/** Where a page of the queue begins: the sort key of the last row before it. */
export interface QueuePlace {
  readonly rank: number;
  readonly due: Date;
  readonly id: string;
}

/**
 * Open cases, worst first (`cases/worst-first.ts`); those that rest stand aside and are asked for by themselves. Walks work_queue for one page,
 * and only then looks by key for what stands beside each row: joined first, a queue of two thousand took half a second. The clocks of a case
 * have its id as their subject.
 */
export async function queueRows(
  tx: Tx,
  of: QueueFilter & { readonly parked?: boolean },
  lanes: Lanes,
  after: QueuePlace | undefined,
  now: Date,
  limit: number,
): Promise<readonly QueueRow[]> {
  const further = after ? sql`and (w.rank, w.due_at, w.id) > (${after.rank}, ${after.due}, ${after.id}::uuid)` : sql``;
  const resting = sql`(w.state = 'parked' and w.parked_until > ${now})`;
  const { rows } = await sql<QueueRow>`
    with page as materialized (
      select c.id, c.service, c.harm, c.priority, c.language, c.surface, c.item, c.opened_at as "openedAt",
        w.rank, w.due_at as due, w.live, w.severity, w.lane, c.flooded_at as "floodedAt", w.raised, w.desk, w.assignee, w.parked_until as "parkedUntil",
        (select count(*)::int from cases.work b where b.bundle = w.id) as bundled
      from cases.work w join cases.case c on c.id = w.id
      where w.state in ('waiting', 'parked') and ${of.parked ? resting : sql`not ${resting}`} and ${asked(of)} and ${inLanes(lanes)} ${further}
      order by w.rank, w.due_at, w.id limit ${limit})
    select c.*, f.name as "assigneeName",
      coalesce(k.clock, o.clock) as clock, coalesce(k.due_at, o.due_at) as "dueAt", coalesce(k.warned_at, o.warned_at) as "warnedAt", l.staff as holder, m.name as "holderName", l.until as "heldUntil",
      (select count(*)::int from intake.report r where r.case_id = c.id)
        + (select count(*)::int from cases.case m join intake.report r on r.case_id = m.id where m.merged_into = c.id) as reports,
      not exists (select from cases.target t join subjects.revision v on v.id = t.revision where t.case_id = c.id and not v.complete) as complete,
      (select a.desired from enforcement.action a where a.target = c.item order by a.target_seq desc limit 1) as desired
    from page c
    left join lateral (select clock, due_at, warned_at from cases.clock
      where subject = c.id and clock in ('protect', 'determine') and stopped_at is null order by due_at limit 1) k on true
    left join lateral (select clock, due_at, warned_at from cases.clock
      where k.clock is null and case_id = c.id and clock = 'answer.outcome' and stopped_at is null order by due_at limit 1) o on true
    left join cases.lease l on l.case_id = c.id and l.until >= ${now}
    left join staff.member m on m.id = l.staff
    left join staff.member f on f.id = c.assignee
    order by c.rank, c.due, c.id`.execute(reading(tx));
  return rows;
}

/** How much lies at each desk: by harm and language where nobody has handed it anywhere, else by the desk it was handed to. */
export interface DeskLoad {
  readonly desk: string | null;
  readonly harm: Harm;
  readonly language: Language;
  readonly waiting: number;
  readonly soon: number;
  readonly held: number;
  readonly raised: number;
  readonly parked: number;
}

/** Walks work_queue once: what is open is little beside what there ever was. */
export async function deskLoads(tx: Tx, lanes: Lanes, now: Date, soon: Date): Promise<readonly DeskLoad[]> {
  const { rows } = await sql<DeskLoad>`
    select w.desk, c.harm, c.language, count(*)::int as waiting,
      (count(*) filter (where w.due_at < ${soon}))::int as soon,
      (count(*) filter (where l.case_id is not null))::int as held,
      (count(*) filter (where w.raised))::int as raised,
      (count(*) filter (where w.state = 'parked' and w.parked_until > ${now}))::int as parked
    from cases.work w join cases.case c on c.id = w.id left join cases.lease l on l.case_id = w.id and l.until >= ${now}
    where w.state in ('waiting', 'parked') and ${inLanes(lanes)} group by w.desk, c.harm, c.language`.execute(reading(tx));
  return rows;
}
