import type { Harm } from '@perisai/screening';
import { reading, type Tx } from '../foundation/db/transaction.ts';
import type { Language } from '../foundation/i18n/language.ts';
import { type Because, changing } from '../records/because.ts';
import { mustHaveMoved, statesBefore } from '../records/questions.ts';
import { type Ground, type Report, reportTransitions } from './report.ts';

interface Tables {
  'intake.report': {
    id: string;
    service: string;
    case_id: string;
    item: string;
    revision: string;
    harm: string;
    reason: string | null;
    language: string;
    reporter: string | null;
    reporter_kind: string;
    capacity: string;
    flagger: string | null;
    age_days: number | null;
    lane: number;
    code: string | null;
    pin: string | null;
    address: boolean;
    state: string;
    outcome: string | null;
    received_at: Date;
    came_at: Date;
    ground: string | null;
    dismissed_at: Date | null;
    dismissed_by: string | null;
    answered_at: Date | null;
    record: string;
  };
}

export async function insertReport(because: Because<'report.received'>): Promise<void> {
  const { report, item, revision, harm, reason, language, reporter, capacity, flagger, age_days, lane, access, email } = because.payload;
  await changing<Tables>(because)
    .insertInto('intake.report')
    .values({
      id: report,
      service: because.record.service,
      case_id: because.record.case as string,
      item,
      revision,
      harm,
      reason,
      language,
      reporter: because.party('reporter'),
      reporter_kind: reporter,
      capacity,
      flagger,
      age_days,
      lane,
      code: access?.code ?? null,
      pin: access?.pin ?? null,
      // Whether there is one: it lies in the record, under the key of this report's contact.
      address: email !== null && because.party('contact') !== null,
      state: 'received',
      received_at: because.record.occurredAt,
      came_at: because.record.recordedAt,
      record: because.record.id,
    })
    .execute();
}

/** A notice reached its channel: the report is acknowledged, or has its outcome. Other notices change no report, and none changes an answered one. */
export async function noteHanded(because: Because<'notice.handed'>): Promise<void> {
  const { report, stops, outcome } = because.payload;
  if (report === null) return;
  const on = changing<Tables>(because);
  if (outcome !== null) {
    await on
      .updateTable('intake.report')
      .set({ state: 'answered', outcome, answered_at: because.record.recordedAt })
      .where('id', '=', report)
      .where('state', 'in', statesBefore(reportTransitions, 'answered', 'notice.handed'))
      .execute();
  } else if (stops.includes('answer.outcome')) {
    // The one answer that is no outcome of a decision: they were told that their report is dismissed, and on which ground.
    await on
      .updateTable('intake.report')
      .set({ state: 'answered', outcome: 'dismissed', answered_at: because.record.recordedAt })
      .where('id', '=', report)
      .where('state', '=', 'dismissed')
      .execute();
  } else if (stops.includes('acknowledge')) {
    await on
      .updateTable('intake.report')
      .set({ state: 'acknowledged' })
      .where('id', '=', report)
      .where('state', 'in', statesBefore(reportTransitions, 'acknowledged', 'notice.handed'))
      .execute();
  }
}

/** A person closes it without looking further, on a ground that the Act lists. */
export async function markDismissed(because: Because<'report.dismissed'>): Promise<void> {
  const { report, ground } = because.payload;
  const moved = await changing<Tables>(because)
    .updateTable('intake.report')
    .set({ state: 'dismissed', ground, dismissed_at: because.record.recordedAt, dismissed_by: because.party('actor') })
    .where('id', '=', report)
    .where('state', 'in', statesBefore(reportTransitions, 'dismissed', 'report.dismissed'))
    .executeTakeFirst();
  mustHaveMoved(moved, because, 'dismissed');
}

/** Its dismissal is taken back: it waits for its answer like any other. */
export async function takeUp(because: Because<'report.taken-up'>): Promise<void> {
  const moved = await changing<Tables>(because)
    .updateTable('intake.report')
    .set({ state: 'acknowledged', outcome: null, ground: null, dismissed_at: null, dismissed_by: null, answered_at: null })
    .where('id', '=', because.payload.report)
    .where('ground', 'is not', null)
    .where('state', 'in', statesBefore(reportTransitions, 'acknowledged', 'report.taken-up'))
    .executeTakeFirst();
  mustHaveMoved(moved, because, 'acknowledged');
}

/**
 * With *report* the reporter goes: who, and the code that led back to them. With *contact* goes the address of one report, with *staff* who
 * dismissed it.
 */
export async function eraseReporter(because: Because<'party.erased'>, party: string): Promise<void> {
  if (because.payload.purpose === 'staff')
    await changing<Tables>(because).updateTable('intake.report').set({ dismissed_by: null }).where('dismissed_by', '=', party).execute();
  if (because.payload.purpose === 'contact')
    await changing<Tables>(because).updateTable('intake.report').set({ address: false }).where('id', '=', party).execute();
  if (because.payload.purpose !== 'report') return;
  await changing<Tables>(because)
    .updateTable('intake.report')
    .set({ reporter: null, code: null, pin: null })
    .where('reporter', '=', party)
    .execute();
}

const columns = [
  'id',
  'service',
  'case_id as case',
  'item',
  'revision',
  'harm',
  'reason',
  'language',
  'reporter',
  'reporter_kind as reporterKind',
  'capacity',
  'flagger',
  'pin',
  'address',
  'state',
  'outcome',
  'ground',
  'dismissed_at as dismissedAt',
  'dismissed_by as dismissedBy',
  'received_at as receivedAt',
  'came_at as cameAt',
  'answered_at as answeredAt',
  'record',
] as const;
type Row = Omit<Report, 'harm' | 'language' | 'state' | 'capacity' | 'ground'> & {
  harm: string;
  language: string;
  state: string;
  capacity: string;
  ground: string | null;
};
const report = (row: Row | undefined): Report | undefined =>
  row && {
    ...row,
    harm: row.harm as Harm,
    language: row.language as Language,
    state: row.state as Report['state'],
    capacity: row.capacity as Report['capacity'],
    ground: row.ground as Ground | null,
  };

/** Served by the primary key. */
export async function findReport(tx: Tx, id: string): Promise<Report | undefined> {
  return report(
    (await reading<Tables>(tx).selectFrom('intake.report').select(columns).where('id', '=', id).executeTakeFirst()) as Row | undefined,
  );
}

/** By the keyed hash of a contact code. Served by its unique index. */
export async function findByCode(tx: Tx, code: string): Promise<Report | undefined> {
  return report(
    (await reading<Tables>(tx).selectFrom('intake.report').select(columns).where('code', '=', code).executeTakeFirst()) as Row | undefined,
  );
}

/** Their reports with an address. Served by report_by_reporter. */
export async function withAddressOf(tx: Tx, reporter: string): Promise<string[]> {
  const rows = await reading<Tables>(tx)
    .selectFrom('intake.report')
    .select('id')
    .where('reporter', '=', reporter)
    .where('address', '=', true)
    .execute();
  return rows.map(({ id }) => id);
}

/** Answered reports whose address is still kept, by keyset. Walks report_with_address. */
export async function answeredWithAddress(tx: Tx, answeredBefore: Date, after: string, limit: number): Promise<Report[]> {
  const rows = await reading<Tables>(tx)
    .selectFrom('intake.report')
    .select(columns)
    .where('address', '=', true)
    .where('id', '>', after)
    .where('answered_at', '<', answeredBefore)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map((row) => report(row as Row) as Report);
}

/** Whether this person still waits for an answer. Served by report_by_reporter. */
export async function hasOpenReport(tx: Tx, reporter: string): Promise<boolean> {
  return (
    (await reading<Tables>(tx)
      .selectFrom('intake.report')
      .select('id')
      .where('reporter', '=', reporter)
      .where('state', '<>', 'answered')
      .limit(1)
      .executeTakeFirst()) !== undefined
  );
}

/** All reports of a case, oldest first. Served by report_by_case. */
export async function reportsOf(tx: Tx, caseId: string): Promise<Report[]> {
  const rows = await reading<Tables>(tx)
    .selectFrom('intake.report')
    .select(columns)
    .where('case_id', '=', caseId)
    .orderBy('received_at')
    .execute();
  return rows.map((row) => report(row as Row) as Report);
}
