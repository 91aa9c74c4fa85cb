import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Database } from '../db/transaction.ts';
import { Problem } from './problems.ts';

/** How much one client may ask, and when we are full. */
export interface Limits {
  /** Requests a minute of one service key. */
  readonly perKey: number;
  /** Requests a minute of one address (IPv6: one /64) without a key: pages. */
  readonly perAddress: number;
  /** Failed authentications a minute of one address; more are told 429 instead of 401. */
  readonly failuresPerAddress: number;
  /** Bytes of a body where the route says nothing else. */
  readonly body: number;
  /** Requests that may wait for a connection of the doors' pool; more are turned away at once with 503. */
  readonly waiting: number;
}

/** For a service of any size on one machine: a key may screen 10,000 items a second. */
export const usualLimits: Limits = { perKey: 600_000, perAddress: 600, failuresPerAddress: 60, body: 256 * 1024, waiting: 200 };

const minute = 60_000;

/**
 * Counts per key, else per address, in this process (with n processes behind a balancer the limit is n times as high); a route may set its
 * own `config.rateLimit`. Works by the machine's clock. To be registered after the hook that authenticates.
 */
export async function limitRates(app: FastifyInstance, limits: Limits): Promise<void> {
  await app.register(rateLimit, {
    global: true,
    timeWindow: minute,
    max: (request) => (request.service === null ? limits.perAddress : limits.perKey),
    keyGenerator: (request) => (request.service === null ? `address ${addressOf(request)}` : `key ${request.service.keyId}`),
    allowList: (request) => request.routeOptions.config.always === true,
    enableDraftSpec: true,
    errorResponseBuilder: (_request, context) => refusal(context.ttl),
  });
  const failures = app.createRateLimit({
    max: limits.failuresPerAddress,
    timeWindow: minute,
    keyGenerator: (request: FastifyRequest) => `failed ${addressOf(request)}`,
  });
  app.decorate('countFailure', async (request: FastifyRequest) => {
    const counted = await failures(request);
    if (!counted.isAllowed && counted.isExceeded) throw refusal(counted.ttl);
  });
}

/** Turns requests away while too many wait for the database: an answer at once is better than one after everybody's time-out. */
export function refuseWhenFull(app: FastifyInstance, db: Pick<Database, 'waiting'>, limits: Limits): void {
  app.addHook('onRequest', async (request) => {
    if (request.routeOptions.config.always !== true && db.waiting('doors') > limits.waiting) throw new Problem('unavailable');
  });
}

function refusal(ttlMs: number): Problem {
  return new Problem('rate-limited', undefined, { retryAfter: Math.max(1, Math.ceil(ttlMs / 1000)) });
}

/** One IPv6 customer has a /64 at least, so that counts as one address. */
function addressOf(request: FastifyRequest): string {
  return rateLimit.normalizeIP(request.ip);
}
