import type { Harm } from '@perisai/screening';
import { reading, type Tx, technical } from '../foundation/db/transaction.ts';
import type { Language } from '../foundation/i18n/language.ts';
import { type Because, changing } from '../records/because.ts';
import { mustHaveMoved, statesBefore } from '../records/questions.ts';
import { type Case, caseTransitions } from './case.ts';
import { bringForward } from './clock.sql.ts';
import { finishWork, insertWork, reweighHarm } from './work.sql.ts';

interface Tables {
  'cases.case': {
    id: string;
    service: string;
    harm: string;
    priority: boolean;
    surface: string;
    item: string;
    language: string;
    opened_by: string;
    flooded_at: Date | null;
    state: string;
    outcome: string | null;
    opened_at: Date;
    decided_at: Date | null;
    closed_at: Date | null;
    merged_into: string | null;
    awaiting: boolean;
  };
  'cases.target': { case_id: string; item: string; revision: string; added_at: Date };
  'cases.lease': { case_id: string; staff: string; until: Date };
}

/** The new case; its row is this transaction's until it commits, as if it were locked. */
export async function insertCase(because: Because<'case.opened'>): Promise<Case> {
  const { case: id, harm, priority, opened_by, surface, item, revision, language } = because.payload;
  const { service, recordedAt } = because.record;
  const on = changing<Tables>(because);
  const told = { id, service, harm, priority, surface, item, language: language as Language };
  const opened = { state: 'open', awaiting: false, outcome: null } as const;
  const nothingYet = { flooded_at: null, decided_at: null, closed_at: null, merged_into: null };
  await on
    .insertInto('cases.case')
    .values({ ...told, ...opened, ...nothingYet, opened_by, opened_at: recordedAt })
    .execute();
  await on.insertInto('cases.target').values({ case_id: id, item, revision, added_at: recordedAt }).execute();
  await insertWork(because);
  const since = { floodedAt: null, decidedAt: null, closedAt: null, mergedInto: null };
  return { ...told, ...opened, ...since, openedBy: opened_by, openedAt: recordedAt };
}

export async function insertTarget(because: Because<'case.revision-added'>): Promise<void> {
  const { item, revision } = because.payload;
  await changing<Tables>(because)
    .insertInto('cases.target')
    .values({ case_id: because.record.case as string, item, revision, added_at: because.record.recordedAt })
    .execute();
}

/** Many reports came at once, from new accounts: whoever decides should know. */
export async function markFlooded(because: Because<'case.flooded'>): Promise<void> {
  await changing<Tables>(because)
    .updateTable('cases.case')
    .set({ flooded_at: because.record.recordedAt })
    .where('id', '=', because.record.case as string)
    .execute();
}

/** Somebody says that it is about something worse: it takes that harm's place in the queue, its law, and its time where that is shorter. */
export async function markEscalated(because: Because<'case.escalated'>): Promise<void> {
  const { harm, priority } = because.payload;
  await changing<Tables>(because)
    .updateTable('cases.case')
    .set({ harm, priority })
    .where('id', '=', because.record.case as string)
    .execute();
  await reweighHarm(because);
  await bringForward(because);
}

/** What was decided waits for a second person, or for its time to undo to be over: nobody else is given the case meanwhile. */
export async function markAside(because: Because<'decision.proposed' | 'decision.held'>): Promise<void> {
  await awaits(because, true);
}

export async function markBack(because: Because<'proposal.settled' | 'decision.released' | 'decision.undone'>): Promise<void> {
  await awaits(because, false);
}

async function awaits(because: Because, awaiting: boolean): Promise<void> {
  await changing<Tables>(because)
    .updateTable('cases.case')
    .set({ awaiting })
    .where('id', '=', because.record.case as string)
    .execute();
}

/** A final decision ends the deliberation; the case closes when the platform has acknowledged. What was decided is decided again in appeal only. */
export async function markDecided(because: Because<'decision.made'>): Promise<void> {
  // A measure on the author's account follows from the decision; it is not what the case is about.
  if (because.payload.stage !== 'final' || because.payload.target_kind !== 'item') return;
  const id = because.record.case as string;
  // What is decided about the item of a merged case is decided in the life of the case that leads.
  const { state } = await changing<Tables>(because).selectFrom('cases.case').select('state').where('id', '=', id).executeTakeFirstOrThrow();
  if (state === 'merged') return;
  const moved = await changing<Tables>(because)
    .updateTable('cases.case')
    .set({ state: 'decided', decided_at: because.record.recordedAt, closed_at: null, outcome: null })
    .where('id', '=', id)
    .where('state', 'in', statesBefore(caseTransitions, 'decided', 'decision.made'))
    .where('state', because.payload.appeal === null ? '=' : '<>', 'open')
    .executeTakeFirst();
  mustHaveMoved(moved, because, 'decided');
  await finishWork(because);
}

export async function markClosed(because: Because<'case.closed'>): Promise<void> {
  const moved = await changing<Tables>(because)
    .updateTable('cases.case')
    .set({ state: 'closed', outcome: because.payload.outcome, closed_at: because.record.recordedAt })
    .where('id', '=', because.record.case as string)
    .where('state', 'in', statesBefore(caseTransitions, 'closed', 'case.closed'))
    .executeTakeFirst();
  mustHaveMoved(moved, because, 'closed');
}

const columns = [
  'id',
  'service',
  'harm',
  'priority',
  'surface',
  'item',
  'language',
  'opened_by as openedBy',
  'flooded_at as floodedAt',
  'state',
  'outcome',
  'merged_into as mergedInto',
  'opened_at as openedAt',
  'decided_at as decidedAt',
  'closed_at as closedAt',
  'awaiting',
] as const;
type Row = Omit<Case, 'harm' | 'language' | 'state'> & { harm: string; language: string; state: string };
const found = (row: Row | undefined): Case | undefined =>
  row && { ...row, harm: row.harm as Harm, language: row.language as Language, state: row.state as Case['state'] };

/** Served by the primary key. */
export async function findCase(tx: Tx, id: string): Promise<Case | undefined> {
  return found(
    (await reading<Tables>(tx).selectFrom('cases.case').select(columns).where('id', '=', id).executeTakeFirst()) as Row | undefined,
  );
}

/** Locks a case's row until the transaction ends: every change of a case begins here, so that the case has one order. */
export async function lockCase(tx: Tx, id: string): Promise<Case | undefined> {
  return found(
    (await reading<Tables>(tx).selectFrom('cases.case').select(columns).where('id', '=', id).forUpdate().executeTakeFirst()) as
      | Row
      | undefined,
  );
}

/** Those of them that there are, in the order of their ids. Served by the primary key. */
export async function findCases(tx: Tx, ids: readonly string[]): Promise<Case[]> {
  return manyCases(reading<Tables>(tx).selectFrom('cases.case').select(columns).where('id', 'in', ids).orderBy('id').execute());
}

/** The same, each row locked, in one order everywhere. */
export async function lockCases(tx: Tx, ids: readonly string[]): Promise<Case[]> {
  return manyCases(reading<Tables>(tx).selectFrom('cases.case').select(columns).where('id', 'in', ids).orderBy('id').forUpdate().execute());
}

async function manyCases(rows: Promise<readonly object[]>): Promise<Case[]> {
  return (await rows).map((row) => found(row as Row) as Case);
}

/** The case on an item that is not decided yet: open, or merged into an open one. There is one at most. Served by case_by_item. */
export async function findOpenCase(tx: Tx, item: string): Promise<Case | undefined> {
  return found(
    (await reading<Tables>(tx)
      .selectFrom('cases.case')
      .select(columns)
      .where('item', '=', item)
      .where(({ eb, or, selectFrom, exists }) =>
        or([
          eb('state', '=', 'open'),
          exists(
            selectFrom('cases.case as lead')
              .select('lead.id')
              .whereRef('lead.id', '=', 'cases.case.merged_into')
              .where('lead.state', '=', 'open'),
          ),
        ]),
      )
      .executeTakeFirst()) as Row | undefined,
  );
}

/** The cases that were merged into this one, in the order of their ids. Served by case_merged. */
export async function mergedInto(tx: Tx, lead: string): Promise<Case[]> {
  const rows = await reading<Tables>(tx).selectFrom('cases.case').select(columns).where('merged_into', '=', lead).orderBy('id').execute();
  return rows.map((row) => found(row as Row) as Case);
}

/** The case of an item that was opened last. Served by case_by_item. */
export async function findLastCase(tx: Tx, item: string): Promise<string | undefined> {
  const row = await reading<Tables>(tx)
    .selectFrom('cases.case')
    .select('id')
    .where('item', '=', item)
    .orderBy('opened_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.id;
}

/** The revisions a case is about, newest last: uuids of snapshots. Served by target's key. */
export async function revisionsOf(tx: Tx, caseId: string): Promise<string[]> {
  const rows = await reading<Tables>(tx)
    .selectFrom('cases.target')
    .select('revision')
    .where('case_id', '=', caseId)
    .orderBy('added_at')
    .orderBy('revision')
    .execute();
  return rows.map((row) => row.revision);
}

/** Takes or renews the lease; false while somebody else holds one that has not run out. Technical: expires by itself. */
export async function takeLease(tx: Tx, caseId: string, staff: string, now: Date, until: Date): Promise<boolean> {
  const taken = await technical<Tables>(tx)
    .insertInto('cases.lease')
    .values({ case_id: caseId, staff, until })
    .onConflict((on) =>
      on
        .column('case_id')
        .doUpdateSet({ staff, until })
        .where(({ eb, or }) => or([eb('cases.lease.staff', '=', staff), eb('cases.lease.until', '<', now)])),
    )
    .returning('staff')
    .executeTakeFirst();
  return taken !== undefined;
}

export async function dropLease(tx: Tx, caseId: string, staff: string): Promise<void> {
  await technical<Tables>(tx).deleteFrom('cases.lease').where('case_id', '=', caseId).where('staff', '=', staff).execute();
}

/** Who works on it now. Served by lease's key. */
export async function findLease(tx: Tx, caseId: string, now: Date): Promise<{ staff: string; until: Date } | undefined> {
  return reading<Tables>(tx)
    .selectFrom('cases.lease')
    .select(['staff', 'until'])
    .where('case_id', '=', caseId)
    .where('until', '>=', now)
    .executeTakeFirst();
}
