import * as cases from '../../cases/index.ts';
import type { Decision } from '../../decisions/index.ts';
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
  return newest?.desired ?? 'visible';
}

/** The measure that this decision needs on the platform, null where it shows that already. */
export async function measure(tx: Tx, item: string, determination: policy.Determination): Promise<policy.Measure | null> {
  return policy.measureFor(determination, await desiredNow(tx, item));
}

/**
 * Orders what a decision asks of the platform: a desired state with the target's next number, and the message that carries it, in the
 * decision's transaction. It is done when the platform has acknowledged it, not before (invariant 1).
 */
export async function enforce(house: House, tx: Tx, decision: Decision, measure: policy.Measure): Promise<enforcement.Action> {
  const spec = enforcement.actions[measure];
  const now = house.clock.now();
  const id = house.ids.next();
  const because = await append(house, tx, {
    kind: 'action.ordered',
    service: decision.service,
    case: decision.case,
    payload: {
      action: id,
      decision: decision.id,
      item: decision.item,
      target_seq: ((await enforcement.newestAction(tx, decision.item))?.targetSeq ?? 0) + 1,
      do: measure,
      desired: spec.desired,
      label: measure === 'label' ? decision.clause : null,
      temporary: decision.stage === 'temporary',
      clause: decision.clause,
      not_before: new Date(now.getTime() + spec.undoWindowSeconds * 1_000).toISOString(),
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
        target: { id: decision.item, seq: action.targetSeq },
        data,
        notBefore: action.notBefore,
      },
      now,
    );
    tx.afterCommit(house.nudgeOutbox);
  }
  return action;
}

/** An action as the platform reads it; null once the author's evidence is erased and nobody knows the item's name any more. */
export async function actionMessage(house: House, tx: Tx, action: enforcement.Action, decision: Decision) {
  const item = await subjects.item(tx, action.item);
  const revision = await subjects.revision(tx, decision.revision);
  if (!item || item.externalId === null || !revision) return null;
  return {
    action: action.id,
    target: { kind: 'item', id: item.externalId, revision: revision.platformRevision, surface: item.surface },
    target_seq: action.targetSeq,
    do: action.do,
    ...(action.label === null ? {} : { label: action.label }),
    desired: action.desired,
    decision: decision.id,
    clause: decision.clause,
    temporary: action.temporary,
    expires_at: decision.expiresAt?.toISOString() ?? null,
    acknowledge: `${house.publicUrl}/v1/actions/${action.id}/acknowledgements`,
  };
}

/** Closes a case whose final decision has nothing left to be acknowledged. */
export async function closeIfDone(house: House, tx: Tx, decision: Decision): Promise<void> {
  const waiting = (await enforcement.actionsOf(tx, decision.id)).some((action) => action.state === 'ordered');
  if (decision.stage !== 'final' || waiting) return;
  const outcome = decision.determination === 'restore' || decision.determination === 'none' ? 'no-violation' : 'actioned';
  await cases.close(await append(house, tx, { kind: 'case.closed', service: decision.service, case: decision.case, payload: { outcome } }));
}
