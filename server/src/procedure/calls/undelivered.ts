import * as calls from '../../calls/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { findMessage, type Message } from '../../foundation/outbox/outbox.ts';
import type { House } from '../house.ts';
import { call } from './call.ts';

/**
 * A message was given up: a decision was recorded and never happened, or somebody was never told. Leads and administrators are called, once for a
 * receiver and a day however many messages it lost, in the transaction that gives the message up.
 */
export async function callUndelivered(house: House, tx: Tx, message: Pick<Message, 'id' | 'service' | 'receiver' | 'type'>): Promise<void> {
  // A call stands on the desk whether its webhook arrives or not; and of a closed log the doctor speaks.
  if (message.type === 'call.made' || !house.gate.open) return;
  await calls.lockAbout(tx, 'undelivered');
  const since = new Date(house.clock.now().getTime() - calls.againMs);
  for (const { subject } of await calls.recentAbout(tx, 'undelivered', message.service, since))
    if ((await findMessage(tx, subject as string))?.receiver === message.receiver) return;
  await call(house, tx, { about: 'undelivered', of: null, service: message.service, subject: message.id });
}
