import { sql } from 'kysely';
import { later, reading, type Tx } from '../foundation/db/transaction.ts';
import { type Because, changing } from '../records/because.ts';
import type { Clock, ClockName } from './case.ts';

interface Tables {
  'cases.clock': {
    subject: string;
    clock: string;
    case_id: string | null;
    started_at: Date;
    due_at: Date;
    own_due_at: Date;
    stopped_at: Date | null;
    breached_at: Date | null;
    start_record: string;
    stop_record: string | null;
    warned_at: Date | null;
    explained_at: Date | null;
    explained_by: string | null;
    explanation: string | null;
  };
  'cases.work': { id: string; state: string; due_at: Date; pressing_by: Date | null };
}

type Starting =
  | Because<'case.opened'>
  | Because<'report.received'>
  | Because<'decision.made'>
  | Because<'appeal.received'>
  | Because<'report.taken-up'>
  | Because<'inquiry.received'>
  | Because<'instruction.received'>
  | Because<'instruction.advanced'>;

/**
 * Starts the clocks that a record names, each with its due time, from when that happened which it tells of. `subject` is whose promise it is: a
 * report, a case, an appeal, what the regulator asks.
 */
export async function startClocks(because: Starting, subject: string): Promise<void> {
  const clocks = because.payload.clocks;
  if (clocks.length === 0) return;
  const started = changing<Tables>(because as Because)
    .insertInto('cases.clock')
    .values(
      clocks.map(({ clock, due_at }) => ({
        subject,
        clock,
        case_id: because.record.case,
        started_at: because.record.occurredAt,
        due_at: new Date(due_at),
        own_due_at: new Date(due_at),
        start_record: because.record.id,
      })),
    )
    // A decision in appeal starts the enforcement clock again.
    .onConflict((on) =>
      on.columns(['subject', 'clock']).doUpdateSet((eb) => ({
        started_at: eb.ref('excluded.started_at'),
        due_at: eb.ref('excluded.due_at'),
        own_due_at: eb.ref('excluded.own_due_at'),
        start_record: eb.ref('excluded.start_record'),
        stopped_at: null,
        stop_record: null,
        breached_at: null,
        warned_at: null,
        explained_at: null,
        explained_by: null,
        explanation: null,
      })),
    );
  later(started.execute());
}

/** Less time is left than was thought: those that run and are not broken yet end earlier, and never later. */
export async function bringForward(because: Because<'case.escalated' | 'case.brought-forward'>): Promise<void> {
  const id = because.record.case as string;
  const { clocks } = because.payload;
  if (clocks.length === 0) return;
  const rows = clocks.map(({ clock, due_at }) => ({
    subject: id,
    clock,
    case_id: id,
    started_at: because.record.occurredAt,
    due_at: new Date(due_at),
    own_due_at: new Date(due_at),
    start_record: because.record.id,
  }));
  await changing<Tables>(because as Because)
    .insertInto('cases.clock')
    .values(rows)
    // A case that was opened by a mere resemblance has none yet.
    .onConflict((on) =>
      on
        .columns(['subject', 'clock'])
        .doUpdateSet({
          started_at: sql<Date>`least(clock.started_at, excluded.started_at)`,
          due_at: sql<Date>`least(clock.due_at, excluded.due_at)`,
          own_due_at: sql<Date>`least(clock.own_due_at, excluded.own_due_at)`,
        })
        .where(sql<boolean>`clock.stopped_at is null and clock.breached_at is null`),
    )
    .execute();
  await nextDue(because as Because, id);
}

interface OwnDeadline {
  readonly clock: 'protect' | 'determine';
  readonly dueAt: Date;
  readonly breachedAt: Date | null;
}

/** What runs of a case, each as it would end without what was merged into it. Served by clock's key. */
export async function ownDeadlines(tx: Tx, caseId: string): Promise<OwnDeadline[]> {
  const rows = await reading<Tables>(tx)
    .selectFrom('cases.clock')
    .select(['clock', 'own_due_at as dueAt', 'breached_at as breachedAt'])
    .where('subject', '=', caseId)
    .where('clock', 'in', ['protect', 'determine'])
    .where('stopped_at', 'is', null)
    .orderBy('clock', 'desc')
    .execute();
  return rows as OwnDeadline[];
}

/** Stops these clocks of a subject, where they run; a clock stops once. */
export async function stopClocks(because: Because, subject: string, clocks: readonly ClockName[]): Promise<void> {
  if (clocks.length === 0) return;
  await changing<Tables>(because)
    .updateTable('cases.clock')
    .set({ stopped_at: because.record.recordedAt, stop_record: because.record.id })
    .where('subject', '=', subject)
    .where('clock', 'in', clocks)
    .where('stopped_at', 'is', null)
    .execute();
  if (subject === because.record.case) await nextDue(because, subject);
}

/** The deadline by which a case stands in the queue: the nearest that still runs of what a person must do. */
export async function nextDue(because: Because, caseId: string): Promise<void> {
  await changing<Tables>(because)
    .updateTable('cases.work')
    .set((eb) => ({
      due_at: eb
        .selectFrom('cases.clock')
        .select(({ fn }) =>
          sql<Date>`least(coalesce(${fn.min('cases.clock.due_at')}, ${eb.ref('cases.work.due_at')}), ${eb.ref('cases.work.pressing_by')})`.as(
            'due',
          ),
        )
        .where('subject', '=', caseId)
        .where('clock', 'in', ['protect', 'determine'])
        .where('stopped_at', 'is', null),
    }))
    .where('id', '=', caseId)
    .where('state', '<>', 'done')
    .execute();
}

export async function markBreached(because: Because<'clock.breached'>): Promise<void> {
  const { subject, clock } = because.payload;
  await changing<Tables>(because)
    .updateTable('cases.clock')
    .set({ breached_at: because.record.recordedAt })
    .where('subject', '=', subject)
    .where('clock', '=', clock)
    .execute();
}

export async function markWarned(because: Because<'clock.warned'>): Promise<void> {
  const { subject, clock } = because.payload;
  await changing<Tables>(because)
    .updateTable('cases.clock')
    .set({ warned_at: because.record.recordedAt })
    .where('subject', '=', subject)
    .where('clock', '=', clock)
    .execute();
}

export async function markExplained(because: Because<'clock.explained'>): Promise<void> {
  const { subject, clock } = because.payload;
  await changing<Tables>(because)
    .updateTable('cases.clock')
    .set({ explained_at: because.record.recordedAt, explained_by: because.party('actor'), explanation: because.record.id })
    .where('subject', '=', subject)
    .where('clock', '=', clock)
    .execute();
}

/** With *staff* goes who explained; what they wrote goes with their key. */
export async function eraseExplainer(because: Because<'party.erased'>, party: string): Promise<void> {
  if (because.payload.purpose !== 'staff') return;
  await changing<Tables>(because).updateTable('cases.clock').set({ explained_by: null }).where('explained_by', '=', party).execute();
}

/** How long before its time a clock of this kind is told to run out. */
interface Lead {
  readonly clock: ClockName;
  readonly priority: boolean;
  readonly minutes: number;
}

/**
 * Running clocks that run out soon and of which nobody has been told: by `leads`, and never earlier than three quarters of their time, so that
 * a short one (a live session) is not told of as soon as it starts. Walks clock_running.
 */
export async function clocksToWarn(tx: Tx, leads: readonly Lead[], now: Date, limit: number): Promise<Clock[]> {
  const longest = Math.max(...leads.map(({ minutes }) => minutes));
  const { rows } = await sql<Clock>`
    select k.subject, k.clock, k.case_id as case, k.started_at as "startedAt", k.due_at as "dueAt", k.stopped_at as "stoppedAt",
      k.breached_at as "breachedAt", k.warned_at as "warnedAt"
    from cases.clock k left join cases.case c on c.id = k.case_id
    join jsonb_to_recordset(${JSON.stringify(leads)}::jsonb) as l(clock text, priority boolean, minutes int)
      on l.clock = k.clock and l.priority = coalesce(c.priority, false)
    where k.stopped_at is null and k.breached_at is null and k.warned_at is null
      and k.due_at >= ${now} and k.due_at <= ${new Date(now.getTime() + longest * 60_000)}
      and k.due_at - least(l.minutes * interval '1 minute', (k.due_at - k.started_at) / 4) <= ${now}
    order by k.due_at limit ${limit}`.execute(reading(tx));
  return rows;
}

/** Has somebody said why this promise was not kept? Served by clock's key. */
export async function isExplained(tx: Tx, subject: string, clock: string): Promise<boolean> {
  const row = await reading<Tables>(tx)
    .selectFrom('cases.clock')
    .select('explained_at')
    .where('subject', '=', subject)
    .where('clock', '=', clock)
    .executeTakeFirst();
  return row?.explained_at != null;
}

const columns = [
  'subject',
  'clock',
  'case_id as case',
  'started_at as startedAt',
  'due_at as dueAt',
  'stopped_at as stoppedAt',
  'breached_at as breachedAt',
  'warned_at as warnedAt',
] as const;

/**
 * Clocks that ran past their time and have no breach on record: those that still run, and those that something stopped too late before anybody
 * looked. Walks clock_running and clock_stopped_late.
 */
export async function overdueClocks(tx: Tx, now: Date, limit: number): Promise<Clock[]> {
  const unbroken = reading<Tables>(tx)
    .selectFrom('cases.clock')
    .select(columns)
    .where('breached_at', 'is', null)
    .orderBy('due_at')
    .limit(limit);
  const running = unbroken.where('stopped_at', 'is', null).where('due_at', '<', now);
  const [still, late] = await Promise.all([running.execute(), unbroken.whereRef('stopped_at', '>', 'due_at').execute()]);
  return ([...still, ...late] as Clock[]).sort((one, other) => one.dueAt.getTime() - other.dueAt.getTime()).slice(0, limit);
}

/** Running clocks of one kind that are due before a time. Walks clock_running. */
export async function clocksDue(tx: Tx, clock: ClockName, before: Date, limit: number): Promise<Clock[]> {
  const rows = await reading<Tables>(tx)
    .selectFrom('cases.clock')
    .select(columns)
    .where('clock', '=', clock)
    .where('stopped_at', 'is', null)
    .where('due_at', '<', before)
    .orderBy('due_at')
    .limit(limit)
    .execute();
  return rows as Clock[];
}

/** Is this clock of this subject still running? Served by clock's key. */
export async function isRunning(tx: Tx, subject: string, clock: ClockName): Promise<boolean> {
  const row = await reading<Tables>(tx)
    .selectFrom('cases.clock')
    .select('subject')
    .where('subject', '=', subject)
    .where('clock', '=', clock)
    .where('stopped_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

/** One clock of a subject. Served by clock's key. */
export async function findClock(tx: Tx, subject: string, clock: ClockName): Promise<Clock | undefined> {
  return (await reading<Tables>(tx)
    .selectFrom('cases.clock')
    .select(columns)
    .where('subject', '=', subject)
    .where('clock', '=', clock)
    .executeTakeFirst()) as Clock | undefined;
}

/** All clocks of a case, its reports and its appeals. Served by clock_by_case. */
export async function clocksOf(tx: Tx, caseId: string): Promise<Clock[]> {
  const rows = await reading<Tables>(tx)
    .selectFrom('cases.clock')
    .select(columns)
    .where('case_id', '=', caseId)
    .orderBy('due_at')
    .execute();
  return rows as Clock[];
}
