import type { Case } from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import * as inquiries from '../../inquiries/index.ts';
import * as intake from '../../intake/index.ts';
import type { Because } from '../../records/index.ts';
import type { House } from '../house.ts';
import { lockCase } from './lock.ts';
import { tell } from './tell.ts';
import { decisionValues, reportValues } from './values.ts';

type About = Pick<Because<'inquiry.received'>['payload'], 'inquiry'>;

/** Hears an inquiry: whoever asked is told that a person will answer, and until when. */
export function acknowledgeInquiry(house: House, tx: Tx, heard: Because<'inquiry.received'>): Promise<void> {
  return write(house, tx, heard.payload, { template: 'received', answer: '', due: heard.payload.clocks[0]?.due_at ?? null });
}

/** Hears the answer: whoever asked reads it in writing (Act 866 ss.21–23, 26). What a correction does, both sides are told as of any decision. */
export function explainInquiry(house: House, tx: Tx, heard: Because<'inquiry.answered'>): Promise<void> {
  const { outcome, answer } = heard.payload;
  return write(house, tx, heard.payload, { template: outcome, answer: answer ?? '', due: null });
}

interface Saying {
  /** The last word of the text's name. */
  readonly template: string;
  readonly answer: string;
  readonly due: string | null;
}

async function write(house: House, tx: Tx, { inquiry: id }: About, saying: Saying): Promise<void> {
  const inquiry = await inquiries.inquiry(tx, id);
  if (!inquiry || inquiry.inquirer === null) return;
  const of = await lockCase(tx, inquiry.case);
  const dismissed = inquiry.report === null ? undefined : await intake.report(tx, inquiry.report);
  const said = dismissed
    ? { values: await dismissalValues(house, tx, of, dismissed, saying), report: dismissed.id }
    : await aboutDecision(house, tx, of, inquiry, saying);
  await tell(house, tx, {
    case: of,
    to: inquiry.inquirer,
    role: 'inquirer',
    template: dismissed && saying.template !== 'received' ? `inquiry.dismissal.${saying.template}` : `inquiry.${saying.template}`,
    language: inquiry.language,
    inquiry: inquiry.id,
    ...said,
    stops: saying.template === 'received' ? [] : ['inquiry.answer'],
  });
}

async function aboutDecision(house: House, tx: Tx, of: Case, inquiry: inquiries.Inquiry, { answer, due }: Saying) {
  const asked = (await decisions.decision(tx, inquiry.decision as string)) as decisions.Decision;
  const { values, statementUrl } = await decisionValues(house, tx, of, asked, {
    language: inquiry.language,
    side: inquiry.role,
    person: inquiry.inquirer as string,
    reason: answer,
    mayAppeal: false,
    appealDue: due,
  });
  const report = (await intake.reportsOf(tx, of.id)).find(({ reporter }) => reporter === inquiry.inquirer);
  return {
    values,
    decision: asked.id,
    statementUrl,
    // So that a reporter without an account finds it on the page of their report.
    ...(inquiry.role === 'reporter' && report ? { report: report.id } : {}),
  };
}

async function dismissalValues(house: House, tx: Tx, of: Case, report: intake.Report, { answer, due }: Saying) {
  return {
    ...(await reportValues(house, tx, of, report)),
    received: house.clock.now().toISOString(),
    ...(due === null ? {} : { answer_by: due }),
    ...(answer === '' ? {} : { reason: answer }),
  };
}
