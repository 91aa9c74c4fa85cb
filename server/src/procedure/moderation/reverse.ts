import * as appeals from '../../appeals/index.ts';
import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import * as policy from '../../policy/index.ts';
import { append } from '../../records/index.ts';
import { demand, type Member } from '../../staff/index.ts';
import { lockTogether } from '../casework/bundle.ts';
import type { House } from '../house.ts';
import { demandOurs, demandPart } from './anew.ts';
import { demandItemFit, demandLane, judged } from './decide.ts';
import { hold, waits } from './hold.ts';
import { decideInstead, sanctionInstead } from './instead.ts';
import { demandNotAside, lockCase } from './lock.ts';
import { propose } from './propose.ts';

/** `replaced`: another decision has taken the place of the contested one, and that one is right. */
export type AppealRuling = { readonly appeal: string; readonly outcome: 'upheld' | 'replaced'; readonly reason: string } | ChangingRuling;

/** Another decision is to take the place of the one that stands. */
export interface ChangingRuling {
  readonly appeal: string;
  readonly outcome: 'overturned' | 'partly';
  /** Of a measure on an account: none, or, in part, a milder one. */
  readonly determination: policy.FinalDetermination | policy.AccountMeasure;
  readonly territory?: 'MY' | null;
  readonly days?: number | null;
  readonly clause: string | null;
  readonly reason: string;
  /** Of what was decided as one, this decision alone; else all of it that concerns the same author. */
  readonly alone?: boolean;
}

/**
 * Another person decides an appeal, where one is enough. Upheld, the decision stands. Overturned, or right in part, a new decision supersedes it
 * and is carried out like any other: what was removed is restored by itself, and done when the platform says so. Where another decision has taken
 * the contested one's place meanwhile, the answer is about that: it is right (*replaced*), or is overturned in its turn.
 * @throws Problem `forbidden`, `same-person`, `appeal-unknown`, `decision-not-open`, `clause-unknown`, `reason-missing`,
 * `measure-unfit`, `measure-too-grave`, `second-person-waits`, `decision-held`, `second-person-needed`.
 */
export async function decideAppeal(house: House, member: Member, ruling: AppealRuling): Promise<decisions.Decision | null> {
  return house.db.begin('doors', async (tx) => {
    await demandFree(tx, ruling);
    return rule<never>(house, tx, member, ruling, async (_, { needs }) => {
      if (needs.length > 0) throw new Problem('second-person-needed', `This needs a second person: ${needs.join(', ')}.`);
      return null;
    });
  });
}

/**
 * The same, with time for second thoughts: what needs two people, or changes what two decided, waits for a second person, who is neither of those;
 * what hides nothing that is seen waits for its undo window.
 * @throws Problem as `decideAppeal`.
 */
export async function decideAppealOrHold(
  house: House,
  member: Member,
  ruling: AppealRuling,
): Promise<decisions.Decision | decisions.Held | decisions.Proposal | null> {
  return house.db.begin('doors', async (tx) => {
    await demandFree(tx, ruling);
    return rule<decisions.Held | decisions.Proposal>(
      house,
      tx,
      member,
      ruling,
      async (changing, { of, contested, standing, clause, needs }) => {
        const { appeal, outcome, determination, territory = null, days = null, alone = false } = changing;
        const revision = standing.revision ?? ((await cases.revisionsOf(tx, of.id)).at(-1) as string);
        const own = { revision, determination, clause, reason: ruling.reason.trim(), territory, days };
        const answers = { to: 'appeal', id: appeal, decision: contested.id, outcome, alone } as const;
        // Only what is decided about an item needs two.
        if (needs.length > 0)
          return propose(house, tx, of, member, { ...own, determination: determination as policy.FinalDetermination, answers }, needs);
        return (await waits(house, tx, of, own)) ? hold(house, tx, of, member, own, { appeal, outcome, alone }) : null;
      },
    );
  });
}

/** Nobody rules on what is about to be carried out or waits for a second person. */
async function demandFree(tx: Tx, ruling: AppealRuling): Promise<void> {
  const { of } = await lockContested(tx, ruling);
  await demandNotAside(tx, of);
}

export interface Contest {
  readonly of: cases.Case;
  readonly contested: decisions.Decision;
  readonly standing: decisions.Decision;
  readonly clause: policy.Clause | null;
  /** Why one person is not enough. */
  readonly needs: readonly decisions.Need[];
}

/** Whether somebody may say this of what these have decided. */
export type Hears = (first: decisions.MadeBy, harm: string) => void;

/**
 * A ruling in the caller's transaction.
 * @param instead what is done in place of a new decision; null: it is made now
 * @param hears asks whether they may; a second person is asked otherwise than who hears an appeal
 */
export async function rule<Else>(
  house: House,
  tx: Tx,
  member: Member,
  ruling: AppealRuling,
  instead: (changing: ChangingRuling, about: Contest) => Promise<Else | null>,
  hears: Hears = (first, harm) => demand(member, 'appeal.decide', { type: 'appeal', ...first, harm }),
): Promise<decisions.Decision | Else | null> {
  const changing = ruling.outcome === 'overturned' || ruling.outcome === 'partly' ? ruling : null;
  const { of, alike } = await lockContested(tx, ruling);
  const appeal = (await appeals.appeal(tx, ruling.appeal)) as appeals.Appeal;
  const contested = (await decisions.decision(tx, appeal.decision)) as decisions.Decision;
  const clause = await clauseOf(tx, contested, ruling);
  hears(await decisions.madeBy(tx, contested), of.harm);
  demandLane(of, clause);
  if (appeal.state !== 'received') throw new Problem('decision-not-open', 'This appeal has been decided.');
  const stands = await decisions.standingFor(tx, contested);
  const { standing, still } = stands;
  if (ruling.outcome === 'upheld' && !still)
    throw new Problem('decision-not-open', 'The contested decision does not stand any more: another has taken its place.');
  if (ruling.outcome === 'replaced' && still)
    throw new Problem('decision-not-open', 'No other decision has taken the place of the contested one.');
  // Whoever made what stands now had their say already.
  if (!still && changing) hears(await decisions.madeBy(tx, standing), of.harm);
  if (changing) {
    await demandOurs(tx, standing);
    await demandChange(tx, house, appeal.role, standing, changing, clause);
    const { determination } = changing;
    const needs =
      standing.targetKind === 'account'
        ? []
        : decisions.needsInstead(
            of.harm,
            standing,
            { determination: determination as policy.FinalDetermination, clause },
            1 + alike.length,
            house.bulkAbove,
          );
    const other = await instead(changing, { of, contested, standing, clause, needs });
    if (other !== null) return other;
  }
  const decision = changing && (await anew(house, tx, member, { of, stands, alike, clause }, changing));
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
}

/**
 * The case of an appeal and, where the ruling is to reach them, those of what else of the same author was decided with it, locked in one order.
 * @throws Problem `appeal-unknown`
 */
export async function lockContested(
  tx: Tx,
  ruling: Pick<AppealRuling, 'appeal' | 'outcome'> & { readonly alone?: boolean },
): Promise<{ readonly of: cases.Case; readonly alike: readonly decisions.Decision[] }> {
  const known = await appeals.appeal(tx, ruling.appeal);
  if (!known) throw new Problem('appeal-unknown', `There is no appeal ${ruling.appeal}.`);
  const all = ruling.outcome === 'overturned' && !ruling.alone && known.role === 'author';
  const alike = all ? await decidedWith(tx, known.decision) : [];
  await lockTogether(tx, [known.case, ...alike.map((one) => one.case)]);
  return { of: await lockCase(tx, known.case), alike };
}

/** The clause that what is decided instead breaks. @throws Problem `clause-unknown`, `reason-missing`. */
async function clauseOf(tx: Tx, contested: decisions.Decision, ruling: AppealRuling): Promise<policy.Clause | null> {
  const guidelines = (await policy.named(tx, contested.policy)) as policy.Policy;
  const changes = 'determination' in ruling;
  // Of a measure on an account it is the clause that led to it.
  const clause = changes && contested.targetKind === 'account' ? contested.clause : changes ? ruling.clause : null;
  const determination = changes ? (ruling.determination as policy.FinalDetermination) : 'none';
  return judged(guidelines, { determination, clause, reason: ruling.reason });
}

/** Whether what stands can be changed like that. @throws Problem `decision-not-open`, `measure-too-grave`, `measure-unfit`. */
async function demandChange(
  tx: Tx,
  house: House,
  side: 'author' | 'reporter',
  standing: decisions.Decision,
  { outcome, determination, territory = null, days = null }: ChangingRuling,
  clause: policy.Clause | null,
): Promise<void> {
  if (standing.targetKind === 'account') {
    const milder =
      policy.isAccountMeasure(determination) && policy.graver(determination, standing.determination as policy.AccountMeasure) < 0;
    if (outcome === 'partly' ? milder : determination === 'none') return;
    throw new Problem('measure-too-grave', 'A measure on an account stands, is taken back, or, in part, something milder takes its place.');
  }
  const choice = policy.finalDeterminations.find((one) => one === determination);
  if (!choice) throw new Problem('measure-unfit', `“${determination}” is nothing that is done to an item.`);
  await demandItemFit(tx, standing.target, { determination: choice, days });
  const endsAt = days === null ? null : new Date(house.clock.now().getTime() + days * 24 * 3_600_000);
  if (outcome === 'partly') await demandPart(tx, side, standing, { determination: choice, territory, endsAt, clause: clause?.id ?? null });
}

interface Changed {
  readonly of: cases.Case;
  readonly stands: decisions.Standing;
  readonly alike: readonly decisions.Decision[];
  readonly clause: policy.Clause | null;
}

async function anew(
  house: House,
  tx: Tx,
  { id: by }: Member,
  { of, stands, alike, clause }: Changed,
  { appeal: took, determination, territory = null, days = null, reason }: ChangingRuling,
): Promise<decisions.Decision> {
  const taken = { case: of, by, took };
  if (stands.standing.targetKind === 'account') {
    const measure = policy.isAccountMeasure(determination) ? determination : 'none';
    return sanctionInstead(house, tx, stands.standing, { measure, clause, reason: reason.trim() }, taken);
  }
  const item = { determination: determination as policy.FinalDetermination, territory, days, clause, reason: reason.trim() };
  return decideInstead(house, tx, stands, item, taken, alike);
}

/** The other decisions of a bundle about the same author that ended as this one did. */
async function decidedWith(tx: Tx, id: string): Promise<decisions.Decision[]> {
  const contested = await decisions.originOf(tx, (await decisions.decision(tx, id)) as decisions.Decision);
  const bundle = await decisions.bundleOf(tx, contested.id);
  if (bundle === undefined || contested.account === null) return [];
  const alike: decisions.Decision[] = [];
  for (const other of await decisions.inBundle(tx, bundle)) {
    const one = (await decisions.decision(tx, other)) as decisions.Decision;
    if (other !== contested.id && one.account === contested.account && one.determination === contested.determination) alike.push(one);
  }
  return alike;
}
