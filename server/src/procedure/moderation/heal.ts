import type * as cases from '../../cases/index.ts';
import * as enforcement from '../../enforcement/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { resend } from '../../foundation/outbox/outbox.ts';
import * as notices from '../../notices/index.ts';
import type { House } from '../house.ts';

/** Mends a broken promise as far as a machine can, in the transaction of the breach and under the case's lock. Idempotent. */
export type Healing = (house: House, tx: Tx, of: cases.Case, clock: cases.Clock) => Promise<void>;

/** What the platform was asked for and has not acknowledged goes out again at once, out of the dead letters too. */
export async function sendActionsAgain(house: House, tx: Tx, of: cases.Case, { subject }: cases.Clock): Promise<void> {
  // The clock of a measure on an account is the measure's own.
  if (subject !== of.id) {
    for (const { id, state } of await enforcement.actionsOf(tx, subject)) if (state === 'ordered') await sendAgain(house, tx, id);
    return;
  }
  // Only the newest can wait: it took the place of those before it.
  const newest = await enforcement.newestAction(tx, of.item);
  if (newest?.state === 'ordered') await sendAgain(house, tx, newest.id);
}

/** Notices about this report, appeal or inquiry that no channel has taken go out again at once, out of the dead letters too. */
export async function sendNoticesAgain(house: House, tx: Tx, of: cases.Case, { subject }: cases.Clock): Promise<void> {
  for (const { id, state, report, appeal, inquiry } of await notices.noticesOf(tx, of.id))
    if (state === 'written' && (report === subject || appeal === subject || inquiry === subject)) await sendAgain(house, tx, id);
}

async function sendAgain(house: House, tx: Tx, subject: string): Promise<void> {
  await resend(tx, subject, house.clock.now());
  tx.afterCommit(house.nudgeOutbox);
}
