import { reading, type Tx } from '../foundation/db/transaction.ts';
import { type Because, changing } from '../records/because.ts';
import { mustHaveMoved, statesBefore } from '../records/questions.ts';
import { type Notice, noticeTransitions } from './notice.ts';

interface Tables {
  'notices.notice': {
    id: string;
    service: string;
    case_id: string;
    to: string | null;
    role: string;
    template: string;
    language: string;
    report: string | null;
    decision: string | null;
    appeal: string | null;
    inquiry: string | null;
    state: string;
    channel: string | null;
    written_at: Date;
    handed_at: Date | null;
    bounced_at: Date | null;
    record: string;
  };
}

export async function insertNotice(because: Because<'notice.written'>): Promise<void> {
  const { notice, role, template, language, report, decision, appeal, inquiry } = because.payload;
  await changing<Tables>(because)
    .insertInto('notices.notice')
    .values({
      id: notice,
      service: because.record.service,
      case_id: because.record.case as string,
      to: because.party('to'),
      role,
      template,
      language,
      report,
      decision,
      appeal,
      inquiry,
      state: 'written',
      written_at: because.record.recordedAt,
      record: because.record.id,
    })
    .execute();
}

export async function markHanded(because: Because<'notice.handed'>): Promise<void> {
  const { notice, channel } = because.payload;
  const moved = await changing<Tables>(because)
    .updateTable('notices.notice')
    .set({ state: 'handed', channel, handed_at: because.record.recordedAt })
    .where('id', '=', notice)
    .where('state', 'in', statesBefore(noticeTransitions, 'handed', 'notice.handed'))
    .executeTakeFirst();
  mustHaveMoved(moved, because, 'handed');
}

/** The mail server does not take it. It is written all the same, and what hands it over is the status page. */
export async function markBounced(because: Because<'notice.bounced'>): Promise<void> {
  await changing<Tables>(because)
    .updateTable('notices.notice')
    .set({ bounced_at: because.record.recordedAt })
    .where('id', '=', because.payload.notice)
    .execute();
}

/** An erased person is no longer named as receiver: authors with *evidence*, reporters, appellants and inquirers with *report*. */
export async function eraseReceiver(because: Because<'party.erased'>, party: string): Promise<void> {
  const roles = { evidence: ['author'], report: ['reporter', 'appellant', 'inquirer'] }[because.payload.purpose as string];
  if (roles)
    await changing<Tables>(because)
      .updateTable('notices.notice')
      .set({ to: null })
      .where('to', '=', party)
      .where('role', 'in', roles)
      .execute();
}

const columns = [
  'id',
  'service',
  'case_id as case',
  'to',
  'role',
  'template',
  'language',
  'report',
  'decision',
  'appeal',
  'inquiry',
  'state',
  'channel',
  'written_at as writtenAt',
  'handed_at as handedAt',
  'bounced_at as bouncedAt',
  'record',
] as const;

/** Served by the primary key. */
export async function findNotice(tx: Tx, id: string): Promise<Notice | undefined> {
  return (await reading<Tables>(tx).selectFrom('notices.notice').select(columns).where('id', '=', id).executeTakeFirst()) as
    | Notice
    | undefined;
}

/** What a notice says once only: to whom, in which role, which text, about what. */
type Saying = Pick<Notice, 'case' | 'to' | 'role' | 'template' | 'report' | 'decision' | 'appeal' | 'inquiry'>;

/** Whether this was written to this person already. Served by notice_by_case. */
export async function isWritten(tx: Tx, saying: Saying): Promise<boolean> {
  const row = await reading<Tables>(tx)
    .selectFrom('notices.notice')
    .select('id')
    .where('case_id', '=', saying.case)
    .where('to', '=', saying.to)
    .where('role', '=', saying.role)
    .where('template', '=', saying.template)
    .where('report', 'is not distinct from', saying.report)
    .where('decision', 'is not distinct from', saying.decision)
    .where('appeal', 'is not distinct from', saying.appeal)
    .where('inquiry', 'is not distinct from', saying.inquiry)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * What told of one of these decisions, the one that was handed over last at the end and what is still on its way after it. Served by
 * notice_by_decision.
 */
export async function noticesAbout(tx: Tx, told: readonly string[]): Promise<Notice[]> {
  return (await reading<Tables>(tx)
    .selectFrom('notices.notice')
    .select(columns)
    .where('decision', 'in', told)
    .orderBy('handed_at')
    .orderBy('written_at')
    .execute()) as Notice[];
}

/** What was written about a report, oldest first. Served by notice_by_report. */
export async function noticesOnReport(tx: Tx, report: string): Promise<Notice[]> {
  return (await reading<Tables>(tx)
    .selectFrom('notices.notice')
    .select(columns)
    .where('report', '=', report)
    .orderBy('written_at')
    .execute()) as Notice[];
}

/** All notices of a case, oldest first. Served by notice_by_case. */
export async function noticesOf(tx: Tx, caseId: string): Promise<Notice[]> {
  return (await reading<Tables>(tx)
    .selectFrom('notices.notice')
    .select(columns)
    .where('case_id', '=', caseId)
    .orderBy('written_at')
    .execute()) as Notice[];
}
