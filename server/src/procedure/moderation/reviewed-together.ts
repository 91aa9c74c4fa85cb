import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { handleAsId } from '../../records/index.ts';
import type { Member } from '../../staff/index.ts';
import { lockTogether } from '../casework/bundle.ts';
import { together } from '../casework/together.ts';
import type { House } from '../house.ts';
import { asBefore } from './anew.ts';
import { demandItemFit, demandLane } from './decide.ts';
import { guidelinesFor } from './guidelines.ts';
import type { Instead } from './instead.ts';
import { lockAccounts } from './lock.ts';
import { makeDecision } from './make.ts';
import { layProposal } from './propose.ts';
import { takeBack } from './sanction.ts';
import { withhold } from './withhold.ts';

const day = 24 * 3_600_000;

/** What was decided alone, and all that was decided as one with it. The one that leads comes first. */
async function decidedTogether(tx: Tx, lead: string): Promise<decisions.Decision[]> {
  const bundle = await decisions.bundleOf(tx, lead);
  const ids = bundle === undefined ? [] : await decisions.inBundle(tx, bundle);
  const all: decisions.Decision[] = [];
  for (const id of [lead, ...ids.filter((one) => one !== lead)]) all.push((await decisions.decision(tx, id)) as decisions.Decision);
  return all;
}

/** The case of what was decided alone, and those of what was decided as one with it, locked in one order; the one that leads comes first. */
export async function lockReviewed(tx: Tx, { id, case: lead }: Pick<decisions.Alone, 'id' | 'case'>): Promise<cases.Case[]> {
  return lockTogether(tx, [lead, ...(await decidedTogether(tx, id)).map((one) => one.case)]);
}

/** A decision that still stands and is to be decided otherwise. */
export interface Reached extends decisions.Standing {
  readonly first: decisions.Decision;
  readonly case: cases.Case;
}

/**
 * All that deciding otherwise would change. What another decision has taken the place of meanwhile is left as it is.
 * @param all the cases, locked @throws Problem `conflict`, `measure-unfit`, `child-safety-only`.
 */
export async function reachedBy(
  tx: Tx,
  all: readonly cases.Case[],
  contested: decisions.Decision,
  { determination, clause, days }: Pick<Instead, 'determination' | 'clause' | 'days'>,
): Promise<Reached[]> {
  const standing: Reached[] = [];
  for (const first of await decidedTogether(tx, contested.id)) {
    const of = all.find(({ id }) => id === first.case) as cases.Case;
    const stands = await decisions.standingFor(tx, first);
    if (stands.still) standing.push({ ...stands, first, case: of });
  }
  if (standing.length === 0) throw new Problem('conflict', 'Another decision has taken its place.');
  const reached = standing.filter(({ first }) => first.determination !== determination);
  if (reached.length === 0) throw new Problem('measure-unfit', 'Say what should have been decided instead.');
  for (const { first, case: of } of reached) {
    demandLane(of, clause);
    await demandItemFit(tx, first.target, { determination, days });
  }
  return reached;
}

/** Why one person is not enough to decide all of this otherwise. @param most how many one may decide at once */
export function needsOf(
  reached: readonly Reached[],
  { determination, clause }: Pick<Instead, 'determination' | 'clause'>,
  most: number,
): decisions.Need[] {
  const needs = reached.flatMap(({ case: { harm } }) => decisions.needsOf({ harm, determination, clause }));
  return [...new Set([...needs, ...(reached.length > most ? (['bulk'] as const) : [])])];
}

/**
 * It waits for a second person. Protecting never needs two: what would be acted on is hidden in the same transaction, its authors are told of
 * that once each.
 */
export async function proposeInstead(
  house: House,
  tx: Tx,
  member: Member,
  about: { readonly all: readonly cases.Case[]; readonly contested: decisions.Decision; readonly reached: readonly Reached[] },
  own: Instead,
  needs: readonly decisions.Need[],
): Promise<decisions.Proposal> {
  const lead = about.all[0] as cases.Case;
  const hidden: decisions.Decision[] = [];
  for (const { case: of, standing } of about.reached) {
    const clause = await clauseFor(tx, standing, own);
    const made = clause && (await withhold(house, tx, of, standing.revision as string, clause, member.id, ''));
    if (made) hidden.push(made);
  }
  if (hidden.length > 1) await together(house, tx, lead, hidden);
  const { id, revision } = about.contested;
  const answers = { to: 'review', id, decision: id, outcome: null, alone: null } as const;
  return layProposal(house, tx, lead, member, { ...own, revision: revision as string, answers }, needs);
}

/**
 * Another decision takes the place of each, as one: each author is told once. Where nothing was wrong, the strikes and measures of all of them go
 * with it. The caller holds the locks of the cases.
 */
export async function decideAllInstead(
  house: House,
  tx: Tx,
  reached: readonly Reached[],
  own: Instead,
  { case: lead, by, took }: { readonly case: cases.Case; readonly by: string; readonly took: string },
): Promise<decisions.Decision> {
  const { determination, territory, days, reason } = own;
  const endsAt = days === null ? null : new Date(house.clock.now().getTime() + days * day);
  const authors = new Map<string, { readonly first: Reached; readonly now: decisions.Decision }>();
  await lockAccounts(tx, await targetsOf(house, tx, reached));
  const made: decisions.Decision[] = [];
  for (const one of reached) {
    const { first, case: of, standing, tip } = one;
    const its = { case: of, revision: standing.revision as string, supersedes: tip, clause: await clauseFor(tx, standing, own) };
    const told = first.account !== null && authors.has(first.account);
    // What is one author's is one strike, or one that is given back.
    const plan = told ? { plan: null } : {};
    const now = await makeDecision(house, tx, {
      stage: 'final',
      determination,
      territory,
      endsAt,
      reason,
      by,
      appeal: took,
      ...its,
      ...plan,
    });
    if (first.account !== null && !told) authors.set(first.account, { first: one, now });
    made.push(now);
  }
  if (made.length > 1) await together(house, tx, lead, made);
  if (determination === 'none')
    for (const { first, now } of authors.values()) await takeBack(house, tx, { case: first.case, contested: first.first, by, reason, now });
  return made[0] as decisions.Decision;
}

/** Nobody agreed: what was hidden meanwhile is as it was decided before. What waits for another second person by now stays hidden. */
export async function leaveAllAsDecided(
  house: House,
  tx: Tx,
  contested: decisions.Decision,
  about: { readonly by: string; readonly took: string },
): Promise<void> {
  for (const first of await decidedTogether(tx, contested.id)) {
    const of = (await cases.caseOf(tx, first.case)) as cases.Case;
    if (!of.awaiting) await asBefore(house, tx, of, await decisions.standingFor(tx, first), about);
  }
}

/** The same clause in the guidelines of the day when this was seen. @throws Problem `clause-unknown`. */
async function clauseFor(tx: Tx, { revision }: decisions.Decision, { clause }: Pick<Instead, 'clause'>): Promise<Instead['clause']> {
  if (clause === null) return null;
  const then = (await guidelinesFor(tx, revision as string)).clauseOf(clause.id);
  if (!then) throw new Problem('clause-unknown', `The guidelines of the day when this was seen have no clause “${clause.id}”.`);
  return then;
}

async function targetsOf(house: House, tx: Tx, reached: readonly Reached[]): Promise<string[]> {
  const accounts = new Set(reached.flatMap(({ first: { account } }) => account ?? []));
  const targets: string[] = [];
  for (const party of accounts) targets.push(await handleAsId(house, tx, { role: 'author', party, purpose: 'evidence' }));
  return targets;
}
