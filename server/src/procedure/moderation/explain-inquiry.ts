import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import * as inquiries from '../../inquiries/index.ts';
import * as intake from '../../intake/index.ts';
import type { Because } from '../../records/index.ts';
import type { House } from '../house.ts';
import { lockCase } from './lock.ts';
import { tell } from './tell.ts';
import { decisionValues } from './values.ts';

type About = Pick<Because<'inquiry.received'>['payload'], 'inquiry'>;

/** Hears an inquiry: whoever asked is told that a person will answer, and until when. */
export function acknowledgeInquiry(house: House, tx: Tx, heard: Because<'inquiry.received'>): Promise<void> {
  return write(house, tx, heard.payload, { template: 'inquiry.received', answer: '', due: heard.payload.clocks[0]?.due_at ?? null });
}

/** Hears the answer: whoever asked reads it in writing (Act 866 ss.21–23, 26). What a correction does, both sides are told as of any decision. */
export function explainInquiry(house: House, tx: Tx, heard: Because<'inquiry.answered'>): Promise<void> {
  const { outcome, answer } = heard.payload;
  return write(house, tx, heard.payload, { template: `inquiry.${outcome}`, answer: answer ?? '', due: null });
}

interface Saying {
  readonly template: string;
  readonly answer: string;
  readonly due: string | null;
}

async function write(house: House, tx: Tx, { inquiry: id }: About, { template, answer, due }: Saying): Promise<void> {
  const inquiry = await inquiries.inquiry(tx, id);
  const asked = inquiry && (await decisions.decision(tx, inquiry.decision));
  if (!inquiry || !asked || inquiry.inquirer === null) return;
  const of = await lockCase(tx, inquiry.case);
  const { values, statementUrl } = await decisionValues(house, tx, of, asked, {
    language: inquiry.language,
    side: inquiry.role,
    person: inquiry.inquirer,
    reason: answer,
    mayAppeal: false,
    appealDue: due,
  });
  const report = (await intake.reportsOf(tx, of.id)).find(({ reporter }) => reporter === inquiry.inquirer);
  await tell(house, tx, {
    case: of,
    to: inquiry.inquirer,
    role: 'inquirer',
    template,
    language: inquiry.language,
    values,
    decision: asked.id,
    inquiry: inquiry.id,
    statementUrl,
    // So that a reporter without an account finds it on the page of their report.
    ...(inquiry.role === 'reporter' && report ? { report: report.id } : {}),
    stops: template === 'inquiry.received' ? [] : ['inquiry.answer'],
  });
}
