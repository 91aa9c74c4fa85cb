import type { Case } from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import type * as inquiries from '../../inquiries/index.ts';
import * as policy from '../../policy/index.ts';
import { demand, type Member } from '../../staff/index.ts';
import type { House } from '../house.ts';
import { demandFitAgain, proposer } from './anew.ts';
import { demandLane, judged } from './decide.ts';
import { makeDecision } from './make.ts';
import { takeBack } from './sanction.ts';

/** What is decided instead. */
export interface Correction {
  readonly determination: policy.FinalDetermination;
  readonly territory?: 'MY' | null;
  readonly days?: number | null;
  readonly clause: string | null;
}

/**
 * Takes a decision back on an inquiry, as an appeal would: by a second person, and carried out by itself.
 * @throws Problem `forbidden`, `same-person`, `decision-not-open`, `clause-unknown`, `measure-unfit`, `child-safety-only`, `second-person-needed`.
 */
export async function correct(
  house: House,
  tx: Tx,
  member: Member,
  of: Case,
  inquiry: inquiries.Inquiry,
  correction: Correction | null,
  reason: string,
): Promise<decisions.Decision> {
  const asked = (await decisions.decision(tx, inquiry.decision as string)) as decisions.Decision;
  if (correction === null) throw new Problem('measure-unfit', 'Say what is to be done instead.');
  const { determination, territory = null, days = null } = correction;
  const clause = judged((await policy.named(tx, asked.policy)) as policy.Policy, { ...correction, reason });
  const proposedBy = await proposer(tx, asked);
  demand(member, 'appeal.decide', { type: 'appeal', decidedBy: asked.decidedBy, proposedBy, harm: of.harm });
  if (asked.supersededBy !== null || asked.stage !== 'final' || asked.targetKind !== 'item')
    throw new Problem(
      'decision-not-open',
      'Only a final decision on an item, while it stands, is corrected here; an open case is decided on its page, an account measure in appeal.',
    );
  demandLane(of, clause);
  await demandFitAgain(tx, asked, { determination, days });
  const needs = decisions.needsOf({ harm: of.harm, determination, clause });
  if (needs.length > 0) throw new Problem('second-person-needed', `This needs a second person (${needs.join(', ')}). Send it to appeal.`);
  const made = await makeDecision(house, tx, {
    case: of,
    revision: asked.revision as string,
    stage: 'final',
    determination,
    territory,
    endsAt: days === null ? null : new Date(house.clock.now().getTime() + days * 24 * 3_600_000),
    clause,
    reason,
    by: member.id,
    supersedes: asked,
    // What took the case up again; the fold and the table of outcomes need not know that it was no appeal.
    appeal: inquiry.id,
  });
  if (determination === 'none') await takeBack(house, tx, { case: of, contested: asked, by: member.id, reason, now: made });
  return made;
}
