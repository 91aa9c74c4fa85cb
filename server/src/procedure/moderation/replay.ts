import * as enforcement from '../../enforcement/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { findMessage, type Standing, sendAgain, stuck } from '../../foundation/outbox/outbox.ts';
import { append } from '../../records/index.ts';
import type { House } from '../house.ts';

/** Who asks for it: a member of staff by id, the service itself, or whoever has the command line. */
export interface Asking {
  readonly member?: string;
  /** Only messages to this service are known. */
  readonly service?: string;
}

/**
 * One webhook goes out again at once, a dead letter too. The same message, with the same `webhook-id`: who has it already does nothing
 * twice. What a newer one has taken the place of is not sent any more.
 * @throws Problem `delivery-unknown`, `delivery-outdated`.
 */
export async function replay(house: House, tx: Tx, id: string, { member, service }: Asking): Promise<Standing> {
  const message = await findMessage(tx, id);
  if (!message || (service !== undefined && message.service !== service))
    throw new Problem('delivery-unknown', `There is no webhook ${id}. They are kept for 30 days after they were done.`);
  if (message.collapsed || (await enforcement.action(tx, message.subject))?.state === 'superseded')
    throw new Problem('delivery-outdated', 'A newer order about the same target has taken its place.');
  await append(house, tx, {
    kind: 'delivery.replayed',
    service: message.service,
    parties: member === undefined ? [] : [{ role: 'actor', party: member, purpose: 'staff' }],
    payload: { message: message.id, type: message.type, subject: message.subject },
  });
  await sendAgain(tx, id, house.clock.now());
  tx.afterCommit(house.nudgeOutbox);
  return message;
}

/** Every dead letter goes out again, of one service where it is named; each in a transaction of its own. Gives how many. */
export async function replayDead(house: House, service: string | undefined, asking: Asking): Promise<number> {
  let sent = 0;
  for (;;) {
    const dead = await house.db.begin('jobs', (tx) => stuck(tx, { service, dead: true }, 100));
    for (const { id } of dead) await house.db.begin('jobs', (tx) => replay(house, tx, id, asking));
    sent += dead.length;
    if (dead.length < 100) return sent;
  }
}
