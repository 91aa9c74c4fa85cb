import * as appeals from '../../appeals/index.ts';
import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import * as policy from '../../policy/index.ts';
import { append } from '../../records/index.ts';
import { demand, type Member } from '../../staff/index.ts';
import { lockTogether } from '../casework/bundle.ts';
import { together } from '../casework/together.ts';
import type { House } from '../house.ts';
import { demandFitAgain, demandPart, proposer } from './anew.ts';
import { demandLane, judged } from './decide.ts';
import { hold, waits } from './hold.ts';
import { demandNotAside, lockCase } from './lock.ts';
import { makeDecision } from './make.ts';
import { sanction, takeBack } from './sanction.ts';

/** `replaced`: another decision has taken the place of the contested one, and that one is right. */
export type AppealRuling = { readonly appeal: string; readonly outcome: 'upheld' | 'replaced'; readonly reason: string } | ChangingRuling;

/** Another decision is to take the place of the one that stands. */
export interface ChangingRuling {
  readonly appeal: string;
  readonly outcome: 'overturned' | 'partly';
  readonly determination: policy.FinalDetermination;
  readonly territory?: 'MY' | null;
  readonly days?: number | null;
  readonly clause: string | null;
  readonly reason: string;
  /** Of what was decided as one, this decision alone; else all of it that concerns the same author. */
  readonly alone?: boolean;
}

/**
 * Another person decides an appeal. Upheld, the decision stands. Overturned, or right in part, a new decision supersedes it and is carried
 * out like any other: what was removed is restored by itself, and done when the platform says so. Where another decision has taken the
 * contested one's place meanwhile, the answer is about that: it is right (*replaced*), or is overturned in its turn.
 * @throws Problem `forbidden`, `same-person`, `appeal-unknown`, `decision-not-open`, `clause-unknown`, `reason-missing`,
 * `measure-unfit`.
 */
export async function decideAppeal(house: House, member: Member, ruling: AppealRuling): Promise<decisions.Decision | null> {
  return house.db.begin('doors', (tx) => rule<never>(house, tx, member, ruling, async () => null));
}

/**
 * The same, with time for second thoughts: what hides nothing that is seen waits for its undo window.
 * @throws Problem as `decideAppeal`, and `decision-held`, `second-person-waits`.
 */
export async function decideAppealOrHold(
  house: House,
  member: Member,
  ruling: AppealRuling,
): Promise<decisions.Decision | decisions.Held | null> {
  return house.db.begin('doors', (tx) =>
    rule(house, tx, member, ruling, async (changing, { of, standing, clause }) => {
      await demandNotAside(tx, of);
      if (!(await waits(house, tx, of, changing))) return null;
      const { appeal, outcome, determination, territory = null, days = null, alone = false } = changing;
      const own = { revision: standing.revision as string, determination, clause, reason: ruling.reason.trim(), territory, days };
      return hold(house, tx, of, member, own, { appeal, outcome, alone });
    }),
  );
}

interface Contest {
  readonly of: cases.Case;
  readonly standing: decisions.Decision;
  readonly clause: policy.Clause | null;
}

/** A ruling in the caller's transaction. @param instead what is done in place of a new decision; null: it is made now */
export async function rule<Else>(
  house: House,
  tx: Tx,
  member: Member,
  ruling: AppealRuling,
  instead: (changing: ChangingRuling, about: Contest) => Promise<Else | null>,
): Promise<decisions.Decision | Else | null> {
  const changing = ruling.outcome === 'overturned' || ruling.outcome === 'partly' ? ruling : null;
  const known = await appeals.appeal(tx, ruling.appeal);
  if (!known) throw new Problem('appeal-unknown', `There is no appeal ${ruling.appeal}.`);
  const alike = ruling.outcome === 'overturned' && !ruling.alone && known.role === 'author' ? await decidedWith(tx, known.decision) : [];
  await lockTogether(tx, [known.case, ...alike.map((one) => one.case)]);
  const of = await lockCase(tx, known.case);
  const appeal = (await appeals.appeal(tx, ruling.appeal)) as appeals.Appeal;
  const contested = (await decisions.decision(tx, appeal.decision)) as decisions.Decision;
  const { reason } = ruling;
  const judgement = changing ?? ({ determination: 'none', clause: null, reason } as const);
  const clause = judged((await policy.named(tx, contested.policy)) as policy.Policy, judgement);
  const proposedBy = await proposer(tx, contested);
  demand(member, 'appeal.decide', { type: 'appeal', decidedBy: contested.decidedBy, proposedBy, harm: of.harm });
  demandLane(of, clause);
  if (appeal.state !== 'received') throw new Problem('decision-not-open', 'This appeal has been decided.');
  const standing = await standingFor(tx, contested);
  if (ruling.outcome === 'upheld' && standing !== contested)
    throw new Problem('decision-not-open', 'The contested decision does not stand any more: another has taken its place.');
  if (ruling.outcome === 'replaced' && standing === contested)
    throw new Problem('decision-not-open', 'No other decision has taken the place of the contested one.');
  // Whoever made what stands now had their say already.
  if (standing !== contested && changing)
    demand(member, 'appeal.decide', {
      type: 'appeal',
      decidedBy: standing.decidedBy,
      proposedBy: await proposer(tx, standing),
      harm: of.harm,
    });
  if (changing) {
    await demandChange(standing, changing);
    const other = await instead(changing, { of, standing, clause });
    if (other !== null) return other;
  }
  const decision = changing ? await anew(standing, changing) : null;
  await appeals.settle(
    await append(house, tx, {
      kind: 'appeal.decided',
      service: of.service,
      case: of.id,
      parties: [
        { role: 'actor', party: member.id, purpose: 'staff' },
        ...(appeal.appellant === null ? [] : [{ role: 'appellant', party: appeal.appellant, purpose: 'report' } as const]),
      ],
      payload: {
        appeal: appeal.id,
        outcome: ruling.outcome,
        decision: ruling.outcome === 'replaced' ? standing.id : (decision?.id ?? null),
        reason: appeal.appellant === null ? null : ruling.reason.trim(),
      },
    }),
  );
  return decision;

  function endOf(days: number | null): Date | null {
    return days === null ? null : new Date(house.clock.now().getTime() + days * 24 * 3_600_000);
  }

  /** Whether what stands can be changed like that. */
  async function demandChange(
    standing: decisions.Decision,
    { outcome, determination, territory = null, days = null }: ChangingRuling,
  ): Promise<void> {
    if (standing.targetKind === 'account') {
      if (determination !== 'none') throw new Problem('measure-too-grave', 'A measure on an account stands, or is taken back.');
      return;
    }
    await demandFitAgain(tx, standing, { determination, days });
    if (outcome === 'partly')
      await demandPart(tx, appeal.role, standing, { determination, territory, endsAt: endOf(days), clause: clause?.id ?? null });
  }

  async function anew(
    standing: decisions.Decision,
    { determination, territory = null, days = null }: ChangingRuling,
  ): Promise<decisions.Decision> {
    if (standing.targetKind === 'account') return reinstate(standing);
    const endsAt = endOf(days);
    const made = await makeDecision(house, tx, {
      case: of,
      revision: standing.revision as string,
      stage: 'final',
      determination,
      territory,
      endsAt,
      clause,
      reason: ruling.reason.trim(),
      by: member.id,
      supersedes: standing,
      appeal: appeal.id,
    });
    const others = await overturnAlike({ determination, days, territory, endsAt });
    if (others.length > 0) await together(house, tx, of, [made, ...others]);
    if (determination === 'none')
      await takeBack(house, tx, { case: of, contested: standing, by: member.id, reason: ruling.reason.trim(), now: made });
    return made;
  }

  /** What else of the same author was decided with it, and stands as the contested decision did. */
  async function overturnAlike({
    determination,
    days,
    ...extent
  }: {
    readonly determination: policy.FinalDetermination;
    readonly days: number | null;
    readonly territory: 'MY' | null;
    readonly endsAt: Date | null;
  }): Promise<decisions.Decision[]> {
    const made: decisions.Decision[] = [];
    for (const { id } of alike) {
      const one = (await decisions.decision(tx, id)) as decisions.Decision;
      if (one.supersededBy !== null) continue;
      await demandFitAgain(tx, one, { determination, days });
      made.push(
        await makeDecision(house, tx, {
          case: (await cases.caseOf(tx, one.case)) as cases.Case,
          revision: one.revision as string,
          stage: 'final',
          determination,
          ...extent,
          clause,
          reason: ruling.reason.trim(),
          by: member.id,
          supersedes: one,
          appeal: appeal.id,
          // The strike of them all stands with the contested one.
          plan: null,
        }),
      );
    }
    return made;
  }

  /** A measure on an account is taken back whole. */
  async function reinstate(standing: decisions.Decision): Promise<decisions.Decision> {
    return sanction(house, tx, {
      case: of,
      account: standing.account as string,
      follows: (await decisions.decision(tx, standing.follows as string)) as decisions.Decision,
      measure: 'none',
      clause: null,
      reason: ruling.reason.trim(),
      by: member.id,
      supersedes: standing,
      appeal: appeal.id,
    });
  }
}

/** The other decisions of a bundle about the same author that ended as this one did. */
async function decidedWith(tx: Tx, id: string): Promise<decisions.Decision[]> {
  const bundle = await decisions.bundleOf(tx, id);
  const contested = await decisions.decision(tx, id);
  if (bundle === undefined || !contested || contested.account === null) return [];
  const alike: decisions.Decision[] = [];
  for (const other of await decisions.inBundle(tx, bundle)) {
    const one = (await decisions.decision(tx, other)) as decisions.Decision;
    if (other !== id && one.account === contested.account && one.determination === contested.determination) alike.push(one);
  }
  return alike;
}

/** The decision that stands in the place of this one: itself, or the last of those that superseded it. */
async function standingFor(tx: Tx, contested: decisions.Decision): Promise<decisions.Decision> {
  let standing = contested;
  while (standing.supersededBy !== null) standing = (await decisions.decision(tx, standing.supersededBy)) as decisions.Decision;
  return standing;
}
