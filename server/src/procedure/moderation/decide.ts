import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import { Problem } from '../../foundation/http/problems.ts';
import * as policy from '../../policy/index.ts';
import { demand, type Member } from '../../staff/index.ts';
import * as subjects from '../../subjects/index.ts';
import type { House } from '../house.ts';
import { guidelinesFor } from './guidelines.ts';
import { demandOpen, lockCase } from './lock.ts';
import { makeDecision, planOf } from './make.ts';
import { demandPlanned, sanction } from './sanction.ts';

export interface DecisionInput {
  readonly case: string;
  readonly determination: policy.FinalDetermination;
  /** Where it holds: in Malaysia only, or, where it isn't said, everywhere. */
  readonly territory?: 'MY' | null;
  /** After how many days it ends by itself; for good where it isn't said. */
  readonly days?: number | null;
  /** Which clause is broken; none where no violation is found. */
  readonly clause: string | null;
  readonly reason: string;
  /** What is done to the author's account: what the ladder has, or less; nothing where it is left out. */
  readonly measure?: policy.AccountMeasure | 'suggested' | null;
  /** Why less is done than the ladder has: asked wherever a measure is named. For the staff only. */
  readonly lessened?: string;
}

/**
 * Decides a case for good: clause and reason are asked of everybody (invariant 4), the platform is asked for what follows, both sides are
 * told by what hears the record. Durable when it returns; *done* when the platform acknowledges.
 * @throws Problem `forbidden`, `case-unknown`, `case-closed`, `case-merged`, `lease-expired`, `clause-unknown`, `reason-missing`, `measure-too-grave`,
 * `lessening-unexplained`, `measure-unfit`.
 */
export async function decide(house: House, member: Member, input: DecisionInput): Promise<decisions.Decision> {
  demand(member, 'case.decide', 'case');
  return house.db.begin('doors', async (tx) => {
    const of = await lockCase(tx, input.case);
    const revision = (await cases.revisionsOf(tx, of.id)).at(-1) as string;
    const clause = judged(await guidelinesFor(tx, revision), input);
    demandOpen(of, 'This case has been decided. An appeal is the way to another decision.');
    if ((await cases.workOn(tx, of.id))?.state === 'bundled' || (await cases.bundledWith(tx, of.id)).length > 0)
      throw new Problem('case-bundled', 'This case and others are decided as one.');
    const lease = await cases.leaseOn(tx, of.id, house.clock.now());
    if (lease?.staff !== member.id)
      throw new Problem('lease-expired', 'You do not hold this case any more. Take it again; what you wrote is kept on the page.');
    const item = await subjects.item(tx, of.item);
    demandFit(input, item?.kind ?? '');
    const author = item?.author ?? null;
    const { lessened = '', determination } = input;
    let measure: policy.AccountMeasure | null = null;
    if (input.measure !== undefined && author !== null) {
      const about = { decision: house.ids.next(), determination, clause, now: house.clock.now() };
      const plan = await planOf(tx, of, author, about);
      measure = input.measure === 'suggested' ? plan.actions.account.alone : input.measure;
      demandPlanned(plan, measure, lessened);
    }
    const decision = await makeDecision(house, tx, {
      measure,
      lessened,
      case: of,
      revision,
      stage: 'final',
      determination: input.determination,
      territory: input.territory ?? null,
      endsAt: input.days ? new Date(house.clock.now().getTime() + input.days * day) : null,
      clause,
      reason: input.reason.trim(),
      by: member.id,
      supersedes: (await decisions.standingIn(tx, of.id, of.item)) ?? null,
    });
    if (measure !== null && author !== null)
      await sanction(house, tx, {
        case: of,
        account: author,
        follows: decision,
        measure,
        clause,
        reason: input.reason.trim(),
        by: member.id,
        supersedes: null,
      });
    await cases.dropLease(tx, of.id, member.id);
    return decision;
  });
}

const day = 24 * 3_600_000;

/** Can a platform do this to that kind of item, and for that time? @throws Problem `measure-unfit`. */
export function demandFit({ determination, days = null }: Pick<DecisionInput, 'determination' | 'days'>, kind: string): void {
  if (!policy.determinationsFor(kind).includes(determination))
    throw new Problem('measure-unfit', `“${determination}” is nothing that a platform can do to an item of the kind “${kind}”.`);
  if (days !== null && !(policy.mayBeTimed(determination) && Number.isInteger(days) && days >= 1 && days <= 365))
    throw new Problem('measure-unfit', `“${determination}” has no end of its own, or none after ${days} days: it may be 1 to 365.`);
}

interface Judgement {
  readonly determination: policy.Determination;
  readonly clause: string | null;
  readonly reason: string;
}

/** The clause and the reason that a decision must have. @throws Problem `clause-unknown`, `reason-missing`. */
export function judged(guidelines: policy.Policy, { determination, clause: id, reason }: Judgement): policy.Clause | null {
  if (reason.trim().length < 3) throw new Problem('reason-missing', 'Say why, in a sentence the person concerned will read.');
  if (determination === 'none' || determination === 'restore') return null;
  const clause = id === null ? undefined : guidelines.clauseOf(id);
  if (!clause)
    throw new Problem('clause-unknown', 'Name the clause that is broken, of the guidelines that were in force when this was seen.');
  return clause;
}
