import type * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { demand, type Member } from '../../staff/index.ts';
import type { House } from '../house.ts';
import { asBefore } from './anew.ts';
import { answerAgreed } from './answer-inquiry.ts';
import { lockCase } from './lock.ts';
import type { Judged } from './propose.ts';
import { type Hears, lockContested, rule } from './reverse.ts';
import { reverseAgreed } from './review-alone.ts';
import { leaveAllAsDecided, lockReviewed } from './reviewed-together.ts';

/** A proposal about what was decided before. */
export type Answering = decisions.Proposal & { readonly answers: decisions.Answers };

/** Whether this proposal is about what was decided before. */
export function isAnswering(proposal: decisions.Proposal): proposal is Answering {
  return proposal.answers !== null;
}

/** Its case, and what else it reaches, locked in one order. */
export async function lockAnswered(tx: Tx, { answers, case: id }: Answering): Promise<cases.Case> {
  if (answers.to === 'appeal') return (await lockContested(tx, { ...answers, appeal: answers.id })).of;
  return answers.to === 'review' ? ((await lockReviewed(tx, { id: answers.id, case: id }))[0] as cases.Case) : lockCase(tx, id);
}

/**
 * A second person agrees: the appeal or the inquiry is answered, the review ends, and what it led to is carried out. Whoever made the decision
 * that it changes has had their say. The caller holds the locks.
 * @throws Problem `same-person`, and whatever keeps it from being decided by now.
 */
export async function carryOutAnswer(
  house: House,
  tx: Tx,
  of: cases.Case,
  { answers, proposedBy }: Answering,
  { determination, territory = null, days = null, clause, reason }: Judged,
  member: Member,
): Promise<decisions.Decision> {
  const hears: Hears = (first, harm) =>
    demand(member, 'proposal.settle', {
      type: 'proposal',
      proposedBy,
      contestedBy: [first.decidedBy, first.proposedBy, ...first.others],
      harm,
    });
  const own = { determination, territory, days, reason };
  const named = { ...own, clause: clause?.id ?? null };
  if (answers.to === 'appeal') {
    const ruling = { appeal: answers.id, outcome: answers.outcome, alone: answers.alone, ...named };
    return (await rule<never>(house, tx, member, ruling, async () => null, hears)) as decisions.Decision;
  }
  if (answers.to === 'inquiry') return answerAgreed(house, tx, { member, hears }, of, answers.id, named);
  return reverseAgreed(house, tx, member, answers.id, { ...own, clause });
}

/** Nobody agreed, or whoever proposed it took it back: what was hidden meanwhile is as it was decided before. */
export async function leaveAsDecided(house: House, tx: Tx, of: cases.Case, { id, answers }: Answering, { id: by }: Member): Promise<void> {
  const contested = (await decisions.decision(tx, answers.decision)) as decisions.Decision;
  if (answers.to === 'review') await leaveAllAsDecided(house, tx, contested, { by, took: id });
  else await asBefore(house, tx, of, await decisions.standingFor(tx, contested), { by, took: id });
}
