import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Database, Tx } from '../db/transaction.ts';
import { drawing, type Pace } from './bucket.ts';
import { noteAttempt } from './delivery-log.ts';
import { excerptOf } from './excerpt.ts';
import { bury, dueLanes, type Lane, type Message, postpone, takeDue } from './outbox.ts';
import { type Delivery, deliver, type Endpoint } from './webhook.ts';

export interface Dispatching {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly endpointOf: (tx: Tx, service: string) => Promise<Endpoint | null>;
  readonly paceOf: (tx: Tx, lane: Lane) => Promise<Pace>;
  /** One try of a message that is no webhook. */
  readonly mail: (message: Message) => Promise<Delivery>;
  /**
   * The receiver answered 2xx. In the transaction that settles the message: finishes it, or leaves it to be sent again until it is done.
   */
  readonly taken: (tx: Tx, message: Message, signed: unknown) => Promise<'finished' | 'await'>;
  /**
   * The receiver refused it for good. In the transaction that settles the message; true where that is all there is to it, so that nobody has to
   * look after a dead letter.
   */
  readonly refused: (tx: Tx, message: Message, delivery: Delivery) => Promise<boolean>;
  /** After all tries it did not arrive. In the transaction that gives it up: whoever has to see to it hears of it. */
  readonly givenUp: (tx: Tx, message: Message) => Promise<void>;
  /** How long a receiver may take to answer. */
  readonly timeoutMs?: number;
}

const leaseMs = 60_000;
const batch = 16;
const deadAfterMs = 5 * 24 * 3_600_000;
const longestMs = 3_600_000;

/** Time until the next try, by tries so far: 5 s, doubling, an hour at most. Over five days that is some 130 tries. */
function backoffMs(attempts: number): number {
  return Math.min(longestMs, 5_000 * 2 ** Math.min(attempts - 1, 20));
}

/** Sends what is due on every lane, once; gives back how many were tried. */
export async function dispatchDue(d: Dispatching): Promise<number> {
  const lanes = await d.db.begin('jobs', (tx) => dueLanes(tx, d.clock.now()));
  const sent = await Promise.all(lanes.map((lane) => dispatchOn(d, lane)));
  return sent.reduce((sum, one) => sum + one, 0);
}

/** Sends what is due on one lane, as much at once as its pace lets: what is asked for before what is told. Gives how many were tried. */
async function dispatchOn(d: Dispatching, lane: Lane): Promise<number> {
  const now = d.clock.now();
  const { messages, endpoint } = await d.db.begin('jobs', async (tx) => {
    const bucket = await drawing(tx, nameOf(lane), await d.paceOf(tx, lane), now, batch);
    const due = bucket.allowed === 0 ? [] : await takeDue(tx, now, new Date(now.getTime() + leaseMs), bucket.allowed, lane);
    bucket.take(due.length);
    return { messages: due, endpoint: due.length > 0 && lane.receiver === 'webhook' ? await d.endpointOf(tx, lane.service) : null };
  });
  await Promise.all(messages.map((message) => dispatch(d, message, endpoint)));
  return messages.length;
}

/**
 * A crash before the answer leaves a lease that ends; one after it, before the commit, too: the receiver hears the same message again, with
 * the same `webhook-id`.
 */
async function dispatch(d: Dispatching, message: Message, endpoint: Endpoint | null): Promise<void> {
  const at = d.clock.now();
  const begun = performance.now();
  const delivery =
    message.receiver === 'email' ? await d.mail(message) : endpoint ? await deliver(message, endpoint, d.timeoutMs) : nowhere;
  const durationMs = Math.round(performance.now() - begun);
  await d.db.begin('jobs', async (tx) => {
    const end = await settle(d, tx, message, delivery);
    noteAttempt(tx, {
      ...{ service: message.service, message: message.id, type: message.type, subject: message.subject, attempt: message.attempts },
      ...{ at, durationMs, ...end, status: delivery.status, failure: delivery.taken ? null : delivery.failure },
      response: excerptOf(delivery.answer, message.body),
    });
  });
}

/** The name of a lane: a service's, which has no blank, is its webhooks'. */
const nameOf = ({ service, receiver }: Lane): string => (receiver === 'webhook' ? service : `${service} ${receiver}`);

const nowhere: Delivery = {
  ...{ taken: false, status: null, failure: 'the service has no webhook address', answer: '', forGood: false, retryAfterMs: null },
};

async function settle(d: Dispatching, tx: Tx, message: Message, delivery: Delivery) {
  const now = d.clock.now();
  const next = new Date(now.getTime() + backoffMs(message.attempts));
  if (delivery.taken) {
    if ((await d.taken(tx, message, delivery.signed)) === 'finished') return { result: 'done', nextAt: null } as const;
    await postpone(tx, message.id, next, { answered: now, failure: null });
    return { result: 'taken', nextAt: next } as const;
  }
  const total = Array.from({ length: message.attempts }, (_, i) => backoffMs(i + 1)).reduce((sum, ms) => sum + ms, 0);
  if (delivery.forGood && (await d.refused(tx, message, delivery))) return { result: 'given-up', nextAt: null } as const;
  if (delivery.forGood || total >= deadAfterMs) {
    d.log.error(
      { message: message.id, service: message.service, type: message.type, failure: delivery.failure },
      'a message was given up: what it asks for, or tells, has not happened. Mend the receiver and send it again by hand',
    );
    await bury(tx, message.id, now, delivery.failure);
    await d.givenUp(tx, message);
    return { result: 'given-up', nextAt: null } as const;
  }
  const asked = new Date(now.getTime() + Math.min(delivery.retryAfterMs ?? 0, longestMs));
  const later = asked > next ? asked : next;
  await postpone(tx, message.id, later, { answered: null, failure: delivery.failure });
  return { result: 'failed', nextAt: later } as const;
}

/** Sends when nudged and every `every` ms. Each service has lanes of its own: a slow receiver keeps nobody else waiting. */
export function startDispatcher(d: Dispatching, { every = 1_000 }: { every?: number } = {}) {
  let stopping = false;
  let nudged = false;
  let wake: () => void = () => undefined;
  const lanes = new Map<string, Promise<void>>();
  const walk = async (lane: Lane) => {
    try {
      while (!stopping && (await dispatchOn(d, lane)) > 0);
    } catch (error) {
      d.log.error({ error, ...lane }, 'what is due could not be sent; the next round begins again');
    } finally {
      lanes.delete(nameOf(lane));
    }
  };
  const loop = (async () => {
    while (!stopping) {
      nudged = false;
      try {
        for (const lane of await d.db.begin('jobs', (tx) => dueLanes(tx, d.clock.now())))
          if (!lanes.has(nameOf(lane))) lanes.set(nameOf(lane), walk(lane));
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
    await Promise.all(lanes.values());
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
