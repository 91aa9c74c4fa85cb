import * as appeals from '../../appeals/index.ts';
import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import * as policy from '../../policy/index.ts';
import { append } from '../../records/index.ts';
import { demand, type Member } from '../../staff/index.ts';
import * as subjects from '../../subjects/index.ts';
import { lockTogether } from '../casework/bundle.ts';
import { together } from '../casework/together.ts';
import type { House } from '../house.ts';
import { demandFit, demandLane, judged } from './decide.ts';
import { lockCase } from './lock.ts';
import { makeDecision } from './make.ts';
import { sanction, takeBack } from './sanction.ts';

export type AppealRuling =
  | { readonly appeal: string; readonly outcome: 'upheld'; readonly reason: string }
  | {
      readonly appeal: string;
      readonly outcome: 'overturned';
      readonly determination: policy.FinalDetermination;
      readonly territory?: 'MY' | null;
      readonly days?: number | null;
      readonly clause: string | null;
      readonly reason: string;
      /** Of what was decided as one, this decision alone; else all of it that concerns the same author. */
      readonly alone?: boolean;
    };

/**
 * Another person decides an appeal. Upheld, the decision stands. Overturned, a new decision supersedes it and is carried out like any
 * other: what was removed is restored by itself, and done when the platform says so.
 * @throws Problem `forbidden`, `same-person`, `appeal-unknown`, `decision-not-open`, `clause-unknown`, `reason-missing`, `measure-unfit`.
 */
export async function decideAppeal(house: House, member: Member, ruling: AppealRuling): Promise<decisions.Decision | null> {
  return house.db.begin('doors', async (tx) => {
    const known = await appeals.appeal(tx, ruling.appeal);
    if (!known) throw new Problem('appeal-unknown', `There is no appeal ${ruling.appeal}.`);
    const alike = ruling.outcome === 'overturned' && !ruling.alone && known.role === 'author' ? await decidedWith(tx, known.decision) : [];
    await lockTogether(tx, [known.case, ...alike.map((one) => one.case)]);
    const of = await lockCase(tx, known.case);
    const appeal = (await appeals.appeal(tx, ruling.appeal)) as appeals.Appeal;
    const contested = (await decisions.decision(tx, appeal.decision)) as decisions.Decision;
    const { reason } = ruling;
    const judgement = ruling.outcome === 'upheld' ? ({ determination: 'none', clause: null, reason } as const) : ruling;
    const clause = judged((await policy.named(tx, contested.policy)) as policy.Policy, judgement);
    const proposedBy = (await decisions.proposalOf(tx, contested.id))?.proposedBy ?? null;
    demand(member, 'appeal.decide', { type: 'appeal', decidedBy: contested.decidedBy, proposedBy, harm: of.harm });
    demandLane(of, clause);
    if (appeal.state !== 'received') throw new Problem('decision-not-open', 'This appeal has been decided.');
    const decision = ruling.outcome === 'upheld' ? null : await overturn(contested, ruling);
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
          decision: decision?.id ?? null,
          reason: appeal.appellant === null ? null : ruling.reason.trim(),
        },
      }),
    );
    return decision;

    async function overturn(
      contested: decisions.Decision,
      { determination, territory = null, days = null }: Extract<AppealRuling, { outcome: 'overturned' }>,
    ): Promise<decisions.Decision> {
      if (contested.supersededBy !== null)
        throw new Problem('decision-not-open', 'Another decision has taken the place of the contested one.');
      if (contested.targetKind === 'account') return reinstate(contested, determination);
      demandFit({ determination, days }, (await subjects.item(tx, of.item))?.kind ?? '');
      const endsAt = days === null ? null : new Date(house.clock.now().getTime() + days * 24 * 3_600_000);
      const made = await makeDecision(house, tx, {
        case: of,
        revision: contested.revision as string,
        stage: 'final',
        determination,
        territory,
        endsAt,
        clause,
        reason: ruling.reason.trim(),
        by: member.id,
        supersedes: contested,
        appeal: appeal.id,
      });
      if (determination === 'none')
        await takeBack(house, tx, { case: of, contested, by: member.id, reason: ruling.reason.trim(), now: made });
      const others = await overturnAlike({ determination, days, territory, endsAt });
      if (others.length > 0) await together(house, tx, of, [made, ...others]);
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
        demandFit({ determination, days }, (await subjects.item(tx, one.target))?.kind ?? '');
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
          }),
        );
      }
      return made;
    }

    /** A measure on an account is taken back whole. */
    async function reinstate(contested: decisions.Decision, determination: policy.Determination): Promise<decisions.Decision> {
      if (determination !== 'none') throw new Problem('measure-too-grave', 'A measure on an account stands, or is taken back.');
      return sanction(house, tx, {
        case: of,
        account: contested.account as string,
        follows: (await decisions.decision(tx, contested.follows as string)) as decisions.Decision,
        measure: 'none',
        clause: null,
        reason: ruling.reason.trim(),
        by: member.id,
        supersedes: contested,
        appeal: appeal.id,
      });
    }
  });
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
