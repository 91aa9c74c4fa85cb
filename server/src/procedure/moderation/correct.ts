import type { Case } from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import type * as inquiries from '../../inquiries/index.ts';
import * as policy from '../../policy/index.ts';
import type { Member } from '../../staff/index.ts';
import type { House } from '../house.ts';
import { demandOurs } from './anew.ts';
import { demandItemFit, demandLane, judged } from './decide.ts';
import { decideInstead } from './instead.ts';
import { demandNotAside } from './lock.ts';
import { propose } from './propose.ts';
import type { Hears } from './reverse.ts';

/** What is decided instead. */
export interface Correction {
  readonly determination: policy.FinalDetermination;
  readonly territory?: 'MY' | null;
  readonly days?: number | null;
  readonly clause: string | null;
}

/** Who corrects, how they are asked whether they may, and whether a second person has agreed already. */
interface Correcting {
  readonly member: Member;
  readonly hears: Hears;
  readonly agreed?: boolean;
}

/**
 * Changes a decision on an inquiry, as an appeal would: by another person, and carried out by itself. What needs two, or changes what two decided,
 * waits for a second person.
 * @throws Problem `forbidden`, `same-person`, `decision-not-open`, `clause-unknown`, `measure-unfit`, `child-safety-only`, `second-person-waits`.
 */
export async function correct(
  house: House,
  tx: Tx,
  { member, hears, agreed = false }: Correcting,
  of: Case,
  inquiry: inquiries.Inquiry,
  correction: Correction | null,
  reason: string,
): Promise<decisions.Decision | decisions.Proposal> {
  const asked = (await decisions.decision(tx, inquiry.decision as string)) as decisions.Decision;
  if (correction === null) throw new Problem('measure-unfit', 'Say what is to be done instead.');
  const { determination, territory = null, days = null } = correction;
  const clause = judged((await policy.named(tx, asked.policy)) as policy.Policy, { ...correction, reason });
  hears(await decisions.madeBy(tx, asked), of.harm);
  const stands = await decisions.standingFor(tx, asked);
  if (!stands.still || asked.stage !== 'final' || asked.targetKind !== 'item')
    throw new Problem(
      'decision-not-open',
      'Only a final decision on an item, while it stands, is corrected here; an open case is decided on its page, an account measure in appeal.',
    );
  await demandOurs(tx, stands.standing);
  demandLane(of, clause);
  await demandItemFit(tx, asked.target, { determination, days });
  const instead = { determination, territory, days, clause, reason };
  const needs = decisions.needsInstead(of.harm, stands.standing, instead);
  if (agreed || needs.length === 0) return decideInstead(house, tx, stands, instead, { case: of, by: member.id, took: inquiry.id });
  await demandNotAside(tx, of);
  const answers = { to: 'inquiry', id: inquiry.id, decision: asked.id, outcome: null, alone: null } as const;
  return propose(house, tx, of, member, { ...instead, revision: stands.standing.revision as string, answers }, needs);
}
