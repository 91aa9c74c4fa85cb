import * as cases from '../../cases/index.ts';
import type * as decisions from '../../decisions/index.ts';
import * as enforcement from '../../enforcement/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { finish } from '../../foundation/outbox/outbox.ts';
import { append } from '../../records/index.ts';
import { breach } from '../calls/breach.ts';
import type { House } from '../house.ts';

/**
 * The time of a measure is over and the platform never acknowledged it: the order closes as *lapsed undelivered*, is not sent any more, and
 * that it was not kept is on record. What takes the measure back is asked for all the same: unacknowledged is not undone. The caller holds
 * the case's lock.
 */
export async function lapseUndelivered(house: House, tx: Tx, of: cases.Case, over: decisions.Decision): Promise<void> {
  const newest = await enforcement.newestAction(tx, over.target);
  if (newest?.decision !== over.id || newest.state !== 'ordered') return;
  await enforcement.lapse(
    await append(house, tx, { kind: 'action.lapsed', service: of.service, case: of.id, payload: { action: newest.id } }),
  );
  await finish(tx, newest.id, house.clock.now());
  const subject = over.targetKind === 'account' ? over.id : of.id;
  const clock = newest.temporary ? 'protect' : 'enforce';
  const running = (await cases.clocksOf(tx, of.id)).find((one) => one.subject === subject && one.clock === clock);
  if (running === undefined || running.stoppedAt !== null || running.breachedAt !== null) return;
  await breach(house, tx, { of, service: of.service }, running, 'lapsed undelivered');
  house.log.warn({ case: of.id, action: newest.id }, 'a measure ended before the platform had carried it out');
}
