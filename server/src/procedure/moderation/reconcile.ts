import * as decisions from '../../decisions/index.ts';
import * as enforcement from '../../enforcement/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { append } from '../../records/index.ts';
import * as subjects from '../../subjects/index.ts';
import type { House } from '../house.ts';
import { acknowledge } from './acknowledge.ts';
import { enforce } from './enforce.ts';
import { happened } from './happened.ts';
import { lockAccount, lockCase } from './lock.ts';
import { isOurs, knownKind } from './own-kind.ts';

/** What a platform shows of one target now, as it names it. */
export interface Reading {
  readonly target:
    | { readonly kind: 'item'; readonly item_kind: string; readonly id: string }
    | { readonly kind: 'account'; readonly id: string };
  readonly state: enforcement.ReportedState;
  /** When it was read; now where it isn't said. */
  readonly at?: string;
}

/**
 * What a reading means: it is as it should be · it settles an order that waited · an order about it is under way · it differs from what was
 * acknowledged, and is asked for again · the target is gone · nothing was ever asked of it · it is older than what is known.
 */
export const readingResults = ['as-desired', 'acknowledged', 'pending', 'asked-again', 'gone', 'nothing-asked', 'outdated'] as const;
export type ReadingResult = (typeof readingResults)[number];

/**
 * Desired against reported state, for a target that the platform read back. Equal counts as acknowledged; what had been acknowledged and is
 * otherwise now (a restored backup of theirs, somebody's hand) is ordered anew under the next number, in the name of the decision that
 * stands, and waits in *decided, not enforced* with what was reported until it is so. Twice is once.
 * @throws Problem `time-in-future`, `field-wrong` where nobody defined such a kind of item.
 */
export async function reconcile(house: House, service: string, reading: Reading): Promise<ReadingResult> {
  const at = happened(house, reading.at);
  const newest = await house.db.begin('doors', (tx) => newestOn(house, tx, service, reading));
  const said = judge(newest, reading.state, at);
  if (!newest || (said !== 'acknowledged' && said !== 'asked-again')) return said;
  return house.db.begin('doors', async (tx) => {
    const of = await lockCase(tx, newest.case);
    if (newest.targetKind === 'account') await lockAccount(tx, newest.target);
    const action = (await enforcement.newestAction(tx, newest.target)) as enforcement.Action;
    const now = judge(action, reading.state, at);
    if (now === 'acknowledged') {
      await acknowledge(house, tx, service, action.id, { target_seq: action.targetSeq, state: reading.state, at: at.toISOString() });
    } else if (now === 'asked-again') {
      const decision = (await decisions.decision(tx, action.decision)) as decisions.Decision;
      const again = await enforce(house, tx, decision, action.do, { inCase: of.id, territory: action.territory });
      await enforcement.mismatch(
        await append(house, tx, {
          kind: 'action.mismatched',
          service,
          case: of.id,
          occurredAt: at,
          payload: { action: again.id, reported: reading.state },
        }),
      );
      house.log.warn(
        { action: again.id, desired: again.desired, reported: reading.state },
        'a platform does not show what it had acknowledged',
      );
    }
    return now;
  });
}

/** Pure. A reading from before an order, or before its acknowledgement, says nothing about what is now. */
function judge(newest: enforcement.Action | undefined, state: enforcement.ReportedState, at: Date): ReadingResult {
  if (!newest) return 'nothing-asked';
  if (newest.state === 'ordered') {
    const settles = at >= newest.orderedAt && (state === newest.desired || state === 'gone');
    return settles ? 'acknowledged' : 'pending';
  }
  if (state === 'gone') return 'gone';
  if (state === newest.desired) return 'as-desired';
  return newest.settledAt !== null && at < newest.settledAt ? 'outdated' : 'asked-again';
}

async function newestOn(house: House, tx: Tx, service: string, { target }: Reading): Promise<enforcement.Action | undefined> {
  if (target.kind === 'item' && !isOurs(target.item_kind)) await knownKind(tx, service, target.item_kind, '/target/item_kind');
  if (target.kind === 'item') return enforcement.newestAction(tx, subjects.itemId(house.secret, service, target.item_kind, target.id));
  // A measure on an account names it by a handle, which leaves with the person: found by way of what was decided.
  const decided = await decisions.decisionsOnAccount(tx, subjects.accountId(house.secret, service, target.id));
  const measured = decided.find(({ targetKind }) => targetKind === 'account');
  return measured && enforcement.newestAction(tx, measured.target);
}
