import { createHash } from 'node:crypto';
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

/** What we need to know of a request and its reply; Fastify's own fit. */
interface AskedFor {
  readonly method: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly service: { readonly slug: string } | null;
  readonly routeOptions: { readonly url?: string | undefined; readonly config: { readonly idempotent?: 'required' | 'optional' } };
}
interface Reply {
  statusCode: number;
  header(name: string, value: string): unknown;
  getHeader(name: string): unknown;
  serialize(payload: unknown): unknown;
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
export function transactional<Asked, Answer extends object>(
  house: { readonly db: Database; readonly clock: Clock },
  handler: (tx: Tx, request: Asked, reply: Answer) => Promise<unknown>,
  pool: PoolName = 'doors',
): (request: Asked, reply: Answer) => Promise<unknown> {
  const handle = async (request: Asked, answer: Answer): Promise<unknown> => {
    const reply = answer as unknown as Reply;
    const place = placeOf(request as unknown as AskedFor);
    if (place === undefined) return house.db.begin(pool, (tx) => handler(tx, request, answer));
    const hash = hashOf(request as unknown as AskedFor);
    const now = house.clock.now();
    const kept = await house.db.begin(pool, async (tx): Promise<StoredAnswer & { readonly replayed: boolean }> => {
      if (!(await tryLock(tx, place))) throw new Problem('idempotency-running');
      const earlier = await findAnswer(tx, place, new Date(now.getTime() - keptMs));
      if (earlier !== undefined) {
        if (!earlier.body_hash.equals(hash)) throw new Problem('idempotency-key-reused');
        return { ...earlier, replayed: true };
      }
      const made = written(await handler(tx, request, answer), reply, hash);
      await keepAnswer(tx, place, made, now);
      return { ...made, replayed: false };
    });
    reply.statusCode = kept.status;
    for (const [name, value] of Object.entries(kept.headers)) reply.header(name, value);
    if (kept.replayed) reply.header('idempotent-replayed', 'true');
    return kept.answer;
  };
  wrapped.add(handle);
  return handle;
}

/** Forgets keys older than 7 days, at most 5,000 at a time; gives how many, so that a job goes on until 0. */
export function forgetAnswers(tx: Tx, clock: Clock): Promise<number> {
  return deleteAnswers(tx, new Date(clock.now().getTime() - keptMs), 5000);
}

function placeOf(request: AskedFor): KeyPlace | undefined {
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
function hashOf({ params, query, body }: AskedFor): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([params, query, body ?? null], inOrder))
    .digest();
}

function inOrder(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function written(payload: unknown, reply: Reply, hash: Buffer): StoredAnswer {
  const status = reply.statusCode;
  if (status < 200 || status > 299)
    throw new Error(`A transactional handler answered ${status}: refusals are thrown, so that they undo the effect`);
  if (reply.getHeader('content-type') === undefined) reply.header('content-type', 'application/json; charset=utf-8');
  const bytes = payload === undefined ? '' : reply.serialize(payload);
  const present = keptHeaders.flatMap((name): [string, string][] => {
    const value = reply.getHeader(name);
    return value === undefined ? [] : [[name, String(value)]];
  });
  return { body_hash: hash, status, headers: Object.fromEntries(present), answer: Buffer.from(bytes as string) };
}
