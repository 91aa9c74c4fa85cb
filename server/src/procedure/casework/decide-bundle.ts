import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { handleAsId } from '../../records/index.ts';
import { demand, type Member } from '../../staff/index.ts';
import type { House } from '../house.ts';
import { hold, waits } from '../moderation/hold.ts';
import { demandNotAside, lockAccounts } from '../moderation/lock.ts';
import { makeDecision } from '../moderation/make.ts';
import { demandPlanned, sanction } from '../moderation/sanction.ts';
import { lockTogether } from './bundle.ts';
import { asOne, proposeBundle } from './propose-bundle.ts';
import { together } from './together.ts';
import { type BundleJudgement, type Part, partsOf, type Share, sharesOf } from './weigh-bundle.ts';

const day = 24 * 3_600_000;

export interface BundleMade {
  readonly bundle: string;
  readonly decisions: readonly decisions.Decision[];
}

/**
 * Decides a case and all that was gathered with it as one: one transaction, one reason, a determination and a statement of reasons each, and
 * for each author's account what the ladder has by one strike. Its authors are told once each (`explainBundle`); whoever reported anything of
 * it is answered as always. What needs two people is one proposal for all of it.
 * @throws Problem `forbidden`, `case-unknown`, `case-closed`, `lease-expired`, `clause-unknown`, `reason-missing`, `measure-unfit`,
 * `measure-too-grave`, `lessening-unexplained`, `child-safety-only`, `second-person-waits`, `conflict`.
 */
export async function decideBundle<Else = never>(
  house: House,
  member: Member,
  input: BundleJudgement & { readonly case: string },
  wait?: (tx: Tx, lead: cases.Case, parts: readonly Part[]) => Promise<Else | null>,
): Promise<BundleMade | decisions.Proposal | Else> {
  return house.db.begin('doors', async (tx) => {
    const [lead, ...others] = await lockBundle(tx, input.case);
    if (!lead) throw new Problem('case-unknown', `There is no case ${input.case}.`);
    for (const { harm } of [lead, ...others]) demand(member, 'case.decide', { type: 'case', harm });
    if (lead.state !== 'open') throw new Problem('case-closed', 'This case has been decided. An appeal is the way to another decision.');
    await demandNotAside(tx, lead);
    if ((await cases.leaseOn(tx, lead.id, house.clock.now()))?.staff !== member.id)
      throw new Problem('lease-expired', 'You do not hold this case any more. Take it again; what you wrote is kept on the page.');
    const parts = await partsOf(tx, [lead, ...others], input);
    const shares = await demandedShares(house, tx, parts, input);
    const needs = needsOf(parts, house.bulkAbove);
    if (needs.length > 0) return proposeBundle(house, tx, lead, member, parts, input, needs);
    return (await wait?.(tx, lead, parts)) ?? carryOut(house, tx, lead, parts, shares, input, member);
  });
}

/**
 * The same, with time for second thoughts: where nothing that is seen is hidden by any of it, it waits for its undo window as one.
 * @throws Problem as `decideBundle`.
 */
export function decideBundleOrHold(
  house: House,
  member: Member,
  input: BundleJudgement & { readonly case: string },
): Promise<BundleMade | decisions.Proposal | decisions.Held> {
  return decideBundle<decisions.Held>(house, member, input, async (tx, lead, parts) => {
    for (const { case: of, determination } of parts) if (!(await waits(house, tx, of, { determination }))) return null;
    return hold(house, tx, lead, member, asOne(parts, input));
  });
}

/**
 * A bundle is decided as somebody had made up their mind to, before a second person agreed or the time to undo was over. The caller holds the locks of all of it.
 * @throws Problem `conflict`, `measure-too-grave`, `lessening-unexplained`, `child-safety-only`.
 */
export async function confirmBundle(
  house: House,
  tx: Tx,
  all: readonly cases.Case[],
  judgement: BundleJudgement,
  seen: ReadonlyMap<string, string>,
  by: Member,
): Promise<decisions.Decision> {
  const lead = all[0] as cases.Case;
  for (const { id, harm } of all) {
    if (!seen.has(id) || all.length !== seen.size) throw new Problem('conflict', 'The bundle is not what it was.');
    if (harm === 'csam' && lead.harm !== 'csam')
      throw new Problem('child-safety-only', 'Give this back: a part of it belongs to child-safety reviewers now.');
  }
  const parts = await partsOf(tx, all, judgement, seen);
  const shares = await demandedShares(house, tx, parts, judgement);
  return (await carryOut(house, tx, lead, parts, shares, judgement, by)).decisions[0] as decisions.Decision;
}

/** A case and what was gathered with it, locked; the lead first. @throws Problem `conflict`. */
export async function lockBundle(tx: Tx, lead: string): Promise<cases.Case[]> {
  const gathered = (await cases.bundledWith(tx, lead)).map(({ id }) => id);
  const all = await lockTogether(tx, [lead, ...gathered]);
  // Between the question and the locks somebody may have brought or taken something.
  if ((await cases.bundledWith(tx, lead)).map(({ id }) => id).join() !== gathered.join())
    throw new Problem('conflict', 'The bundle has just changed. Look at it again.');
  return all.filter(({ id, state }) => id === lead || state === 'open');
}

/** Why one person is not enough for all of it. */
function needsOf(parts: readonly Pick<Part, 'case' | 'determination' | 'clause'>[], most: number): decisions.Need[] {
  const needs = parts.flatMap(({ case: { harm }, determination, clause }) => decisions.needsOf({ harm, determination, clause }));
  return [...new Set([...needs, ...(parts.length > most ? (['bulk'] as const) : [])])];
}

async function demandedShares(house: House, tx: Tx, parts: readonly Part[], judgement: BundleJudgement): Promise<Share[]> {
  const shares = await sharesOf(house, tx, parts, judgement);
  if (judgement.measure !== undefined) for (const { plan, measure } of shares) demandPlanned(plan, measure, judgement.lessened ?? '');
  return shares;
}

async function carryOut(
  house: House,
  tx: Tx,
  lead: cases.Case,
  parts: readonly Part[],
  shares: readonly Share[],
  judgement: BundleJudgement,
  by: Member,
): Promise<BundleMade> {
  const measured = shares.filter(({ measure }) => measure !== null);
  const targets: string[] = [];
  for (const { account } of measured) targets.push(await handleAsId(house, tx, { role: 'author', party: account, purpose: 'evidence' }));
  await lockAccounts(tx, targets);
  const carrying = new Map(shares.map((share) => [share.case, share]));
  const now = house.clock.now();
  const made = new Map<string, decisions.Decision>();
  for (const { case: of, revision, determination, days, clause } of parts) {
    const share = carrying.get(of.id);
    const decision = await makeDecision(house, tx, {
      ...(share && { id: share.decision, measure: share.measure, lessened: judgement.lessened ?? '' }),
      case: of,
      revision,
      stage: 'final',
      determination,
      territory: determination === 'none' ? null : (judgement.territory ?? null),
      endsAt: days === null ? null : new Date(now.getTime() + days * day),
      clause,
      reason: judgement.reason.trim(),
      plan: share?.plan ?? null,
      by: by.id,
      supersedes: (await decisions.standingIn(tx, of.id, of.item)) ?? null,
    });
    made.set(of.id, decision);
  }
  const bundle = await together(house, tx, lead, [...made.values()]);
  for (const { case: id, account, measure } of measured) {
    const { case: of, clause } = parts.find((part) => part.case.id === id) as Part;
    const follows = made.get(id) as decisions.Decision;
    const reason = judgement.reason.trim();
    await sanction(house, tx, { case: of, account, follows, measure: measure as 'warn', clause, reason, by: by.id, supersedes: null });
  }
  await cases.dropLease(tx, lead.id, by.id);
  return { bundle, decisions: [...made.values()] };
}
