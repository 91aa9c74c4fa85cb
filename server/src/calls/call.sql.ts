import { sql } from 'kysely';
import { reading, type Tx } from '../foundation/db/transaction.ts';
import { type Because, changing } from '../records/because.ts';
import { mustHaveMoved, statesBefore } from '../records/questions.ts';
import { type About, type Call, callTransitions } from './call.ts';

interface Tables {
  'calls.call': {
    id: string;
    about: string;
    service: string;
    case_id: string | null;
    clock: string | null;
    subject: string | null;
    due_at: Date | null;
    roles: string[];
    called: string[];
    short: boolean;
    made_at: Date;
    called_at: Date;
    times: number;
    state: string;
    answered_by: string | null;
    answered_at: Date | null;
    record: string;
  };
}

/** Those who were called, as far as their *staff* keys are still there. */
function calledIn(because: Because<'call.made'> | Because<'call.repeated'>): string[] {
  return Array.from({ length: because.payload.called }, (_, n) => because.party(`called ${n + 1}`)).filter((one) => one !== null);
}

export async function insertCall(because: Because<'call.made'>): Promise<void> {
  const { call, about, clock, subject, due_at, roles, short } = because.payload;
  const { service, case: of, recordedAt, id: record } = because.record;
  await changing<Tables>(because)
    .insertInto('calls.call')
    .values({
      id: call,
      about,
      service,
      case_id: of,
      clock,
      subject,
      due_at: due_at === null ? null : new Date(due_at),
      roles: [...roles],
      called: calledIn(because),
      short,
      made_at: recordedAt,
      called_at: recordedAt,
      times: 1,
      state: 'ringing',
      record,
    })
    .execute();
}

/** Nobody has answered: whoever has the role now is called. */
export async function markRepeated(because: Because<'call.repeated'>): Promise<void> {
  const { call, roles, short } = because.payload;
  const moved = await changing<Tables>(because)
    .updateTable('calls.call')
    .set((eb) => ({
      roles: [...roles],
      called: calledIn(because),
      short,
      called_at: because.record.recordedAt,
      times: eb('times', '+', 1),
    }))
    .where('id', '=', call)
    .where('state', 'in', statesBefore(callTransitions, 'ringing', 'call.repeated'))
    .executeTakeFirst();
  mustHaveMoved(moved, because, 'ringing');
}

export async function markAnswered(because: Because<'call.answered'>): Promise<void> {
  const moved = await changing<Tables>(because)
    .updateTable('calls.call')
    .set({ state: 'answered', answered_by: because.party('actor'), answered_at: because.record.recordedAt })
    .where('id', '=', because.payload.call)
    .where('state', 'in', statesBefore(callTransitions, 'answered', 'call.answered'))
    .executeTakeFirst();
  mustHaveMoved(moved, because, 'answered');
}

/** With *staff* goes who was called and who answered. */
export async function eraseParty(because: Because<'party.erased'>, party: string): Promise<void> {
  if (because.payload.purpose !== 'staff') return;
  const on = changing<Tables>(because);
  await on
    .updateTable('calls.call')
    .set({ called: sql<string[]>`array_remove(called, ${party}::uuid)` })
    .where(sql<boolean>`called @> array[${party}::uuid]`)
    .execute();
  await on.updateTable('calls.call').set({ answered_by: null }).where('answered_by', '=', party).execute();
}

const columns = [
  'id',
  'about',
  'service',
  'case_id as case',
  'clock',
  'subject',
  'due_at as dueAt',
  'roles',
  'called',
  'short',
  'made_at as madeAt',
  'called_at as calledAt',
  'times',
  'state',
  'answered_by as answeredBy',
  'answered_at as answeredAt',
] as const;

/** Served by the primary key. */
export async function findCall(tx: Tx, id: string): Promise<Call | undefined> {
  return (await reading<Tables>(tx).selectFrom('calls.call').select(columns).where('id', '=', id).executeTakeFirst()) as Call | undefined;
}

/** Locks a call's row until the transaction ends: two who answer at the same moment are one answer. */
export async function lockCall(tx: Tx, id: string): Promise<Call | undefined> {
  return (await reading<Tables>(tx).selectFrom('calls.call').select(columns).where('id', '=', id).forUpdate().executeTakeFirst()) as
    | Call
    | undefined;
}

/** Whoever would call about the same at the same moment waits until the transaction ends, and finds this call. */
export async function lockAbout(tx: Tx, about: About): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(${`calls.call ${about}`}))`.execute(reading(tx));
}

/** What rings about something of a service, and what was called about since a time. Walks call_ringing and call_newest. */
export async function recentAbout(tx: Tx, about: About, service: string, since: Date): Promise<Call[]> {
  return (await reading<Tables>(tx)
    .selectFrom('calls.call')
    .select(columns)
    .where('about', '=', about)
    .where('service', '=', service)
    .where((eb) => eb.or([eb('state', '=', 'ringing'), eb('made_at', '>', since)]))
    .execute()) as Call[];
}

/** What rings about a case, oldest first. Served by call_by_case. */
export async function ringingIn(tx: Tx, caseId: string): Promise<Call[]> {
  return (await reading<Tables>(tx)
    .selectFrom('calls.call')
    .select(columns)
    .where('case_id', '=', caseId)
    .where('state', '=', 'ringing')
    .orderBy('made_at')
    .orderBy('id')
    .execute()) as Call[];
}

/** What rang last before a time and was not answered. Walks call_ringing. */
export async function unanswered(tx: Tx, before: Date, limit: number): Promise<Call[]> {
  return (await reading<Tables>(tx)
    .selectFrom('calls.call')
    .select(columns)
    .where('state', '=', 'ringing')
    .where('called_at', '<=', before)
    .orderBy('called_at')
    .limit(limit)
    .execute()) as Call[];
}

/** How many calls nobody has answered: all, those that rang before a time, those for which nobody has the role. Walks call_ringing. */
export async function tallyRinging(
  tx: Tx,
  before: Date,
): Promise<{ readonly ringing: number; readonly long: number; readonly short: number }> {
  const { rows } = await sql<{ ringing: number; long: number; short: number }>`
    select count(*)::int as ringing, (count(*) filter (where made_at <= ${before}))::int as long,
      (count(*) filter (where short))::int as short
    from calls.call where state = 'ringing'`.execute(reading(tx));
  return rows[0] as { ringing: number; long: number; short: number };
}
