import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Database, Tx } from '../db/transaction.ts';
import { bury, type Message, postpone, takeDue } from './outbox.ts';
import { type Delivery, deliver, type Endpoint } from './webhook.ts';

export interface Dispatching {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly endpointOf: (tx: Tx, service: string) => Promise<Endpoint | null>;
  /**
   * The receiver answered 2xx. In the transaction that settles the message: finishes it, or leaves it to be sent again until it is done.
   */
  readonly taken: (tx: Tx, message: Message, signed: unknown) => Promise<'finished' | 'await'>;
}

const leaseMs = 60_000;
const batch = 16;
const deadAfterMs = 5 * 24 * 3_600_000;

/** Time until the next try, by tries so far: 5 s, doubling, an hour at most. Over five days that is some 130 tries. */
function backoffMs(attempts: number): number {
  return Math.min(3_600_000, 5_000 * 2 ** Math.min(attempts - 1, 20));
}

/** Sends what is due, once; gives back how many were tried. */
async function dispatchDue(d: Dispatching): Promise<number> {
  const now = d.clock.now();
  const messages = await d.db.begin('jobs', (tx) => takeDue(tx, now, new Date(now.getTime() + leaseMs), batch));
  await Promise.all(messages.map((message) => dispatch(d, message)));
  return messages.length;
}

async function dispatch(d: Dispatching, message: Message): Promise<void> {
  const endpoint = await d.db.begin('jobs', (tx) => d.endpointOf(tx, message.service));
  const delivery: Delivery = endpoint ? await deliver(message, endpoint) : { taken: false, failure: 'the service has no webhook address' };
  await d.db.begin('jobs', async (tx) => {
    const now = d.clock.now();
    const next = new Date(now.getTime() + backoffMs(message.attempts));
    if (delivery.taken) {
      if ((await d.taken(tx, message, delivery.signed)) === 'await') await postpone(tx, message.id, next, { answered: now, failure: null });
      return;
    }
    const total = Array.from({ length: message.attempts }, (_, i) => backoffMs(i + 1)).reduce((sum, ms) => sum + ms, 0);
    if (total >= deadAfterMs) {
      d.log.error(
        { message: message.id, type: message.type, failure: delivery.failure },
        'a webhook was given up; it stays in the delivery log',
      );
      return bury(tx, message.id, now, delivery.failure);
    }
    await postpone(tx, message.id, next, { answered: null, failure: delivery.failure });
  });
}

/** Runs `dispatchDue` when nudged and every `every` ms. */
export function startDispatcher(d: Dispatching, { every = 1_000 }: { every?: number } = {}) {
  let stopping = false;
  let nudged = false;
  let wake: () => void = () => undefined;
  const loop = (async () => {
    while (!stopping) {
      nudged = false;
      try {
        if ((await dispatchDue(d)) > 0) continue;
      } catch (error) {
        d.log.error({ error }, 'the outbox could not be read; the next round begins again');
      }
      if (!nudged && !stopping) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, every);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    }
  })();
  return {
    nudge() {
      nudged = true;
      wake();
    },
    async stop() {
      stopping = true;
      wake();
      await loop;
    },
  };
}
