import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import * as enforcement from '../../enforcement/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import * as policy from '../../policy/index.ts';
import { append, handleAsId } from '../../records/index.ts';
import type { House } from '../house.ts';
import { awaitEnd } from './ending.ts';
import { closeDone, enforce } from './enforce.ts';
import { historyOf } from './history.ts';
import { lapseUndelivered } from './lapse.ts';
import { lockAccount } from './lock.ts';
import { profileOf } from './profile.ts';

export interface Sanction {
  readonly case: cases.Case;
  /** Whose account. */
  readonly account: string;
  /** The decision on the item that it follows from. */
  readonly follows: decisions.Decision;
  /** What is taken; `none`: what it supersedes is taken back. */
  readonly measure: policy.AccountMeasure | 'none';
  readonly clause: policy.Clause | null;
  readonly reason: string;
  readonly by: string | null;
  readonly supersedes: decisions.Decision | null;
  readonly appeal?: string;
}

/**
 * Decides about an account, in the transaction of the decision on the item that it follows from, and under its case's lock: a decision of its
 * own, with its own notice and its own appeal. The platform is asked only where the measure is the gravest that stands: a warning does not
 * open an account that is suspended.
 */
export async function sanction(house: House, tx: Tx, of: Sanction): Promise<decisions.Decision> {
  const now = house.clock.now();
  const target = await handleAsId(house, tx, { role: 'author', party: of.account, purpose: 'evidence' });
  await lockAccount(tx, target);
  const { live, taken } = await historyOf(tx, of.account);
  const measure = of.measure;
  const gravest =
    measure !== 'none' && live.every((one) => one.decision.id === of.supersedes?.id || policy.graver(measure, one.measure) >= 0);
  const id = house.ids.next();
  const because = await append(house, tx, {
    kind: 'decision.made',
    service: of.case.service,
    case: of.case.id,
    parties: [
      { role: 'author', party: of.account, purpose: 'evidence' },
      ...(of.by === null ? [] : [{ role: 'actor', party: of.by, purpose: 'staff' } as const]),
    ],
    payload: {
      decision: id,
      puid: `PRS-${id}`,
      stage: 'final',
      automated: of.by === null ? 'fully' : 'not',
      target_kind: 'account',
      target,
      revision: null,
      determination: measure,
      clause: of.clause?.id ?? null,
      policy: of.follows.policy,
      ground: of.clause?.ground ?? null,
      reason: of.reason,
      supersedes: of.supersedes?.id ?? null,
      appeal: of.appeal ?? null,
      follows: of.follows.id,
      ends_at: measure === 'none' ? null : (policy.endOf(measure, now, taken)?.toISOString() ?? null),
      plan: null,
      lessened: null,
      expires_at: null,
      appeal_until: policy.appealUntil(of.case.harm, now),
      clocks: gravest ? policy.enforceClock(of.case.harm, await profileOf(tx, of.case), now) : [],
    },
    versions: { policy: of.follows.policy, ladder: policy.shippedLadder.version },
  });
  await decisions.make(because);
  await cases.startClocks(because, id);
  const decision = (await decisions.decision(tx, id)) as decisions.Decision;
  if (measure !== 'none' && gravest) await enforce(house, tx, decision, measure);
  // Something milder, or nothing, takes its place: the gravest of what remains is what the platform shows.
  else if (of.supersedes) await giveBack(house, tx, of.supersedes, decision, of.case);
  await awaitEnd(house, tx, of.case, decision);
  await closeDone(house, tx, of.case.item);
  return decision;
}

/**
 * A measure is over: the platform is asked for the gravest of those that remain, or to open the account again. Nothing where the measure was
 * not what the platform shows. `inNameOf` is the decision that says so: the one that took it back, or the measure itself where its time ended.
 */
async function giveBack(house: House, tx: Tx, over: decisions.Decision, inNameOf: decisions.Decision, of: cases.Case): Promise<void> {
  const newest = await enforcement.newestAction(tx, over.target);
  if (!newest || newest.decision !== over.id) return;
  const remaining = over.account === null ? [] : (await historyOf(tx, over.account)).live.filter(({ decision }) => binding(decision, over));
  const [gravest] = remaining.sort((one, other) => policy.graver(other.measure, one.measure));
  if (gravest) await enforce(house, tx, gravest.decision, gravest.measure, { inCase: of.id });
  else await enforce(house, tx, inNameOf, 'reinstate-account', { inCase: of.id });
}

/** Whether it still closes something: a warning closes nothing, and is not repeated when something graver ends. */
function binding({ id, determination }: decisions.Decision, over: decisions.Decision): boolean {
  return id !== over.id && determination !== 'warn' && determination !== 'reprimand';
}

/**
 * What was decided about an item is taken back: the measures on its author's account that followed from it are taken back with it. What followed
 * from several decisions that were made as one stands as long as one of them does.
 */
export async function takeBack(
  house: House,
  tx: Tx,
  {
    case: of,
    contested,
    by,
    reason,
    now,
  }: { case: cases.Case; contested: decisions.Decision; by: string; reason: string; now: decisions.Decision },
): Promise<void> {
  for (const measure of await followed(tx, contested)) {
    if (measure.account === null || measure.determination === 'none') continue;
    await sanction(house, tx, {
      case: of,
      account: measure.account,
      follows: now,
      measure: 'none',
      clause: null,
      reason,
      by,
      supersedes: measure,
    });
  }
}

/**
 * The measures that followed from a decision, from those whose place it took, and from what was decided as one with it; none while any of that
 * stands and has a clause broken.
 */
async function followed(tx: Tx, contested: decisions.Decision): Promise<decisions.Decision[]> {
  const first = await decisions.originOf(tx, contested);
  const bundle = await decisions.bundleOf(tx, first.id);
  if (bundle === undefined || first.account === null) return followedBefore(tx, contested);
  const ids = new Set(await decisions.inBundle(tx, bundle));
  const all = await decisions.decisionsOnAccount(tx, first.account);
  for (const one of all)
    if (one.supersededBy === null && one.clause !== null && one.determination !== 'none' && ids.has((await decisions.originOf(tx, one)).id))
      return [];
  return all.filter(({ follows, supersededBy }) => follows !== null && ids.has(follows) && supersededBy === null);
}

async function followedBefore(tx: Tx, contested: decisions.Decision): Promise<decisions.Decision[]> {
  const measures: decisions.Decision[] = [];
  for (let one: decisions.Decision | undefined = contested; one; ) {
    measures.push(...(await decisions.followingOn(tx, one.id)));
    one = one.supersedes === null ? undefined : await decisions.decision(tx, one.supersedes);
  }
  return measures;
}

/** A measure whose time is over ends by itself: a record, an action, a notice. The caller holds the case's lock. */
export async function endMeasure(house: House, tx: Tx, of: cases.Case, id: string): Promise<boolean> {
  const known = (await decisions.decision(tx, id)) as decisions.Decision;
  if (known.targetKind === 'account') await lockAccount(tx, known.target);
  const measure = (await decisions.decision(tx, id)) as decisions.Decision;
  if (measure.state !== 'standing' || measure.endsAt === null || measure.endsAt > house.clock.now()) return false;
  await lapseUndelivered(house, tx, of, measure);
  await decisions.end(await append(house, tx, { kind: 'measure.ended', service: of.service, case: of.id, payload: { decision: id } }));
  const ended = (await decisions.decision(tx, id)) as decisions.Decision;
  if (ended.targetKind === 'account') await giveBack(house, tx, ended, ended, of);
  else await lift(house, tx, ended);
  await closeDone(house, tx, of.item);
  return true;
}

/** An item is as before, unless something newer was asked of it since. */
async function lift(house: House, tx: Tx, ended: decisions.Decision): Promise<void> {
  const newest = await enforcement.newestAction(tx, ended.target);
  if (newest?.decision === ended.id && newest.desired !== 'visible') await enforce(house, tx, ended, 'restore');
}

/** May this measure be taken by one person? @throws Problem `measure-too-grave`, `lessening-unexplained`. */
export function demandPlanned(plan: policy.Plan, measure: policy.AccountMeasure | null, lessened: string): void {
  const { alone } = plan.actions.account;
  if (policy.graver(measure, alone) > 0)
    throw new Problem('measure-too-grave', 'The ladder does not lead to this measure, or it takes a second person.');
  if (policy.graver(measure, alone) < 0 && lessened.trim().length < 3)
    throw new Problem('lessening-unexplained', 'Say why less is done to the account than the ladder has.');
}
