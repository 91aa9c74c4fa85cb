import type { Harm } from '@perisai/screening';
import { sql } from 'kysely';
import { later, reading, type Tx, technical } from '../foundation/db/transaction.ts';
import type { Language } from '../foundation/i18n/language.ts';
import { type Severity, usualSeverity } from '../policy/questions.ts';
import { type Because, changing } from '../records/because.ts';
import { mustHaveMoved, statesBefore } from '../records/questions.ts';
import type { Lanes } from '../staff/questions.ts';
import type { QueueFilter } from './case.ts';
import { inLanes } from './lanes.sql.ts';
import { soonMs, type Work, workTransitions } from './work.ts';
import { rankOf, type Weight } from './worst-first.ts';

interface Tables {
  'cases.work': {
    id: string;
    state: string;
    desk: string | null;
    assignee: string | null;
    raised: boolean;
    harm: string;
    priority: boolean;
    live: boolean;
    severity: string;
    lane: number;
    rank: number;
    due_at: Date;
    parked_until: Date | null;
    bundle: string | null;
    bundled_by: string | null;
    pressing_by: Date | null;
    pressing_rank: number | null;
  };
}

/** A case that was opened is work. What it weighs beyond its harm is said by `case.weighed`. */
export async function insertWork(because: Because<'case.opened'>): Promise<void> {
  const { case: id, harm, priority, opened_by, due_at } = because.payload;
  // A report says in its own record where it stands, and moves the case there.
  const lane = opened_by === 'report' ? 2 : 1;
  await changing<Tables>(because)
    .insertInto('cases.work')
    .values({
      id,
      state: 'waiting',
      desk: null,
      assignee: null,
      raised: false,
      harm,
      priority,
      live: false,
      severity: usualSeverity,
      lane,
      rank: rankOf({ harm, priority, live: false, severity: usualSeverity, lane }),
      due_at: new Date(due_at),
      parked_until: null,
      bundle: null,
      bundled_by: null,
      pressing_by: null,
      pressing_rank: null,
    })
    .execute();
}

export async function reweighHarm(because: Because<'case.escalated'>): Promise<void> {
  const { harm, priority } = because.payload;
  await reweigh(because, { harm, priority });
}

/** More is known of it: how heavy its reason weighs, whether it is streamed now. */
export async function markWeighed(because: Because<'case.weighed'>): Promise<void> {
  const { severity, live } = because.payload;
  await reweigh(because, { severity, live });
}

/** A report may move its case forward among those of its class, never back. */
export async function placeByReport(because: Because<'report.received'>): Promise<void> {
  const { lane, clocks } = because.payload;
  await reweigh(because, { lane }, (own) => lane < own.lane);
  // Where no other clock runs, it is to be worked on by the time that the first of its reporters has an answer.
  const [answer, ...others] = clocks;
  if (answer?.clock !== 'answer.outcome' || others.length > 0) return;
  await changing<Tables>(because)
    .updateTable('cases.work')
    .set({ due_at: sql<Date>`least(due_at, ${new Date(answer.due_at)})` })
    .where('id', '=', because.record.case as string)
    .where('state', '<>', 'done')
    .execute();
}

async function reweigh(because: Because, changed: Partial<Weight>, where: (own: Weight) => boolean = () => true): Promise<void> {
  const on = changing<Tables>(because);
  const id = because.record.case as string;
  const row = await on
    .selectFrom('cases.work')
    .select(['harm', 'priority', 'live', 'severity', 'lane', 'pressing_rank'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) return;
  const { pressing_rank: pressing, ...own } = row;
  if (!where(own as Weight)) return;
  const weight: Weight = { ...(own as Weight), ...changed };
  later(
    on
      .updateTable('cases.work')
      .set({ ...weight, rank: Math.min(rankOf(weight), pressing ?? Number.POSITIVE_INFINITY) })
      .where('id', '=', id)
      .execute(),
  );
}

export async function markHandedOver(because: Because<'case.handed-over'>): Promise<void> {
  await moveWork(because, 'waiting', { desk: because.payload.desk, assignee: because.party('assignee'), raised: false });
}

export async function markRaised(because: Because<'case.raised'>): Promise<void> {
  await moveWork(because, 'waiting', { assignee: null, raised: true });
}

export async function markParked(because: Because<'case.parked'>): Promise<void> {
  await moveWork(because, 'parked', { parked_until: new Date(because.payload.until) });
}

export async function markReturned(because: Because<'case.returned'>): Promise<void> {
  await moveWork(because, 'waiting', {});
}

/** It leaves the queue and is decided with the leading case, whose place presses as much as its own did. */
export async function markBundled(because: Because<'case.bundled'>): Promise<void> {
  const { into, due_at } = because.payload;
  await moveWork(because, 'bundled', { bundle: into, bundled_by: because.party('actor') });
  const due = new Date(due_at);
  await changing<Tables>(because)
    .updateTable('cases.work')
    .set({ due_at: sql<Date>`least(due_at, ${due})`, pressing_by: sql<Date>`least(pressing_by, ${due})` })
    .where('id', '=', into)
    .execute();
}

export async function markUnbundled(because: Because<'case.unbundled'>): Promise<void> {
  await moveWork(because, 'waiting', { bundle: null, bundled_by: null });
}

/** It stands where the most pressing stands of what was merged into it; null: in its own place. */
export async function pressWork(
  because: Because<'case.combined'>,
  { rank, due }: { readonly rank: number | null; readonly due: Date | null },
): Promise<void> {
  const id = because.record.case as string;
  await changing<Tables>(because).updateTable('cases.work').set({ pressing_rank: rank, pressing_by: due }).where('id', '=', id).execute();
  await reweigh(because, {});
}

export async function moveWork(because: Because, to: Work['state'], set: Partial<Tables['cases.work']>): Promise<void> {
  const moved = await changing<Tables>(because)
    .updateTable('cases.work')
    .set({ parked_until: null, ...set, state: to })
    .where('id', '=', because.record.case as string)
    .where('state', 'in', statesBefore(workTransitions, to, because.record.kind))
    .executeTakeFirst();
  mustHaveMoved(moved, because, to);
}

/** The first final decision ends the work; one in appeal finds it ended. */
export async function finishWork(because: Because<'decision.made'>): Promise<void> {
  if (because.payload.stage !== 'final') return;
  await changing<Tables>(because)
    .updateTable('cases.work')
    .set({ state: 'done', parked_until: null, due_at: because.record.recordedAt })
    .where('id', '=', because.record.case as string)
    .where('state', 'in', statesBefore(workTransitions, 'done', 'decision.made'))
    .execute();
}

/** With *staff* goes for whom a case lay there, and who brought it into a bundle. */
export async function eraseAssignee(because: Because<'party.erased'>, party: string): Promise<void> {
  if (because.payload.purpose !== 'staff') return;
  await changing<Tables>(because).updateTable('cases.work').set({ assignee: null }).where('assignee', '=', party).execute();
  await changing<Tables>(because).updateTable('cases.work').set({ bundled_by: null }).where('bundled_by', '=', party).execute();
}

const columns = [
  'id',
  'harm',
  'state',
  'desk',
  'assignee',
  'raised',
  'live',
  'severity',
  'lane',
  'rank',
  'due_at as dueAt',
  'parked_until as parkedUntil',
  'bundle',
  'bundled_by as bundledBy',
] as const;

const work = (row: Omit<Work, 'harm' | 'state' | 'severity'> & { harm: string; state: string; severity: string }): Work => ({
  ...row,
  harm: row.harm as Harm,
  state: row.state as Work['state'],
  severity: row.severity as Severity,
});

/** Served by the primary key. */
export async function findWork(tx: Tx, id: string): Promise<Work | undefined> {
  const row = await reading<Tables>(tx).selectFrom('cases.work').select(columns).where('id', '=', id).executeTakeFirst();
  return row && work(row);
}

/** The cases that are decided with this one, in the order of their ids. Served by work_bundle. */
export async function bundledWith(tx: Tx, lead: string): Promise<Work[]> {
  const rows = await reading<Tables>(tx).selectFrom('cases.work').select(columns).where('bundle', '=', lead).orderBy('id').execute();
  return rows.map(work);
}

/** Parked cases whose time is over. Walks work_parked. */
export async function restedBy(tx: Tx, now: Date, limit: number): Promise<string[]> {
  const rows = await reading<Tables>(tx)
    .selectFrom('cases.work')
    .select('id')
    .where('state', '=', 'parked')
    .where('parked_until', '<=', now)
    .orderBy('parked_until')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** For whom a case is taken: what they speak, and whether they take what was raised. */
export interface Taker {
  readonly id: string;
  readonly languages: readonly Language[];
  readonly takesRaised: boolean;
  readonly lanes: Lanes;
}

/**
 * The worst case that this person may take and nobody works on, of those that are asked for, locked and leased to them in the same statement:
 * two claims never meet on one case. It speaks their language and was handed to nobody else, or is due within the hour. Walks work_queue.
 */
export async function leaseWorst(tx: Tx, of: QueueFilter, taker: Taker, now: Date, until: Date): Promise<string | undefined> {
  const soon = new Date(now.getTime() + soonMs);
  const { rows } = await sql<{ case_id: string }>`
    insert into cases.lease (case_id, staff, until)
    select w.id, ${taker.id}::uuid, ${until}
    from cases.work w join cases.case c on c.id = w.id left join cases.lease l on l.case_id = w.id and l.until >= ${now}
    where not c.awaiting and ${inLanes(taker.lanes)} and w.state in ('waiting', 'parked') and (w.state = 'waiting' or w.parked_until <= ${now}) and l.case_id is null
      and (${taker.takesRaised}::boolean or not w.raised)
      and (w.due_at < ${soon} or
        ((w.assignee is null or w.assignee = ${taker.id}::uuid) and c.language = any(${[...taker.languages]}::text[])))
      and ${asked(of)}
    order by w.rank, w.due_at, w.id limit 1 for update of w skip locked
    on conflict (case_id) do update set staff = excluded.staff, until = excluded.until
    returning case_id`.execute(technical(tx));
  return rows[0]?.case_id;
}

/** The part of the queue that is asked for, on `w` (cases.work) and `c` (cases.case). */
export function asked({ service, harm, language, desk, assignee }: QueueFilter) {
  const parts = [sql`true`];
  if (service !== undefined) parts.push(sql`c.service = ${service}`);
  if (harm !== undefined) parts.push(sql`c.harm = ${harm satisfies Harm}`);
  if (language !== undefined) parts.push(sql`c.language = ${language satisfies Language}`);
  if (desk !== undefined)
    parts.push(sql`(w.desk = ${desk.id} or (w.desk is null and (c.harm || '/' || c.language) = any(${[...desk.coming]}::text[])))`);
  if (assignee !== undefined) parts.push(sql`w.assignee = ${assignee}::uuid`);
  return sql.join(parts, sql` and `);
}
