import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import type * as policy from '../../policy/index.ts';
import { together } from '../casework/together.ts';
import type { House } from '../house.ts';
import { demandItemFit } from './decide.ts';
import { makeDecision } from './make.ts';
import { sanction, takeBack } from './sanction.ts';

/** What is decided instead, and why. */
export interface Instead {
  readonly determination: policy.FinalDetermination;
  readonly territory: 'MY' | null;
  readonly days: number | null;
  readonly clause: policy.Clause | null;
  readonly reason: string;
}

interface Taken {
  readonly case: cases.Case;
  /** The member of staff. */
  readonly by: string;
  /** What took the case up again: an appeal, an inquiry, a proposal. */
  readonly took: string;
}

const day = 24 * 3_600_000;

/**
 * Another decision about an item takes the place of the one that stands, and is carried out like any other; where nothing was wrong, what followed
 * for the author's account is taken back with it. The caller holds the case's lock, and those of what else it reaches.
 * @param alike what else was decided with it and is changed with it
 */
export async function decideInstead(
  house: House,
  tx: Tx,
  { standing, tip }: decisions.Standing,
  { determination, territory, days, clause, reason }: Instead,
  { case: of, by, took }: Taken,
  alike: readonly decisions.Decision[] = [],
): Promise<decisions.Decision> {
  const endsAt = days === null ? null : new Date(house.clock.now().getTime() + days * day);
  const same = { stage: 'final', determination, territory, endsAt, clause, reason, by, appeal: took } as const;
  const made = await makeDecision(house, tx, { ...same, case: of, revision: standing.revision as string, supersedes: tip });
  const others: decisions.Decision[] = [];
  for (const { id } of alike) {
    const one = (await decisions.decision(tx, id)) as decisions.Decision;
    const theirs = await decisions.standingFor(tx, one);
    if (!theirs.still) continue;
    await demandItemFit(tx, one.target, { determination, days });
    const its = { case: (await cases.caseOf(tx, one.case)) as cases.Case, revision: one.revision as string, supersedes: theirs.tip };
    // The strike of them all stands with the contested one.
    others.push(await makeDecision(house, tx, { ...same, ...its, plan: null }));
  }
  if (others.length > 0) await together(house, tx, of, [made, ...others]);
  if (determination === 'none') await takeBack(house, tx, { case: of, contested: standing, by, reason, now: made });
  return made;
}

/** Another measure on an account takes the place of the one that stands: something milder, or nothing. */
export async function sanctionInstead(
  house: House,
  tx: Tx,
  standing: decisions.Decision,
  {
    measure,
    clause,
    reason,
  }: { readonly measure: policy.AccountMeasure | 'none'; readonly clause: policy.Clause | null; readonly reason: string },
  { case: of, by, took }: Taken,
): Promise<decisions.Decision> {
  return sanction(house, tx, {
    case: of,
    account: standing.account as string,
    follows: (await decisions.decision(tx, standing.follows as string)) as decisions.Decision,
    measure,
    clause,
    reason,
    by,
    supersedes: standing,
    appeal: took,
  });
}
