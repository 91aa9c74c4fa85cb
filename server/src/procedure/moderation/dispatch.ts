import * as enforcement from '../../enforcement/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import type { Dispatching } from '../../foundation/outbox/dispatch.ts';
import { finish, type Message } from '../../foundation/outbox/outbox.ts';
import { webhookSecrets } from '../../foundation/outbox/secrets.ts';
import * as notices from '../../notices/index.ts';
import { reveal } from '../../records/index.ts';
import * as subjects from '../../subjects/index.ts';
import { callUndelivered } from '../calls/undelivered.ts';
import type { House } from '../house.ts';
import { type Acknowledgement, acknowledge } from './acknowledge.ts';
import { lockCase } from './lock.ts';
import { bounced, mail } from './mail.ts';
import { receiptMail, receiptTaken } from './receipt-mail.ts';
import { handed } from './tell.ts';

/** What mail servers commonly let through without asking us to slow down. */
const mailPace = { perSecond: 10, atOnce: 20 };

/** How the outbox reaches platforms and people, and what a 2xx means: for a notice that it was handed over, for an action only that it was delivered. */
export function moderationDispatch(house: House): Dispatching {
  return {
    db: house.db,
    clock: house.clock,
    log: house.log,
    async endpointOf(tx, service) {
      const url = (await subjects.service(tx, service))?.webhookUrl ?? null;
      return url === null ? null : { url, secrets: await webhookSecrets(tx, house.keyEncryption, service, house.clock.now()) };
    },
    async paceOf(tx, { service, receiver }) {
      if (receiver === 'email') return mailPace;
      const known = (await subjects.service(tx, service)) as subjects.Service;
      return { perSecond: known.perSecond, atOnce: known.atOnce };
    },
    mail: (message) => mail(house, message),
    taken: (tx, message, signed) =>
      message.type === 'action.requested'
        ? delivered(house, tx, message, signed)
        : message.type === receiptMail
          ? receiptTaken(house, tx, message)
          : noticeTaken(house, tx, message),
    givenUp: (tx, message) => callUndelivered(house, tx, message),
    // That the regulator does not take its receipt somebody has to look after: it stays among the dead letters.
    refused: (tx, message, { status }) =>
      message.receiver === 'email' && message.type !== receiptMail ? bounced(house, tx, message, status) : Promise.resolve(false),
  };
}

/** A signed answer is an acknowledgement as good as the callback; without one the message is sent again until the platform says it is done. */
async function delivered(house: House, tx: Tx, message: Message, signed: unknown): Promise<'finished' | 'await'> {
  const said = acknowledgementIn(signed, message.subject);
  if (said) await acknowledge(house, tx, message.service, message.subject, said);
  const action = await enforcement.action(tx, message.subject);
  if (action?.state === 'ordered') return 'await';
  await finish(tx, message.subject, house.clock.now());
  return 'finished';
}

function acknowledgementIn(signed: unknown, action: string): Acknowledgement | null {
  if (typeof signed !== 'object' || signed === null) return null;
  const { action: about, target_seq: seq, state } = signed as Record<string, unknown>;
  const named = enforcement.reportedStates.find((one) => one === state);
  return about === action && Number.isSafeInteger(seq) && named !== undefined ? { target_seq: seq as number, state: named } : null;
}

async function noticeTaken(house: House, tx: Tx, message: Message): Promise<'finished'> {
  const notice = await notices.notice(tx, message.subject);
  if (notice) {
    await lockCase(tx, notice.case);
    const written = await reveal(house, tx, 'notice.written', notice.record);
    if (written) await handed(house, tx, notice.id, message.receiver, written);
  }
  await finish(tx, message.subject, house.clock.now());
  return 'finished';
}
