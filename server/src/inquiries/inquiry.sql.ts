import { reading, type Tx } from '../foundation/db/transaction.ts';
import { type Because, changing } from '../records/because.ts';
import { mustHaveMoved, statesBefore } from '../records/questions.ts';
import { type Inquiry, inquiryTransitions } from './inquiry.ts';

interface Tables {
  'inquiries.inquiry': {
    id: string;
    service: string;
    case_id: string;
    decision: string | null;
    report: string | null;
    role: string;
    inquirer: string | null;
    language: string;
    state: string;
    outcome: string | null;
    appeal: string | null;
    new_decision: string | null;
    received_at: Date;
    answered_by: string | null;
    answered_at: Date | null;
    record: string;
  };
}

export async function insertInquiry(because: Because<'inquiry.received'>): Promise<void> {
  const { inquiry, decision, report, role, language } = because.payload;
  await changing<Tables>(because)
    .insertInto('inquiries.inquiry')
    .values({
      id: inquiry,
      service: because.record.service,
      case_id: because.record.case as string,
      decision,
      report,
      role,
      inquirer: because.party('inquirer'),
      language,
      state: 'received',
      received_at: because.record.recordedAt,
      record: because.record.id,
    })
    .execute();
}

export async function answerInquiry(because: Because<'inquiry.answered'>): Promise<void> {
  const { inquiry, outcome, appeal, decision } = because.payload;
  const moved = await changing<Tables>(because)
    .updateTable('inquiries.inquiry')
    .set({
      state: 'answered',
      outcome,
      appeal,
      new_decision: decision,
      answered_by: because.party('actor'),
      answered_at: because.record.recordedAt,
    })
    .where('id', '=', inquiry)
    .where('state', 'in', statesBefore(inquiryTransitions, 'answered', 'inquiry.answered'))
    .executeTakeFirst();
  mustHaveMoved(moved, because, 'answered');
}

/** With *report* the inquirer goes, with *staff* who answered. */
export async function eraseParty(because: Because<'party.erased'>, party: string): Promise<void> {
  const on = changing<Tables>(because);
  if (because.payload.purpose === 'report')
    await on.updateTable('inquiries.inquiry').set({ inquirer: null }).where('inquirer', '=', party).execute();
  if (because.payload.purpose === 'staff')
    await on.updateTable('inquiries.inquiry').set({ answered_by: null }).where('answered_by', '=', party).execute();
}

const columns = [
  'id',
  'service',
  'case_id as case',
  'decision',
  'report',
  'role',
  'inquirer',
  'language',
  'state',
  'outcome',
  'appeal',
  'new_decision as newDecision',
  'received_at as receivedAt',
  'answered_by as answeredBy',
  'answered_at as answeredAt',
  'record',
] as const;

/** Served by the primary key. */
export async function findInquiry(tx: Tx, id: string): Promise<Inquiry | undefined> {
  return (await reading<Tables>(tx).selectFrom('inquiries.inquiry').select(columns).where('id', '=', id).executeTakeFirst()) as
    | Inquiry
    | undefined;
}

/** The inquiry of this person on this side into this decision or dismissal. Served by inquiry_once and inquiry_once_a_report. */
export async function findInquiryBy(
  tx: Tx,
  about: { readonly decision: string } | { readonly report: string },
  role: string,
  inquirer: string,
): Promise<Inquiry | undefined> {
  const [column, id] = 'decision' in about ? (['decision', about.decision] as const) : (['report', about.report] as const);
  return (await reading<Tables>(tx)
    .selectFrom('inquiries.inquiry')
    .select(columns)
    .where(column, '=', id)
    .where('role', '=', role)
    .where('inquirer', '=', inquirer)
    .executeTakeFirst()) as Inquiry | undefined;
}

/** Whether this person still waits for an answer. Walks inquiry_open. */
export async function hasOpenInquiry(tx: Tx, inquirer: string): Promise<boolean> {
  const row = await reading<Tables>(tx)
    .selectFrom('inquiries.inquiry')
    .select('id')
    .where('inquirer', '=', inquirer)
    .where('state', '=', 'received')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
