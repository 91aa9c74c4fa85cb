import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import * as policy from '../../policy/index.ts';
import { demand, type Member } from '../../staff/index.ts';
import * as subjects from '../../subjects/index.ts';
import type { House } from '../house.ts';
import { guidelinesFor } from './guidelines.ts';
import { hold, waits } from './hold.ts';
import { demandNotAside, demandOpen, lockCase } from './lock.ts';
import { makeDecision, planOf } from './make.ts';
import { type Judged, propose } from './propose.ts';
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
 * Decides a case for good, where one person is enough: clause and reason are asked of everybody (invariant 4), the platform is asked for what
 * follows, both sides are told by what hears the record. Durable when it returns; *done* when the platform acknowledges.
 * @throws Problem as `decideOrPropose`, and `second-person-needed`, with nothing changed.
 */
export async function decide(house: House, member: Member, input: DecisionInput): Promise<decisions.Decision> {
  return judge<never>(house, member, input, async (_tx, _of, _judged, needs) => {
    if (needs.length > 0) throw new Problem('second-person-needed', `This needs a second person: ${needs.join(', ')}.`);
    return null;
  });
}

/**
 * The same, with time for second thoughts: what needs two people waits for the second, with the protective measure standing; what hides nothing
 * that is seen waits for its undo window.
 * @throws Problem `forbidden`, `case-unknown`, `case-closed`, `lease-expired`, `clause-unknown`, `reason-missing`, `child-safety-only`,
 * `second-person-waits`, `measure-too-grave`, `lessening-unexplained`, `measure-unfit`.
 */
export async function decideOrPropose(
  house: House,
  member: Member,
  input: DecisionInput,
): Promise<decisions.Decision | decisions.Proposal | decisions.Held> {
  return judge<decisions.Proposal | decisions.Held>(house, member, input, async (tx, of, judged, needs) => {
    if (needs.length > 0) return propose(house, tx, of, member, judged, needs);
    return (await waits(house, tx, of, judged)) ? hold(house, tx, of, member, judged) : null;
  });
}

async function judge<Else>(
  house: House,
  member: Member,
  input: DecisionInput,
  instead: (tx: Tx, of: cases.Case, judged: Judged, needs: readonly decisions.Need[]) => Promise<Else | null>,
): Promise<decisions.Decision | Else> {
  return house.db.begin('doors', async (tx) => {
    const of = await lockCase(tx, input.case);
    demand(member, 'case.decide', { type: 'case', harm: of.harm });
    const revision = (await cases.revisionsOf(tx, of.id)).at(-1) as string;
    const clause = judged(await guidelinesFor(tx, revision), input);
    demandLane(of, clause);
    demandOpen(of, 'This case has been decided. An appeal is the way to another decision.');
    if ((await cases.workOn(tx, of.id))?.state === 'bundled' || (await cases.bundledWith(tx, of.id)).length > 0)
      throw new Problem('case-bundled', 'This case and others are decided as one.');
    await demandNotAside(tx, of);
    const lease = await cases.leaseOn(tx, of.id, house.clock.now());
    if (lease?.staff !== member.id)
      throw new Problem('lease-expired', 'You do not hold this case any more. Take it again; what you wrote is kept on the page.');
    const { determination, measure, territory = null, days = null, lessened = '' } = input;
    await demandItemFit(tx, of.item, input);
    const own: Judged = {
      revision,
      determination,
      clause,
      reason: input.reason.trim(),
      lessened,
      territory,
      days,
      ...(measure === undefined ? {} : { measure }),
    };
    const needs = decisions.needsOf({ harm: of.harm, determination, clause });
    await consequence(house, tx, of, own);
    const other = await instead(tx, of, own, needs);
    if (other !== null) return other;
    const decision = await carryOut(house, tx, of, own, member);
    await cases.dropLease(tx, of.id, member.id);
    return decision;
  });
}

const day = 24 * 3_600_000;

/** Can a platform do this to the item, and for that time? @throws Problem `measure-unfit`. */
export async function demandItemFit(tx: Tx, item: string, choice: Pick<DecisionInput, 'determination' | 'days'>): Promise<void> {
  demandFit(choice, (await subjects.item(tx, item))?.kind ?? '');
}

/** Can a platform do this to that kind of item, and for that time? @throws Problem `measure-unfit`. */
export function demandFit({ determination, days = null }: Pick<DecisionInput, 'determination' | 'days'>, kind: string): void {
  if (!policy.determinationsFor(kind).includes(determination))
    throw new Problem('measure-unfit', `“${determination}” is nothing that a platform can do to an item of the kind “${kind}”.`);
  if (days !== null && !(policy.mayBeTimed(determination) && Number.isInteger(days) && days >= 1 && days <= 365))
    throw new Problem('measure-unfit', `“${determination}” has no end of its own, or none after ${days} days: it may be 1 to 365.`);
}

/** Who wrote it, and what is done to their account: what the ladder has, or less with a reason. @throws Problem as `demandPlanned`. */
async function consequence(house: House, tx: Tx, of: cases.Case, { determination, clause, measure, lessened = '' }: Judged) {
  const author = (await subjects.item(tx, of.item))?.author ?? null;
  if (measure === undefined || author === null) return { author, measure: null };
  const about = { decision: house.ids.next(), determination, clause, now: house.clock.now() };
  const plan = await planOf(tx, of, author, about);
  const taken = measure === 'suggested' ? plan.actions.account.alone : measure;
  demandPlanned(plan, taken, lessened);
  return { author, measure: taken };
}

/** The final decision, and what follows for the author's account, in the caller's transaction and under the case's lock. */
export async function carryOut(house: House, tx: Tx, of: cases.Case, own: Judged, by: Member): Promise<decisions.Decision> {
  const { author, measure } = await consequence(house, tx, of, own);
  const { revision, determination, clause, reason, territory = null, days = null, lessened = '' } = own;
  const decision = await makeDecision(house, tx, {
    case: of,
    revision,
    stage: 'final',
    determination,
    territory,
    endsAt: days === null ? null : new Date(house.clock.now().getTime() + days * day),
    clause,
    reason,
    measure,
    lessened,
    by: by.id,
    supersedes: (await decisions.standingIn(tx, of.id, of.item)) ?? null,
  });
  if (measure !== null && author !== null)
    await sanction(house, tx, { case: of, account: author, follows: decision, measure, clause, reason, by: by.id, supersedes: null });
  return decision;
}

/**
 * What is child abuse material is decided in its own lane: whoever finds it elsewhere hides it by that clause, and with that hands it over.
 * @throws Problem `child-safety-only`
 */
export function demandLane(of: cases.Case, clause: policy.Clause | null): void {
  if (clause?.harm === 'csam' && of.harm !== 'csam')
    throw new Problem('child-safety-only', 'Hide it by this clause: child-safety reviewers have the case from that moment.');
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
    throw new Problem('clause-unknown', 'Name the clause that is broken, of the guidelines that were in force when this was written.');
  return clause;
}
