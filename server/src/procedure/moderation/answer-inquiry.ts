import type { Case } from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import * as inquiries from '../../inquiries/index.ts';
import * as policy from '../../policy/index.ts';
import { append, reveal } from '../../records/index.ts';
import { demand, type Member } from '../../staff/index.ts';
import type { House } from '../house.ts';
import { demandFitAgain, proposer } from './anew.ts';
import { receiveAppeal } from './appeal.ts';
import { demandLane, judged } from './decide.ts';
import { lockCase } from './lock.ts';
import { makeDecision } from './make.ts';
import { takeBack } from './sanction.ts';

export type InquiryAnswer =
  | { readonly inquiry: string; readonly outcome: 'explained' | 'appeal'; readonly answer: string }
  | {
      readonly inquiry: string;
      readonly outcome: 'corrected';
      readonly determination: policy.FinalDetermination;
      readonly territory?: 'MY' | null;
      readonly days?: number | null;
      readonly clause: string | null;
      readonly answer: string;
    };

/**
 * A person answers an inquiry in writing: explains; or sends it to appeal, which somebody else than the first decides; or, being a second
 * person themselves, corrects the decision at once. What needs two people is not corrected here.
 * @throws Problem `forbidden`, `same-person`, `inquiry-unknown`, `decision-not-open`, `appeal-not-open`, `appeal-exists`, `clause-unknown`,
 * `reason-missing`, `measure-unfit`, `child-safety-only`, `second-person-needed`.
 */
export async function answerInquiry(house: House, member: Member, given: InquiryAnswer): Promise<void> {
  const correcting = given.outcome === 'corrected';
  await house.db.begin('doors', async (tx) => {
    const known = await inquiries.inquiry(tx, given.inquiry);
    if (!known) throw new Problem('inquiry-unknown', `There is no inquiry ${given.inquiry}.`);
    const of = await lockCase(tx, known.case);
    demand(member, 'inquiry.answer', { type: 'inquiry', harm: of.harm });
    const inquiry = (await inquiries.inquiry(tx, known.id)) as inquiries.Inquiry;
    if (inquiry.state !== 'received') throw new Problem('decision-not-open', 'This inquiry has been answered.');
    const asked = (await decisions.decision(tx, inquiry.decision)) as decisions.Decision;
    const judgement = correcting ? given : ({ determination: 'none', clause: null } as const);
    const clause = judged((await policy.named(tx, asked.policy)) as policy.Policy, { ...judgement, reason: given.answer });
    const appeal = given.outcome === 'appeal' ? await toAppeal(house, tx, of, inquiry) : null;
    const decision = correcting ? await correct(asked) : null;
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
          answer: inquiry.inquirer === null ? null : given.answer.trim(),
        },
      }),
    );

    /** Takes the decision back as an appeal would: by a second person, and carried out by itself. */
    async function correct(asked: decisions.Decision): Promise<decisions.Decision> {
      const proposedBy = await proposer(tx, asked);
      demand(member, 'appeal.decide', { type: 'appeal', decidedBy: asked.decidedBy, proposedBy, harm: of.harm });
      if (asked.supersededBy !== null || asked.stage !== 'final' || asked.targetKind !== 'item' || given.outcome !== 'corrected')
        throw new Problem(
          'decision-not-open',
          'Only a final decision on an item, while it stands, is corrected here; an open case is decided on its page, an account measure in appeal.',
        );
      const { determination, territory = null, days = null } = given;
      demandLane(of, clause);
      await demandFitAgain(tx, asked, { determination, days });
      const needs = decisions.needsOf({ harm: of.harm, determination, clause });
      if (needs.length > 0)
        throw new Problem('second-person-needed', `This needs a second person (${needs.join(', ')}). Send it to appeal.`);
      const made = await makeDecision(house, tx, {
        case: of,
        revision: asked.revision as string,
        stage: 'final',
        determination,
        territory,
        endsAt: days === null ? null : new Date(house.clock.now().getTime() + days * 24 * 3_600_000),
        clause,
        reason: given.answer.trim(),
        by: member.id,
        supersedes: asked,
        // What took the case up again; the fold and the table of outcomes need not know that it was no appeal.
        appeal: inquiry.id,
      });
      if (determination === 'none')
        await takeBack(house, tx, { case: of, contested: asked, by: member.id, reason: given.answer.trim(), now: made });
      return made;
    }
  });
}

/** The question becomes an appeal in its words. */
async function toAppeal(house: House, tx: Tx, of: Case, inquiry: inquiries.Inquiry): Promise<string> {
  const asked = await reveal(house, tx, 'inquiry.received', inquiry.record);
  if (inquiry.inquirer === null || !asked?.text)
    throw new Problem('appeal-not-open', 'Whoever asked was erased: there is nobody to appeal.');
  const { appeal } = await receiveAppeal(house, tx, of.service, {
    decision: inquiry.decision,
    role: inquiry.role,
    by: inquiry.inquirer,
    text: asked.text,
    language: inquiry.language,
  });
  return appeal;
}
