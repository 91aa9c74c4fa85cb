import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import type * as policy from '../../policy/index.ts';
import { append, happenedBy, reveal } from '../../records/index.ts';
import { demand, type Member } from '../../staff/index.ts';
import { confirmBundle, lockBundle } from '../casework/decide-bundle.ts';
import { judgedBundle } from '../casework/propose-bundle.ts';
import type { House } from '../house.ts';
import { carryOutAnswer, isAnswering, leaveAsDecided, lockAnswered } from './answering.ts';
import { carryOut, demandItemFit, demandLane, judged } from './decide.ts';
import { guidelinesFor } from './guidelines.ts';
import { lockCase } from './lock.ts';
import { concerned, type Judged, propose } from './propose.ts';

/** What a second person says of a proposal. */
export type SecondRuling = { readonly proposal: string } & (
  | { readonly outcome: 'confirmed' }
  | { readonly outcome: 'refused'; readonly reason: string }
  | {
      readonly outcome: 'changed';
      readonly determination: policy.FinalDetermination;
      readonly territory?: 'MY' | null;
      readonly days?: number | null;
      readonly clause: string | null;
      readonly reason: string;
    }
);

/**
 * A second person, who is never the first (invariant 6) and has looked at the material since, settles a proposal. Confirmed, it is a decision
 * like any other. Changed, what they would decide needs two again: their own proposal takes its place, for the first person or a third.
 * Refused, the case goes back to the queue. A bundle is confirmed or refused whole: what belongs in it, and what is decided otherwise, is for
 * whoever gathers it. So is what answers an appeal, an inquiry or a review, by somebody who did not make the decision that it changes: refused,
 * that is heard again.
 * @throws Problem `forbidden`, `same-person`, `proposal-unknown`, `proposal-settled`, `look-first`, `clause-unknown`, `reason-missing`,
 * `measure-unfit`, `conflict`.
 */
export async function settleProposal(
  house: House,
  member: Member,
  ruling: SecondRuling,
): Promise<decisions.Decision | decisions.Proposal | null> {
  return house.db.begin('doors', (tx) => settleIn(house, tx, member, ruling));
}

/** The same in the caller's transaction. */
export async function settleIn(
  house: House,
  tx: Tx,
  member: Member,
  ruling: SecondRuling,
): Promise<decisions.Decision | decisions.Proposal | null> {
  const { of, all, proposal } = await waiting(tx, ruling.proposal);
  const contested = proposal.answers && (await decisions.decision(tx, proposal.answers.decision));
  const { decidedBy, proposedBy: first, others } = contested ? await decisions.madeBy(tx, contested) : nobody;
  demand(member, 'proposal.settle', {
    type: 'proposal',
    proposedBy: proposal.proposedBy,
    contestedBy: [decidedBy, first, ...others],
    harm: of.harm,
  });
  if (!(await hasLooked(tx, proposal, member)))
    throw new Problem('look-first', 'Look at the material before you see what was proposed, and then settle it.');
  if (ruling.outcome === 'confirmed') return confirm(house, tx, all, proposal, member);
  if (ruling.outcome === 'changed' && (proposal.bundle !== null || proposal.answers !== null))
    throw new Problem('conflict', 'This is confirmed, or given back with what should be otherwise.');
  const judgement = ruling.outcome === 'refused' ? ({ determination: 'none', clause: null, reason: ruling.reason } as const) : ruling;
  const clause = judged(await guidelinesFor(tx, proposal.revision), judgement);
  demandLane(of, clause);
  await settle(house, tx, of, proposal, member, { outcome: ruling.outcome, reason: ruling.reason.trim() });
  if (ruling.outcome === 'refused') {
    if (isAnswering(proposal)) await leaveAsDecided(house, tx, of, proposal, member);
    return null;
  }
  const { determination, reason, territory = null, days = null } = ruling;
  await demandItemFit(tx, of.item, ruling);
  const own = { revision: proposal.revision, determination, clause, reason: reason.trim(), territory, days };
  const needs = decisions.needsOf({ harm: of.harm, determination, clause });
  if (needs.length > 0) return propose(house, tx, of, member, { ...own, after: proposal.id }, needs);
  return carryOut(house, tx, of, own, member);
}

const nobody: decisions.MadeBy = { decidedBy: null, proposedBy: null, others: [] };

/**
 * Whoever proposed takes it back; the case goes back to the queue, what was hidden stays hidden, unless it had been decided before.
 * @throws Problem `forbidden`, `proposal-unknown`, `proposal-settled`.
 */
export async function cancelProposal(house: House, member: Member, id: string): Promise<void> {
  await house.db.begin('doors', async (tx) => {
    const { of, proposal } = await waiting(tx, id);
    demand(member, 'proposal.cancel', { type: 'proposal', proposedBy: proposal.proposedBy, harm: of.harm });
    await settle(house, tx, of, proposal, member, { outcome: 'cancelled', reason: null });
    if (isAnswering(proposal)) await leaveAsDecided(house, tx, of, proposal, member);
  });
}

/**
 * What one person proposed and decides alone (break-glass): the proposal is taken back, and carried out as it was, a bundle whole. One's own only,
 * and nothing that answers an appeal, an inquiry or a review.
 * @throws Problem `forbidden`, `proposal-unknown`, `proposal-settled`, `conflict`, and whatever keeps it from being decided by now.
 */
export async function confirmAlone(
  house: House,
  tx: Tx,
  member: Member,
  id: string,
): Promise<{ readonly of: cases.Case; readonly decision: decisions.Decision; readonly needs: readonly decisions.Need[] }> {
  const { of, all, proposal } = await waiting(tx, id);
  demand(member, 'proposal.cancel', { type: 'proposal', proposedBy: proposal.proposedBy, harm: of.harm });
  for (const { harm } of all) demand(member, 'case.decide', { type: 'case', harm });
  if (isAnswering(proposal)) throw new Problem('conflict', 'An appeal, an inquiry or a review waits for a second person.');
  await settle(house, tx, of, proposal, member, { outcome: 'cancelled', reason: null });
  return { of, decision: await carryOutProposed(house, tx, all, proposal, member), needs: proposal.needs };
}

/** Has this person looked at the material of the case since it was proposed? Fingerprints are a look, where they are what is looked at first. */
async function hasLooked(tx: Tx, { case: of, proposedAt }: decisions.Proposal, { id }: Member): Promise<boolean> {
  return happenedBy(tx, { case: of, kind: 'material.viewed', party: id, since: proposedAt });
}

async function confirm(
  house: House,
  tx: Tx,
  all: readonly cases.Case[],
  proposal: decisions.Proposal,
  member: Member,
): Promise<decisions.Decision> {
  const decision = await carryOutProposed(house, tx, all, proposal, member);
  await settle(house, tx, all[0] as cases.Case, proposal, member, { outcome: 'confirmed', decision: decision.id, reason: null });
  return decision;
}

/** What was proposed is decided; of a bundle all of it. The one that leads. */
async function carryOutProposed(
  house: House,
  tx: Tx,
  all: readonly cases.Case[],
  proposal: decisions.Proposal,
  member: Member,
): Promise<decisions.Decision> {
  const of = all[0] as cases.Case;
  const told = await reveal(house, tx, 'decision.proposed', proposal.record);
  if (told?.bundle) {
    const { judgement, seen } = judgedBundle(proposal, { ...told, bundle: told.bundle });
    return confirmBundle(house, tx, all, judgement, seen, member);
  }
  const own = await proposedBy(house, tx, proposal);
  return isAnswering(proposal) ? carryOutAnswer(house, tx, of, proposal, own, member) : carryOut(house, tx, of, own, member);
}

/** What the first person had made up their mind to. */
async function proposedBy(house: House, tx: Tx, proposal: decisions.Proposal): Promise<Judged> {
  const told = await reveal(house, tx, 'decision.proposed', proposal.record);
  return {
    revision: proposal.revision,
    determination: proposal.determination,
    territory: proposal.territory,
    days: proposal.days,
    clause: proposal.clause === null ? null : ((await guidelinesFor(tx, proposal.revision)).clauseOf(proposal.clause) ?? null),
    reason: told?.reason ?? told?.said ?? '',
    lessened: told?.lessened ?? '',
    ...(told?.measure ? { measure: told.measure as policy.AccountMeasure | 'suggested' } : {}),
  };
}

interface Settling {
  readonly outcome: 'confirmed' | 'changed' | 'refused' | 'cancelled';
  readonly decision?: string;
  readonly reason: string | null;
}

async function settle(
  house: House,
  tx: Tx,
  of: cases.Case,
  proposal: decisions.Proposal,
  member: Member,
  { outcome, decision = undefined, reason }: Settling,
): Promise<void> {
  const parties = await concerned(tx, of, member);
  const because = await append(house, tx, {
    kind: 'proposal.settled',
    service: of.service,
    case: of.id,
    parties,
    payload: {
      proposal: proposal.id,
      outcome,
      decision: decision ?? null,
      reason: parties.some(({ role }) => role === 'author') ? reason : null,
    },
  });
  await decisions.settle(because);
  await cases.giveBack(because);
}

interface Waiting {
  readonly of: cases.Case;
  /** It, and what is decided with it. */
  readonly all: readonly cases.Case[];
  readonly proposal: decisions.Proposal;
}

async function waiting(tx: Tx, id: string): Promise<Waiting> {
  const known = await decisions.proposal(tx, id);
  if (!known) throw new Problem('proposal-unknown', `There is no proposal ${id}.`);
  const alone = () => (isAnswering(known) ? lockAnswered(tx, known) : lockCase(tx, known.case));
  const all = known.bundle === null ? [await alone()] : await lockBundle(tx, known.case);
  const of = all[0] as cases.Case;
  const proposal = (await decisions.proposal(tx, id)) as decisions.Proposal;
  if (proposal.state !== 'waiting') throw new Problem('proposal-settled', 'This proposal has been settled.');
  return { of, all, proposal };
}
