import type * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import * as policy from '../../policy/index.ts';
import { append } from '../../records/index.ts';
import { demand, type Member } from '../../staff/index.ts';
import type { House } from '../house.ts';
import { judged } from './decide.ts';
import { type Instead, sanctionInstead } from './instead.ts';
import { demandNotAside } from './lock.ts';
import { decideAllInstead, lockReviewed, needsOf, proposeInstead, type Reached, reachedBy } from './reviewed-together.ts';

/** What should have been decided; what was done is taken back where nothing is said. */
export interface Better {
  readonly determination: policy.FinalDetermination;
  readonly clause: string | null;
}

/**
 * Another person looks at what was decided alone (break-glass): agrees, or has something else decided instead, of what was decided as one all that
 * still stands. Where that needs two (of child abuse material it always does, and for more at once than one decides), it waits for a second person,
 * who is neither of them.
 * @returns what waits, or how the review ended
 * @throws Problem `forbidden`, `same-person`, `not-found`, `conflict`, `reason-missing`, `clause-unknown`, `measure-unfit`, `second-person-waits`,
 * `decision-held`.
 */
export async function reviewAlone(
  house: House,
  member: Member,
  input: { readonly decision: string; readonly agrees: boolean; readonly reason: string; readonly instead?: Better },
): Promise<decisions.Proposal | 'upheld' | 'reversed' | 'objected'> {
  return house.db.begin('doors', async (tx) => {
    const { all, contested } = await unreviewed(tx, input.decision);
    const of = all[0] as cases.Case;
    for (const { harm } of all) demand(member, 'proposal.settle', { type: 'proposal', proposedBy: contested.decidedBy, harm });
    for (const one of input.agrees ? [of] : all) await demandNotAside(tx, one);
    const reason = input.reason.trim();
    const { determination, clause: named } = input.agrees ? takenBack : (input.instead ?? takenBack);
    const clause = judged((await policy.named(tx, contested.policy)) as policy.Policy, { determination, clause: named, reason });
    if (input.agrees) {
      await reviewed(house, tx, member, of, { decision: contested.id, outcome: 'upheld', instead: null, reason });
      return 'upheld';
    }
    // An appeal was faster: what they think of it is on record all the same.
    if (!(await decisions.standingFor(tx, contested)).still) {
      await reviewed(house, tx, member, of, { decision: contested.id, outcome: 'objected', instead: null, reason });
      return 'objected';
    }
    if (contested.targetKind === 'account') {
      await suspendAgain(house, tx, member, of, contested, reason);
      return 'reversed';
    }
    const own = { determination, clause, reason, territory: null, days: null };
    const reached = await reachedBy(tx, all, contested, own);
    const needs = needsOf(reached, own, house.bulkAbove);
    if (needs.length > 0) return proposeInstead(house, tx, member, { all, contested, reached }, own, needs);
    await reverse(house, tx, member, of, contested, own, reached);
    return 'reversed';
  });
}

const takenBack: Better = { determination: 'none', clause: null };

/**
 * A second person has agreed that something else is decided instead. The caller holds the locks of all of it.
 * @throws Problem `forbidden`, `not-found`, `conflict`.
 */
export async function reverseAgreed(house: House, tx: Tx, member: Member, id: string, own: Instead): Promise<decisions.Decision> {
  const { all, contested } = await unreviewed(tx, id);
  for (const { harm } of all) demand(member, 'proposal.settle', { type: 'proposal', proposedBy: contested.decidedBy, harm });
  return reverse(house, tx, member, all[0] as cases.Case, contested, own, await reachedBy(tx, all, contested, own));
}

async function reverse(
  house: House,
  tx: Tx,
  member: Member,
  of: cases.Case,
  contested: decisions.Decision,
  own: Instead,
  reached: readonly Reached[],
): Promise<decisions.Decision> {
  const { proposal } = (await decisions.alone(tx, contested.id)) as decisions.Alone;
  // What took the case up again; the fold and the table of outcomes need not know that it was no appeal.
  const made = await decideAllInstead(house, tx, reached, own, { case: of, by: member.id, took: proposal });
  await reviewed(house, tx, member, of, { decision: contested.id, outcome: 'reversed', instead: made.id, reason: own.reason });
  return made;
}

/** An account that one person ended alone is suspended again, as it was while a second person was awaited. @throws Problem `conflict`. */
async function suspendAgain(house: House, tx: Tx, member: Member, of: cases.Case, end: decisions.Decision, reason: string): Promise<void> {
  if (!(await decisions.standingFor(tx, end)).still) throw new Problem('conflict', 'Another decision has taken its place.');
  const { proposal } = (await decisions.alone(tx, end.id)) as decisions.Alone;
  const clause = end.clause === null ? null : ((await policy.named(tx, end.policy))?.clauseOf(end.clause) ?? null);
  const taken = { case: of, by: member.id, took: proposal };
  const made = await sanctionInstead(house, tx, end, { measure: 'suspend-account', clause, reason }, taken);
  await reviewed(house, tx, member, of, { decision: end.id, outcome: 'reversed', instead: made.id, reason });
}

interface Unreviewed {
  /** Its case, and those of what was decided as one with it. */
  readonly all: readonly cases.Case[];
  readonly contested: decisions.Decision;
}

async function unreviewed(tx: Tx, id: string): Promise<Unreviewed> {
  const known = await decisions.alone(tx, id);
  if (!known) throw new Problem('not-found');
  const all = await lockReviewed(tx, known);
  const { state } = (await decisions.alone(tx, id)) as decisions.Alone;
  if (state !== 'unreviewed') throw new Problem('conflict', 'It has been reviewed.');
  return { all, contested: (await decisions.decision(tx, id)) as decisions.Decision };
}

async function reviewed(
  house: House,
  tx: Tx,
  member: Member,
  of: cases.Case,
  said: {
    readonly decision: string;
    readonly outcome: 'upheld' | 'reversed' | 'objected';
    readonly instead: string | null;
    readonly reason: string;
  },
): Promise<void> {
  await decisions.review(
    await append(house, tx, {
      kind: 'break-glass.reviewed',
      service: of.service,
      case: of.id,
      parties: [{ role: 'actor', party: member.id, purpose: 'staff' }],
      payload: said,
    }),
  );
}
