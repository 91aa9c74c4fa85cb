import type * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import * as policy from '../../policy/index.ts';
import { append } from '../../records/index.ts';
import { demand, type Member } from '../../staff/index.ts';
import type { House } from '../house.ts';
import { demandFitAgain } from './anew.ts';
import { demandLane, judged } from './decide.ts';
import { decideInstead } from './instead.ts';
import { demandNotAside, lockCase } from './lock.ts';
import { propose } from './propose.ts';

/** What should have been decided; what was done is taken back where nothing is said. */
export interface Better {
  readonly determination: policy.FinalDetermination;
  readonly clause: string | null;
}

/**
 * Another person looks at what was decided alone (break-glass): agrees, or has something else decided instead. Where that needs two (of child
 * abuse material it always does), it waits for a second person, who is neither of them.
 * @returns what waits, or how the review ended
 * @throws Problem `forbidden`, `same-person`, `not-found`, `conflict`, `reason-missing`, `clause-unknown`, `measure-unfit`, `second-person-waits`.
 */
export async function reviewAlone(
  house: House,
  member: Member,
  input: { readonly decision: string; readonly agrees: boolean; readonly reason: string; readonly instead?: Better },
): Promise<decisions.Proposal | 'upheld' | 'reversed'> {
  return house.db.begin('doors', async (tx) => {
    const { of, contested } = await unreviewed(tx, input.decision);
    demand(member, 'proposal.settle', { type: 'proposal', proposedBy: contested.decidedBy, harm: of.harm });
    await demandNotAside(tx, of);
    const reason = input.reason.trim();
    const { determination, clause: named } = input.agrees ? takenBack : (input.instead ?? takenBack);
    const clause = judged((await policy.named(tx, contested.policy)) as policy.Policy, { determination, clause: named, reason });
    if (input.agrees) {
      await reviewed(house, tx, member, of, { decision: contested.id, outcome: 'upheld', instead: null, reason });
      return 'upheld';
    }
    const { standing, still } = await decisions.standingFor(tx, contested);
    if (!still) throw new Problem('conflict', 'Another decision has taken its place.');
    if (determination === contested.determination) throw new Problem('measure-unfit', 'Say what should have been decided instead.');
    demandLane(of, clause);
    await demandFitAgain(tx, contested, { determination, days: null });
    const needs = decisions.needsOf({ harm: of.harm, determination, clause });
    const own = { revision: standing.revision as string, determination, clause, reason, territory: null, days: null };
    if (needs.length > 0) {
      const answers = { to: 'review', id: contested.id, decision: contested.id, outcome: null, alone: null } as const;
      return propose(house, tx, of, member, { ...own, answers }, needs);
    }
    await reverse(house, tx, member, of, contested, own);
    return 'reversed';
  });
}

const takenBack: Better = { determination: 'none', clause: null };

type Own = Parameters<typeof decideInstead>[3];

/**
 * A second person has agreed that something else is decided instead. The caller holds the case's lock.
 * @throws Problem `not-found`, `conflict`.
 */
export async function reverseAgreed(house: House, tx: Tx, member: Member, id: string, own: Own): Promise<decisions.Decision> {
  const { of, contested } = await unreviewed(tx, id);
  return reverse(house, tx, member, of, contested, own);
}

async function reverse(
  house: House,
  tx: Tx,
  member: Member,
  of: cases.Case,
  contested: decisions.Decision,
  own: Own,
): Promise<decisions.Decision> {
  const { proposal } = (await decisions.alone(tx, contested.id)) as decisions.Alone;
  // What took the case up again; the fold and the table of outcomes need not know that it was no appeal.
  const made = await decideInstead(house, tx, await decisions.standingFor(tx, contested), own, { case: of, by: member.id, took: proposal });
  await reviewed(house, tx, member, of, { decision: contested.id, outcome: 'reversed', instead: made.id, reason: own.reason });
  return made;
}

async function unreviewed(tx: Tx, id: string): Promise<{ readonly of: cases.Case; readonly contested: decisions.Decision }> {
  const known = await decisions.alone(tx, id);
  if (!known) throw new Problem('not-found');
  const of = await lockCase(tx, known.case);
  const { state } = (await decisions.alone(tx, id)) as decisions.Alone;
  if (state !== 'unreviewed') throw new Problem('conflict', 'It has been reviewed.');
  return { of, contested: (await decisions.decision(tx, id)) as decisions.Decision };
}

async function reviewed(
  house: House,
  tx: Tx,
  member: Member,
  of: cases.Case,
  said: { readonly decision: string; readonly outcome: 'upheld' | 'reversed'; readonly instead: string | null; readonly reason: string },
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
