import type { Case } from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import * as inquiries from '../../inquiries/index.ts';
import { append, reveal } from '../../records/index.ts';
import { demand, type Member } from '../../staff/index.ts';
import type { House } from '../house.ts';
import { receiveAppeal } from './appeal.ts';
import { type Correction, correct } from './correct.ts';
import { lockCase } from './lock.ts';
import type { Hears } from './reverse.ts';
import { decidedOn, takeUpReport } from './take-up.ts';

export type InquiryAnswer = {
  readonly inquiry: string;
  readonly answer: string;
} & ({ readonly outcome: 'explained' | 'appeal' } | ({ readonly outcome: 'corrected' } & (Correction | object)));

/**
 * A person answers an inquiry in writing: explains; or sends it to appeal, which somebody else than the first decides; or, being another
 * person themselves, corrects what was decided, or takes the dismissal back. A correction that needs two people waits for the second, and the
 * inquiry with it.
 * @returns what waits, or null where the inquiry is answered
 * @throws Problem `forbidden`, `same-person`, `inquiry-unknown`, `decision-not-open`, `appeal-not-open`, `appeal-exists`, `clause-unknown`,
 * `reason-missing`, `measure-unfit`, `child-safety-only`, `second-person-waits`.
 */
export async function answerInquiry(house: House, member: Member, given: InquiryAnswer): Promise<decisions.Proposal | null> {
  const answer = given.answer.trim();
  if (answer.length < 3) throw new Problem('reason-missing', 'Answer in a sentence; whoever asked will read it.');
  return house.db.begin('doors', async (tx) => {
    const known = await inquiries.inquiry(tx, given.inquiry);
    if (!known) throw new Problem('inquiry-unknown', `There is no inquiry ${given.inquiry}.`);
    const of = await lockCase(tx, known.case);
    demand(member, 'inquiry.answer', { type: 'inquiry', harm: of.harm });
    const inquiry = (await inquiries.inquiry(tx, known.id)) as inquiries.Inquiry;
    if (inquiry.state !== 'received') throw new Problem('decision-not-open', 'This inquiry has been answered.');
    if ((await decisions.waitingProposal(tx, of.id))?.answers?.id === inquiry.id)
      throw new Problem('second-person-waits', 'A correction waits for a second person: what they say of it is the answer.');
    if (inquiry.report !== null && given.outcome !== 'explained') await takeUpReport(house, tx, member, of, inquiry, given.outcome);
    const appeal = given.outcome === 'appeal' ? await toAppeal(house, tx, of, inquiry) : null;
    const hears: Hears = (first, harm) => demand(member, 'appeal.decide', { type: 'appeal', ...first, harm });
    const corrected =
      given.outcome === 'corrected' && inquiry.decision !== null
        ? await correct(house, tx, { member, hears }, of, inquiry, 'determination' in given ? given : null, answer)
        : null;
    if (corrected?.state === 'waiting') return corrected;
    await answered(house, tx, member, of, inquiry, { outcome: given.outcome, appeal, decision: corrected?.id ?? null, answer });
    return null;
  });
}

/**
 * A second person has agreed to a correction: it is carried out, and the inquiry answered, in the words of the first. The caller holds the case's lock.
 * @throws Problem as `answerInquiry`.
 */
export async function answerAgreed(
  house: House,
  tx: Tx,
  { member, hears }: { readonly member: Member; readonly hears: Hears },
  of: Case,
  id: string,
  correction: Correction & { readonly reason: string },
): Promise<decisions.Decision> {
  const inquiry = (await inquiries.inquiry(tx, id)) as inquiries.Inquiry;
  if (inquiry.state !== 'received') throw new Problem('decision-not-open', 'This inquiry has been answered.');
  const answer = correction.reason;
  const made = (await correct(house, tx, { member, hears, agreed: true }, of, inquiry, correction, answer)) as decisions.Decision;
  await answered(house, tx, member, of, inquiry, { outcome: 'corrected', appeal: null, decision: made.id, answer });
  return made;
}

interface Answered {
  readonly outcome: InquiryAnswer['outcome'];
  readonly appeal: string | null;
  readonly decision: string | null;
  readonly answer: string;
}

async function answered(
  house: House,
  tx: Tx,
  member: Member,
  of: Case,
  inquiry: inquiries.Inquiry,
  { outcome, appeal, decision, answer }: Answered,
): Promise<void> {
  await inquiries.answer(
    await append(house, tx, {
      kind: 'inquiry.answered',
      service: of.service,
      case: of.id,
      parties: [
        { role: 'actor', party: member.id, purpose: 'staff' },
        ...(inquiry.inquirer === null ? [] : [{ role: 'inquirer', party: inquiry.inquirer, purpose: 'report' } as const]),
      ],
      payload: { inquiry: inquiry.id, outcome, appeal, decision, answer: inquiry.inquirer === null ? null : answer },
    }),
  );
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
