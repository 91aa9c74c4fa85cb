import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import * as enforcement from '../../enforcement/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { enqueue } from '../../foundation/outbox/outbox.ts';
import * as policy from '../../policy/index.ts';
import { append } from '../../records/index.ts';
import * as subjects from '../../subjects/index.ts';
import type { House } from '../house.ts';

/** What the platform was last asked to show of an item; visible where nobody ever asked for anything. */
export async function desiredNow(tx: Tx, item: string): Promise<policy.Desired> {
  const newest = await enforcement.newestAction(tx, item);
  // What was moot (the author had deleted it) still names what we would show.
  return (newest?.desired ?? 'visible') as policy.Desired;
}

/**
 * The measure that a decision needs on the platform; null where the platform shows that already. What was asked and not acknowledged yet is
 * asked again in this decision's name, so that it is not done before the platform says so (invariant 1). A decision in appeal leaves alone
 * what a newer case has asked of the same item since.
 */
export async function measure(
  tx: Tx,
  of: cases.Case,
  {
    stage,
    determination,
    appeal,
    territory,
  }: Pick<decisions.Decision, 'stage' | 'appeal'> & { readonly determination: policy.Determination; readonly territory: string | null },
): Promise<policy.Measure | null> {
  const newest = await enforcement.newestAction(tx, of.item);
  if (appeal !== null && newest && newest.case !== of.id) return null;
  const needed = policy.measureFor(determination, (newest?.desired ?? 'visible') as policy.Desired);
  if (needed !== null || newest === undefined || stage !== 'final') return needed;
  // The same somewhere else is not the same: a label in Malaysia is none elsewhere.
  const elsewhere = newest.desired !== 'visible' && newest.territory !== territory;
  return newest.state === 'ordered' || elsewhere ? (newest.do as policy.Measure) : null;
}

/**
 * Orders what a decision asks of the platform: a desired state with the target's next number, and the message that carries it, in the
 * decision's transaction; in another case's order where that case is what brought it up again. It is done when the platform has acknowledged it, not before (invariant 1).
 */
export async function enforce(
  house: House,
  tx: Tx,
  decision: decisions.Decision,
  measure: enforcement.ActionName,
  { inCase = decision.case, territory = null }: { readonly inCase?: string; readonly territory?: string | null } = {},
): Promise<enforcement.Action> {
  const spec = enforcement.actions[measure];
  const now = house.clock.now();
  const id = house.ids.next();
  const because = await append(house, tx, {
    kind: 'action.ordered',
    service: decision.service,
    case: inCase,
    payload: {
      action: id,
      decision: decision.id,
      target_kind: decision.targetKind,
      target: decision.target,
      target_seq: ((await enforcement.newestAction(tx, decision.target))?.targetSeq ?? 0) + 1,
      do: measure,
      desired: spec.desired,
      label: measure === 'label' ? decision.clause : null,
      temporary: decision.stage === 'temporary',
      territory,
      clause: decision.clause,
      not_before: now.toISOString(),
    },
  });
  await enforcement.order(because);
  const action = (await enforcement.action(tx, id)) as enforcement.Action;
  const data = await actionMessage(house, tx, action, decision);
  if (data) {
    await enqueue(
      tx,
      {
        id: house.ids.next(),
        service: decision.service,
        type: 'action.requested',
        subject: id,
        target: { id: decision.target, seq: action.targetSeq },
        data,
        notBefore: action.notBefore,
      },
      now,
    );
    tx.afterCommit(house.nudgeOutbox);
    return action;
  }
  // Nobody is left to be asked for it: what cannot be done waits for nobody (product.md: *moot*).
  const settled = await append(house, tx, {
    kind: 'action.acknowledged',
    service: decision.service,
    case: inCase,
    payload: { action: id, reported: 'unnamed', result: 'moot', ...keptBy(action) },
  });
  await enforcement.settle(settled);
  await cases.stopClocks(settled, settled.payload.subject, settled.payload.stops);
  return (await enforcement.action(tx, id)) as enforcement.Action;
}

/** Whose clocks an action stops that is done: the case's, or those of the measure on an account, which runs beside the case. */
export function keptBy({ targetKind, case: of, decision, temporary }: enforcement.Action): {
  readonly subject: string;
  readonly stops: ('protect' | 'enforce')[];
} {
  if (targetKind === 'account') return { subject: decision, stops: ['enforce'] };
  return { subject: of, stops: temporary ? ['protect'] : ['protect', 'enforce'] };
}

/** An action as the platform reads it; null once the author's evidence is erased and nobody knows the item's name any more. */
export async function actionMessage(house: House, tx: Tx, action: enforcement.Action, decision: decisions.Decision) {
  const target = await (action.targetKind === 'item'
    ? itemNamed(tx, action.target, decision.revision)
    : accountNamed(tx, decision.account));
  if (!target) return null;
  return {
    action: action.id,
    target,
    target_seq: action.targetSeq,
    do: action.do,
    ...(action.label === null ? {} : { label: action.label }),
    desired: action.desired,
    decision: decision.id,
    clause: decision.clause,
    temporary: action.temporary,
    territory: action.territory,
    expires_at:
      (action.do === 'reinstate-account' || action.do === 'restore' ? null : (decision.endsAt ?? decision.expiresAt))?.toISOString() ??
      null,
    acknowledge: `${house.publicUrl}/v1/actions/${action.id}/acknowledgements`,
  };
}

async function itemNamed(tx: Tx, id: string, seen: string | null) {
  const item = await subjects.item(tx, id);
  const revision = seen === null ? undefined : await subjects.revision(tx, seen);
  if (!item || item.externalId === null || !revision) return null;
  return { kind: 'item', item_kind: item.called, id: item.externalId, revision: revision.platformRevision, surface: item.surface } as const;
}

async function accountNamed(tx: Tx, id: string | null) {
  const account = id === null ? undefined : await subjects.account(tx, id);
  return account ? ({ kind: 'account', id: account.externalId } as const) : null;
}

/** Whether the platform has still to acknowledge something that was decided in this case about its author's account. */
async function accountWaits(tx: Tx, caseId: string): Promise<boolean> {
  for (const { id, targetKind } of await decisions.decisionsOf(tx, caseId))
    if (targetKind === 'account' && (await enforcement.actionsOf(tx, id)).some(({ state }) => state === 'ordered')) return true;
  return false;
}

/** Whether something that was merged into this case has still to be decided with it, or acknowledged by the platform. */
async function mergedWaits(tx: Tx, caseId: string): Promise<boolean> {
  for (const { id, item } of await cases.mergedInto(tx, caseId)) {
    if ((await decisions.standingIn(tx, id, item))?.stage !== 'final') return true;
    if ((await enforcement.newestAction(tx, item))?.state === 'ordered') return true;
  }
  return false;
}

/**
 * Closes every decided case of an item on which nothing waits for the platform any more: the one whose measure was acknowledged, and an
 * older one whose measure a newer case's has taken the place of. The caller holds the item's lock.
 */
export async function closeDone(house: House, tx: Tx, item: string): Promise<void> {
  if ((await enforcement.newestAction(tx, item))?.state === 'ordered') return;
  for (const id of await cases.decidedOn(tx, item)) {
    if ((await accountWaits(tx, id)) || (await mergedWaits(tx, id))) continue;
    const of = (await cases.lock(tx, id)) as cases.Case;
    // Its own item may be another one: what was acknowledged may be about a case that was merged into this one.
    if ((await enforcement.newestAction(tx, of.item))?.state === 'ordered') continue;
    const { determination } = (await decisions.standingIn(tx, id, of.item)) as decisions.Decision;
    const moot = (await enforcement.newestAction(tx, of.item))?.state === 'moot';
    const outcome = determination === 'restore' || determination === 'none' ? 'no-violation' : moot ? 'moot' : 'actioned';
    const because = await append(house, tx, { kind: 'case.closed', service: of.service, case: id, payload: { outcome } });
    await cases.close(because);
    await cases.stopClocks(because, id, ['protect', 'enforce']);
  }
}
