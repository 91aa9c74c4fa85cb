import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../clock.ts';
import type { Database, PoolName, Tx } from '../db/transaction.ts';
import type { KeyPlace, StoredAnswer } from './idempotency.sql.ts';
import { deleteAnswers, findAnswer, keepAnswer, tryLock } from './idempotency.sql.ts';
import { Problem } from './problems.ts';

/** Invariant 15: so long a key means the same request. */
export const keptMs = 7 * 24 * 60 * 60 * 1000;
const keyForm = /^[\x21-\x7e]{1,255}$/;
/** Of an answer these are kept and sent again; the others belong to the one request. */
const keptHeaders = ['content-type', 'location'];

type Asked<Body, Params> = FastifyRequest & { readonly body: Body; readonly params: Params };

interface Means {
  readonly db: Database;
  readonly clock: Clock;
}

const wrapped = new WeakSet<object>();

/** Whether a handler was made by `transactional`; the server refuses an idempotent route whose handler was not. */
export function isTransactional(handler: object): boolean {
  return wrapped.has(handler);
}

/**
 * A route's handler as one transaction: `transactional(house, async (tx, request, reply) => …)`. The effect, and on a route with
 * `config.idempotent` the key and the answer, are durable together before the client hears of it; whatever is thrown undoes all three.
 *
 * Only successful answers (2xx) are kept: a refusal had no effect, so that trying again after correcting the cause may succeed under the
 * same key. A crash before the commit leaves nothing; one after it leaves the answer, which the next try gets, byte for byte, with
 * `idempotent-replayed: true`.
 * @throws Problem `idempotency-key-missing`, `idempotency-key-reused`, `idempotency-running`
 */
export function transactional<Body = unknown, Params = unknown>(
  house: Means,
  handler: (tx: Tx, request: Asked<Body, Params>, reply: FastifyReply) => Promise<unknown>,
  pool: PoolName = 'doors',
): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  const handle = async (plain: FastifyRequest, reply: FastifyReply): Promise<void> => {
    // validated against the route's schemas, whose types these are
    const request = plain as Asked<Body, Params>;
    const place = placeOf(request);
    if (place === undefined) {
      const result = await house.db.begin(pool, async (tx) => succeeded(await handler(tx, request, reply), reply));
      await reply.send(result);
      return;
    }
    const { answer, replayed } = await once(house, place, hashOf(request), pool, async (tx, hash) =>
      written(succeeded(await handler(tx, request, reply), reply), reply, hash),
    );
    if (replayed) reply.header('idempotent-replayed', 'true');
    await reply.code(answer.status).headers(answer.headers).send(answer.answer);
  };
  wrapped.add(handle);
  return handle;
}

/** Does it in one transaction with the keeping of its answer, unless that key has an answer already. */
async function once(
  house: Means,
  place: KeyPlace,
  hash: Buffer,
  pool: PoolName,
  work: (tx: Tx, hash: Buffer) => Promise<StoredAnswer>,
): Promise<{ readonly answer: StoredAnswer; readonly replayed: boolean }> {
  const now = house.clock.now();
  return house.db.begin(pool, async (tx) => {
    const [locked, known] = await Promise.all([tryLock(tx, place), findAnswer(tx, place, new Date(now.getTime() - keptMs))]);
    if (!locked) throw new Problem('idempotency-running');
    if (known !== undefined && !known.body_hash.equals(hash)) throw new Problem('idempotency-key-reused');
    if (known !== undefined) return { answer: known, replayed: true };
    const fresh = await work(tx, hash);
    keepAnswer(tx, place, fresh, now);
    return { answer: fresh, replayed: false };
  });
}

/**
 * One line of a batch, as the request that it would be alone: the same key, at the same route, with the same body, whether it comes in a batch
 * or by itself, is done once.
 */
export async function onceAlone(
  house: Means,
  alone: { readonly service: string; readonly route: string; readonly key: string; readonly body: unknown },
  status: number,
  work: (tx: Tx) => Promise<unknown>,
): Promise<{ readonly status: number; readonly answer: unknown }> {
  const { service, route, key, body } = alone;
  const { answer } = await once(house, { service, method: 'POST', route, key }, digestOf({}, {}, body), 'doors', async (tx, hash) => ({
    body_hash: hash,
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    answer: Buffer.from(JSON.stringify(await work(tx))),
  }));
  return { status: answer.status, answer: JSON.parse(answer.answer.toString('utf8')) };
}

/** Forgets keys older than 7 days, at most 5,000 at a time; gives how many, so that a job goes on until 0. */
export function forgetAnswers(tx: Tx, clock: Clock): Promise<number> {
  return deleteAnswers(tx, new Date(clock.now().getTime() - keptMs), 5000);
}

function placeOf(request: FastifyRequest): KeyPlace | undefined {
  const { config, url } = request.routeOptions;
  const key = request.headers['idempotency-key'];
  if (config.idempotent === undefined || (key === undefined && config.idempotent === 'optional')) return undefined;
  if (key === undefined) throw new Problem('idempotency-key-missing');
  if (typeof key !== 'string' || !keyForm.test(key))
    throw new Problem('bad-request', 'Idempotency-Key: must be 1 to 255 visible ASCII characters.');
  if (request.service === null) throw new Error(`${url} is idempotent but knows no service`);
  return { service: request.service.slug, method: request.method, route: url ?? '', key };
}

/** Field order and white space don't count: a client that writes the same request anew gets its answer. */
function hashOf({ params, query, body }: FastifyRequest): Buffer {
  return digestOf(params, query, body);
}

function digestOf(params: unknown, query: unknown, body: unknown): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([params, query, body ?? null], inOrder))
    .digest();
}

function inOrder(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A refusal that was answered instead of thrown would leave its effect behind. */
function succeeded<Result>(result: Result, reply: FastifyReply): Result {
  if (reply.statusCode >= 200 && reply.statusCode <= 299) return result;
  throw new Error(`A transactional handler answered ${reply.statusCode}: refusals are thrown, so that they undo the effect`);
}

function written(result: unknown, reply: FastifyReply, hash: Buffer): StoredAnswer {
  if (!reply.hasHeader('content-type')) reply.header('content-type', 'application/json; charset=utf-8');
  const bytes = result === undefined ? '' : (reply.serialize(result) as string);
  const headers = keptHeaders.flatMap((name): [string, string][] => {
    const value = reply.getHeader(name);
    return value === undefined ? [] : [[name, String(value)]];
  });
  return { body_hash: hash, status: reply.statusCode, headers: Object.fromEntries(headers), answer: Buffer.from(bytes) };
}
