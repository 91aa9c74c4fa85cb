import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import * as inquiries from '../../inquiries/questions.ts';
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
  readonly asked: DecisionRead;
  readonly dueAt: Date | null;
  readonly case: CaseRead;
}

/** What a person needs to answer an inquiry, in one transaction. @throws Problem `inquiry-unknown`, `forbidden`. */
export async function readInquiry(house: House, tx: Tx, member: Member, id: string): Promise<InquiryRead> {
  const inquiry = await inquiries.inquiry(tx, id);
  if (!inquiry) throw new Problem('inquiry-unknown', `There is no inquiry ${id}.`);
  const read = await readCase(house, tx, member, inquiry.case);
  const told = await reveal(house, tx, 'inquiry.received', inquiry.record);
  const answered = read.moments.find(({ kind, payload }) => kind === 'inquiry.answered' && payload['inquiry'] === id);
  return {
    inquiry,
    text: told?.text ?? null,
    answer: answered ? ((await reveal(house, tx, 'inquiry.answered', answered.record))?.answer ?? null) : null,
    asked: read.decisions.find((decision) => decision.id === inquiry.decision) as DecisionRead,
    dueAt: read.clocks.find(({ subject, clock }) => subject === id && clock === 'inquiry.answer')?.dueAt ?? null,
    case: read,
  };
}
