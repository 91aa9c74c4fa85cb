import type * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { append, reveal } from '../../records/index.ts';
import type { House } from '../house.ts';

/** Whether what the ladder said of this decision on an item was the end of its author's account. */
export async function leadsToEnd(house: House, tx: Tx, item: string): Promise<boolean> {
  const decided = await decisions.decision(tx, item);
  return decided !== undefined && (await reveal(house, tx, 'decision.made', decided.record))?.plan?.suggested === 'terminate-account';
}

/**
 * Where an account is suspended because the ladder leads to its end, that waits in sight for a second person, from the same transaction on. Not in
 * appeal: there the suspension takes the place of something graver. The caller holds the case's lock.
 */
export async function awaitEnd(house: House, tx: Tx, of: cases.Case, suspension: decisions.Decision): Promise<void> {
  const { id, determination, follows, appeal, decidedBy } = suspension;
  if (determination !== 'suspend-account' || follows === null || appeal !== null || !(await leadsToEnd(house, tx, follows))) return;
  await decisions.awaitEnd(
    await append(house, tx, {
      kind: 'ending.proposed',
      service: of.service,
      case: of.id,
      ...(decidedBy === null ? {} : { parties: [{ role: 'actor', party: decidedBy, purpose: 'staff' }] }),
      payload: { suspension: id },
    }),
  );
}
