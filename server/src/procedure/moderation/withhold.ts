import type { Case } from '../../cases/index.ts';
import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import * as policy from '../../policy/index.ts';
import { demand, type Member } from '../../staff/index.ts';
import * as subjects from '../../subjects/index.ts';
import type { House } from '../house.ts';
import { desiredNow } from './enforce.ts';
import { escalate } from './escalate.ts';
import { guidelinesFor } from './guidelines.ts';
import { demandOpen, lockCase } from './lock.ts';
import { makeDecision } from './make.ts';

/**
 * Makes content temporarily inaccessible while it is being decided (Act 866 ss.22, 23; invariant 5). Protecting never needs two: a machine
 * does it for priority content, a moderator for any. Nothing happens where it is hidden already. Null then.
 */
export async function withhold(
  house: House,
  tx: Tx,
  of: Case,
  revision: string,
  clause: policy.Clause,
  by: string | null,
  reason: string,
  versions: Readonly<Record<string, string>> = {},
): Promise<decisions.Decision | null> {
  if (policy.isHidden(await desiredNow(tx, of.item))) return null;
  return makeDecision(house, tx, {
    case: of,
    revision,
    stage: 'temporary',
    determination: policy.protectiveFor((await subjects.item(tx, of.item))?.kind ?? ''),
    clause,
    reason,
    by,
    versions,
    supersedes: (await decisions.standingIn(tx, of.id, of.item)) ?? null,
  });
}

/**
 * A moderator hides an item while the case is open, and what was merged into the case. By a clause on child abuse material it becomes a case of
 * that harm: from the same moment child-safety reviewers alone see it, and it waits behind nothing (invariant 3). Null where all of it is hidden
 * already.
 * @throws Problem `forbidden`, `case-unknown`, `case-closed`, `case-merged`, `clause-unknown`.
 */
export async function hide(
  house: House,
  member: Member,
  input: { readonly case: string; readonly clause: string },
): Promise<decisions.Decision | null> {
  return house.db.begin('doors', async (tx) => {
    const of = await lockCase(tx, input.case);
    demand(member, 'case.withhold', { type: 'case', harm: of.harm });
    demandOpen(of);
    let hidden: decisions.Decision | null = null;
    for (const one of [of, ...(await cases.mergedInto(tx, of.id))]) {
      const revision = (await cases.revisionsOf(tx, one.id)).at(-1) as string;
      const clause = (await guidelinesFor(tx, revision)).clauseOf(input.clause);
      if (!clause) throw new Problem('clause-unknown', `The guidelines of the day when this was written have no clause “${input.clause}”.`);
      const made = await withhold(house, tx, one, revision, clause, member.id, '');
      hidden ??= made;
      if (clause.harm === 'csam' && one.harm !== 'csam') await escalate(house, tx, one, 'csam', member.id, house.clock.now());
    }
    return hidden;
  });
}
