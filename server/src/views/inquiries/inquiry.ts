import * as decisions from '../../decisions/questions.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import * as inquiries from '../../inquiries/questions.ts';
import * as intake from '../../intake/questions.ts';
import type { House } from '../../procedure/house.ts';
import { reveal } from '../../records/questions.ts';
import type { Member } from '../../staff/questions.ts';
import { type CaseRead, type DecisionRead, readCase } from '../case-life.ts';

/** An inquiry with the case it is about. */
export interface InquiryRead {
  readonly inquiry: inquiries.Inquiry;
  /** What was asked, and what was answered; null once that is erased, or while it waits. */
  readonly text: string | null;
  readonly answer: string | null;
  /** The decision that it is about; null where it is about a dismissal. */
  readonly asked: DecisionRead | null;
  /** Who made up their mind to it, and whether it stands. */
  readonly madeBy: decisions.MadeBy | null;
  readonly still: boolean;
  readonly dismissal: DismissalRead | null;
  readonly dueAt: Date | null;
  readonly case: CaseRead;
}

/** That a report was dismissed, as it was then: an inquiry may have taken it back since. */
export interface DismissalRead {
  readonly ground: intake.Ground;
  readonly reason: string | null;
  readonly at: Date;
  readonly byName: string | null;
  /** Our id of who did it, while it stands. */
  readonly by: string | null;
}

/** What a person needs to answer an inquiry, in one transaction. @throws Problem `inquiry-unknown`, `forbidden`. */
export async function readInquiry(house: House, tx: Tx, member: Member, id: string): Promise<InquiryRead> {
  const inquiry = await inquiries.inquiry(tx, id);
  if (!inquiry) throw new Problem('inquiry-unknown', `There is no inquiry ${id}.`);
  const read = await readCase(house, tx, member, inquiry.case);
  const told = await reveal(house, tx, 'inquiry.received', inquiry.record);
  const answered = read.moments.find(({ kind, payload }) => kind === 'inquiry.answered' && payload['inquiry'] === id);
  const asked = read.decisions.find((decision) => decision.id === inquiry.decision) ?? null;
  return {
    inquiry,
    text: told?.text ?? null,
    answer: answered ? ((await reveal(house, tx, 'inquiry.answered', answered.record))?.answer ?? null) : null,
    asked,
    madeBy: asked && (await decisions.madeBy(tx, asked)),
    still: asked !== null && (await decisions.standingFor(tx, asked)).still,
    dismissal: inquiry.report === null ? null : await dismissalOf(house, tx, read, inquiry.report),
    dueAt: read.clocks.find(({ subject, clock }) => subject === id && clock === 'inquiry.answer')?.dueAt ?? null,
    case: read,
  };
}

async function dismissalOf(house: House, tx: Tx, { moments }: CaseRead, id: string): Promise<DismissalRead | null> {
  const moment = moments.findLast(({ kind, payload }) => kind === 'report.dismissed' && payload['report'] === id);
  if (!moment) return null;
  return {
    ground: moment.payload['ground'] as intake.Ground,
    reason: (await reveal(house, tx, 'report.dismissed', moment.record))?.reason ?? null,
    at: moment.at,
    byName: moment.actor,
    by: (await intake.report(tx, id))?.dismissedBy ?? null,
  };
}
