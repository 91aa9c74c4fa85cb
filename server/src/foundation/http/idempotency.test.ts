import { sql } from 'kysely';
import pg from 'pg';
import { Type } from 'typebox';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../../test/database.ts';
import { TestClock } from '../clock.ts';
import { connectPools } from '../db/pools.ts';
import { type Database, openDatabase, type Tx, technical } from '../db/transaction.ts';
import { forgetAnswers, keptMs, transactional } from './idempotency.ts';
import { scopes } from './keys.ts';
import { Problem } from './problems.ts';
import { closed } from './schemas.ts';
import { openDoor, problemOf, type TestDoor } from './testing.ts';

const clock = new TestClock('2026-11-24T00:00:00Z');
const body = closed({ text: Type.String(), list: Type.Optional(Type.Array(Type.Integer())) });
let fresh: FreshDatabase;
let db: Database;
let door: TestDoor;
/** Set by a test: runs inside the handler's transaction, after the effect. */
let inside: (tx: Tx) => Promise<void>;
let handled = 0;

/** The effect: one row, which a unique key does not protect, so that doing it twice shows. */
const effects = async () => {
  const rows = await db.begin('doors', (tx) =>
    sql<{ n: number }>`select count(*)::int as n from perisai.idempotency where route = 'effect'`.execute(technical(tx)),
  );
  return rows.rows[0]?.n ?? 0;
};
const leaveEffect = (tx: Tx, n: number) =>
  sql`insert into perisai.idempotency values ('test', 'POST', 'effect', ${String(n)}, sha256('x'), 200, '{}', '', ${clock.now()})`.execute(
    technical(tx),
  );

beforeAll(async () => {
  fresh = await freshDatabase();
  db = openDatabase(connectPools({ url: fresh.url }));
  const house = { db, clock };
  const made = Type.Object({ z: Type.Integer(), a: Type.String() });
  const routes = {
    '/v1/things': { idempotent: 'required' },
    '/v1/others': { idempotent: 'optional' },
    '/v1/things/:id/parts': { idempotent: 'required' },
  } as const;
  door = await openDoor(
    (app) => {
      for (const [path, config] of Object.entries(routes)) {
        app.post(
          path,
          { config: { scope: 'report', ...config }, schema: { body, response: { 201: made } } },
          transactional<{ text: string }>(house, async (tx, request, reply) => {
            handled += 1;
            const n = handled;
            await leaveEffect(tx, n);
            await inside(tx);
            reply.code(201).header('location', `/v1/things/${n}`).header('x-once', 'yes');
            return { z: n, a: request.body.text };
          }),
        );
      }
    },
    { resolveKey: async (token) => ({ slug: token, keyId: token, scopes, heldBy: null }) },
  );
});
afterAll(async () => {
  await door[Symbol.asyncDispose]();
  await db.end();
  await fresh.drop();
});
beforeEach(() => {
  inside = async () => undefined;
});

const post = (key: string | undefined, sent: unknown = { text: 'a' }, path = '/v1/things', service = 'warung') =>
  door.ask(path, { body: sent, headers: { authorization: `Bearer ${service}`, ...(key === undefined ? {} : { 'idempotency-key': key }) } });

describe('the same key and request', () => {
  it('get the stored answer byte for byte, and the effect happens once', async () => {
    const first = await post('same');
    const before = await effects();
    const second = await post('same');
    expect([first.status, second.status]).toEqual([201, 201]);
    expect([first.headers.get('idempotent-replayed'), second.headers.get('idempotent-replayed')]).toEqual([null, 'true']);
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
    expect(second.headers.get('content-type')).toBe('application/json; charset=utf-8');
    const bytes = await first.text();
    expect(await second.text()).toBe(bytes);
    expect(bytes.indexOf('"z"')).toBeLessThan(bytes.indexOf('"a"'));
    expect(await effects()).toBe(before);
  });

  it('count as the same when the fields come in another order', async () => {
    const first = await (await post('order', { text: 'a', list: [1, 2] })).text();
    expect(await (await post('order', '{ "list":[1,2], "text":"a" }')).text()).toBe(first);
    expect((await post('order', { text: 'a', list: [2, 1] })).status).toBe(422);
  });

  it('twenty at once have one effect: the others are told to wait or get the same answer', async () => {
    const before = await effects();
    const answers = await Promise.all(Array.from({ length: 20 }, () => post('race')));
    const made = answers.filter((response) => response.status === 201);
    const told = answers.filter((response) => response.status !== 201);
    expect(made.length).toBeGreaterThan(0);
    expect(new Set(await Promise.all(made.map((response) => response.text()))).size).toBe(1);
    for (const response of told) {
      expect(await problemOf(response)).toMatchObject({ status: 409, code: 'idempotency-running' });
      expect(response.headers.get('retry-after')).toBe('1');
    }
    expect(await effects()).toBe(before + 1);
  });

  it('is 409 while the first is still running', async () => {
    const reached = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    inside = () => {
      reached.resolve();
      return release.promise;
    };
    const first = post('slow');
    await reached.promise;
    expect((await problemOf(await post('slow'))).code).toBe('idempotency-running');
    release.resolve();
    expect((await first).status).toBe(201);
    expect((await post('slow')).headers.get('idempotent-replayed')).toBe('true');
  });
});

describe('a key', () => {
  it('with another request is 422', async () => {
    await post('reused');
    expect(await problemOf(await post('reused', { text: 'b' }))).toMatchObject({ status: 422, code: 'idempotency-key-reused' });
    await post('path', undefined, '/v1/things/1/parts');
    expect((await post('path', undefined, '/v1/things/2/parts')).status).toBe(422);
  });

  it('belongs to its service and its route', async () => {
    const answers = [
      await post('scoped'),
      await post('scoped', undefined, '/v1/others'),
      await post('scoped', undefined, '/v1/things', 'kedai'),
    ];
    expect(answers.map((response) => response.headers.get('idempotent-replayed'))).toEqual([null, null, null]);
    expect(new Set(await Promise.all(answers.map((response) => response.text()))).size).toBe(3);
  });

  it('is required where the route says so, and well formed', async () => {
    expect(await problemOf(await post(undefined))).toMatchObject({ status: 400, code: 'idempotency-key-missing' });
    expect((await post(undefined, undefined, '/v1/others')).status).toBe(201);
    expect((await problemOf(await post('with blank'))).code).toBe('bad-request');
    expect((await problemOf(await post('x'.repeat(256)))).code).toBe('bad-request');
  });

  it('is forgotten after 7 days, whether or not the job has run', async () => {
    const first = await (await post('old')).text();
    clock.advance(keptMs - 1);
    expect(await (await post('old')).text()).toBe(first);
    clock.advance(1);
    const anew = await post('old', { text: 'another' });
    expect(anew.status).toBe(201);
    expect(anew.headers.get('idempotent-replayed')).toBeNull();
    clock.advance(keptMs);
    expect(await db.begin('jobs', (tx) => forgetAnswers(tx, clock))).toBeGreaterThan(0);
    expect(await db.begin('jobs', (tx) => forgetAnswers(tx, clock))).toBe(0);
  });
});

describe('a refusal', () => {
  it('undoes the effect, is not kept, and the same key may succeed later', async () => {
    const before = await effects();
    inside = async () => {
      throw new Problem('surface-unknown');
    };
    expect((await problemOf(await post('later'))).code).toBe('surface-unknown');
    expect(await effects()).toBe(before);
    inside = async () => undefined;
    const response = await post('later');
    expect([response.status, response.headers.get('idempotent-replayed')]).toEqual([201, null]);
  });

  it('of the database in the middle leaves neither effect nor answer', async () => {
    const before = await effects();
    inside = async (tx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(technical(tx));
      const owner = new pg.Client({ connectionString: fresh.url });
      await owner.connect();
      await owner.query('select pg_terminate_backend($1, 5000)', [rows[0]?.pid]);
      await owner.end();
    };
    expect((await problemOf(await post('killed'))).code, door.lines.slice(-2).join('')).toBe('unavailable');
    expect(await effects()).toBe(before);
    inside = async () => undefined;
    expect((await post('killed')).status).toBe(201);
  });
});

describe('a route', () => {
  it('that is idempotent without a transaction or a scope stops the start', async () => {
    const bare = async () => ({});
    await expect(
      openDoor((app) => app.post('/v1/x', { config: { scope: 'report', idempotent: 'required' }, schema: { body } }, bare)),
    ).rejects.toThrow('is not `transactional`');
    const handler = transactional({ db, clock }, bare);
    await expect(openDoor((app) => app.post('/x', { config: { idempotent: 'optional' }, schema: { body } }, handler))).rejects.toThrow(
      'without a scope',
    );
  });
});
