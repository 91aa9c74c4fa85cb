import type { Case } from '../../cases/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import * as inquiries from '../../inquiries/index.ts';
import { append, reveal } from '../../records/index.ts';
import { demand, type Member } from '../../staff/index.ts';
import type { House } from '../house.ts';
import { receiveAppeal } from './appeal.ts';
import { type Correction, correct } from './correct.ts';
import { lockCase } from './lock.ts';
import { decidedOn, takeUpReport } from './take-up.ts';

export type InquiryAnswer = {
  readonly inquiry: string;
  readonly answer: string;
} & ({ readonly outcome: 'explained' | 'appeal' } | ({ readonly outcome: 'corrected' } & (Correction | object)));

/**
 * A person answers an inquiry in writing: explains; or sends it to appeal, which somebody else than the first decides; or, being a second
 * person themselves, corrects what was decided at once, or takes the dismissal back. What needs two people is not corrected here.
 * @throws Problem `forbidden`, `same-person`, `inquiry-unknown`, `decision-not-open`, `appeal-not-open`, `appeal-exists`, `clause-unknown`,
 * `reason-missing`, `measure-unfit`, `child-safety-only`, `second-person-needed`.
 */
export async function answerInquiry(house: House, member: Member, given: InquiryAnswer): Promise<void> {
  const answer = given.answer.trim();
  if (answer.length < 3) throw new Problem('reason-missing', 'Answer in a sentence; whoever asked will read it.');
  await house.db.begin('doors', async (tx) => {
    const known = await inquiries.inquiry(tx, given.inquiry);
    if (!known) throw new Problem('inquiry-unknown', `There is no inquiry ${given.inquiry}.`);
    const of = await lockCase(tx, known.case);
    demand(member, 'inquiry.answer', { type: 'inquiry', harm: of.harm });
    const inquiry = (await inquiries.inquiry(tx, known.id)) as inquiries.Inquiry;
    if (inquiry.state !== 'received') throw new Problem('decision-not-open', 'This inquiry has been answered.');
    if (inquiry.report !== null && given.outcome !== 'explained') await takeUpReport(house, tx, member, of, inquiry, given.outcome);
    const appeal = given.outcome === 'appeal' ? await toAppeal(house, tx, of, inquiry) : null;
    const decision =
      given.outcome === 'corrected' && inquiry.decision !== null
        ? await correct(house, tx, member, of, inquiry, 'determination' in given ? given : null, answer)
        : null;
    await inquiries.answer(
      await append(house, tx, {
        kind: 'inquiry.answered',
        service: of.service,
        case: of.id,
        parties: [
          { role: 'actor', party: member.id, purpose: 'staff' },
          ...(inquiry.inquirer === null ? [] : [{ role: 'inquirer', party: inquiry.inquirer, purpose: 'report' } as const]),
        ],
        payload: {
          inquiry: inquiry.id,
          outcome: given.outcome,
          appeal,
          decision: decision?.id ?? null,
          answer: inquiry.inquirer === null ? null : answer,
        },
      }),
    );
  });
}

/** The question becomes an appeal in its words; of a dismissed report, against what stands about the content. */
async function toAppeal(house: House, tx: Tx, of: Case, inquiry: inquiries.Inquiry): Promise<string> {
  const asked = await reveal(house, tx, 'inquiry.received', inquiry.record);
  const contested = inquiry.decision ?? (await decidedOn(tx, of))?.id;
  if (inquiry.inquirer === null || !asked?.text || contested === undefined)
    throw new Problem('appeal-not-open', 'There is nobody to appeal, or nothing to appeal against.');
  const { appeal } = await receiveAppeal(house, tx, of.service, {
    decision: contested,
    role: inquiry.role,
    by: inquiry.inquirer,
    text: asked.text,
    language: inquiry.language,
  });
  return appeal;
}
