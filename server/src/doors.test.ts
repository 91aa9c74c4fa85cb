import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Doors, keyFor, type Operation, openTestDoors, storage } from '../test/doors.ts';
import { type TestHouse, testHouse } from '../test/house.ts';
import { play, post } from '../test/play.ts';
import { scopes } from './foundation/http/keys.ts';
import { problemOf } from './foundation/http/testing.ts';
import { reportsOf } from './intake/index.ts';

let house: TestHouse;
let doors: Doors;
let key: string;
let stored: Awaited<ReturnType<typeof storage>>;

beforeAll(async () => {
  house = await testHouse();
  doors = await openTestDoors(house);
  key = await keyFor(house);
  stored = await storage(house);
});

afterAll(async () => {
  await stored.end();
  await doors[Symbol.asyncDispose]();
  await house.close();
});

const api = () => doors.operations.filter(({ path }) => path.startsWith('/v1/'));
const writing = () => api().filter(({ method }) => method === 'POST');
const somewhere = (path: string) => path.replace(/\{\w+\}/g, '01936f2a-7c1e-7b3a-9d52-8f1c2f3b4a5d');

function send(operation: Operation, body: unknown, { authorization = `Bearer ${key}`, idempotency = randomUUID() as string | null } = {}) {
  return doors.ask(somewhere(operation.path), {
    method: operation.method,
    headers: {
      authorization,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(idempotency === null || operation.key === undefined ? {} : { 'idempotency-key': idempotency }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

const report = (id: string, more: object = {}) => ({
  item: { id, kind: 'post', surface: 'public-feed', revision: '1', author: { id: 'author' }, text: 'Satu hantaran biasa.' },
  attested: 'platform',
  harm: 'bullying-hate',
  language: 'ms',
  reporter: { account: { id: 'reporter' } },
  ...more,
});
const reports = () => api().find(({ method, path }) => method === 'POST' && path === '/v1/reports') as Operation;

describe('a key', () => {
  test('opens the routes of its scopes, and no other', async () => {
    const narrow = new Map(await Promise.all(scopes.map(async (scope) => [scope, await keyFor(house, [scope])] as const)));
    for (const operation of api()) {
      for (const scope of scopes) {
        const answer = await send(operation, operation.bodies[0], { authorization: `Bearer ${narrow.get(scope)}` });
        const name = `${operation.method} ${operation.path} with ${scope}`;
        if (scope === operation.scope) expect([401, 403], name).not.toContain(answer.status);
        else
          expect(await problemOf(answer), name).toMatchObject({
            status: 403,
            code: 'forbidden-scope',
            detail: expect.stringContaining(String(operation.scope)),
          });
      }
    }
  });

  test('that is none is refused before the body is read', async () => {
    const before = await stored.count();
    for (const operation of api())
      for (const authorization of ['', 'Bearer psk_0000000000000000_none', `Basic ${key}`])
        expect(await problemOf(await send(operation, operation.bodies.length > 0 ? '{' : undefined, { authorization }))).toMatchObject({
          code: 'unauthorised',
        });
    expect(await stored.count()).toBe(before);
  });

  test('of one service sees nothing of another', async () => {
    const { report: id } = await play(house).report(post('of warung'));
    const stranger = await keyFor(house, scopes, 'other');
    const asked = await doors.ask(`/v1/reports/${id}`, { headers: { authorization: `Bearer ${stranger}` } });
    expect(await problemOf(asked)).toMatchObject({ code: 'report-unknown' });
    expect((await doors.ask(`/v1/reports/${id}`, { headers: { authorization: `Bearer ${key}` } })).status).toBe(200);
  });
});

interface Refused {
  readonly status: number;
  readonly code: string;
  readonly errors?: readonly { readonly pointer: string }[];
}

function refusedLine(answer: unknown): Refused {
  const [first] = (answer as { results: { status: number; problem: Omit<Refused, 'status'> }[] }).results;
  return { status: first?.status ?? 0, ...(first?.problem as Omit<Refused, 'status'>) };
}

describe('a body', () => {
  /** Every object of a value, with its place as JSON pointer. */
  function objects(value: unknown, place = ''): { place: string; put: (name: string) => unknown }[] {
    if (typeof value !== 'object' || value === null) return [];
    const below = Object.entries(value).flatMap(([name, part]) =>
      objects(part, `${place}/${name}`).map(({ place: deep, put }) => ({
        place: deep,
        put: (field: string) => Object.assign(structuredClone(value), { [name]: put(field) }),
      })),
    );
    return Array.isArray(value) ? below : [{ place, put: (field) => ({ ...value, [field]: 1 }) }, ...below];
  }

  test('with a field that nobody knows is refused by its name and place, wherever it stands', async () => {
    expect(writing().filter(({ bodies }) => bodies.length === 0)).toEqual([]);
    const before = await stored.count();
    for (const operation of writing())
      for (const body of operation.bodies)
        for (const { place, put } of objects(body)) {
          const answer = await send(operation, put('titel'));
          // A bad line of a batch is refused in its place, and the batch is not.
          const refused = answer.status === 200 ? refusedLine(await answer.json()) : await problemOf(answer);
          expect(refused, `${operation.path} ${place}`).toMatchObject({ status: 400, code: 'field-unknown' });
          expect(
            refused.errors?.map(({ pointer }) => pointer),
            `${operation.path} ${place}`,
          ).toContain(`${place}/titel`);
        }
    expect(await stored.count()).toBe(before);
  });

  test('that is too large is refused by size, and where media may come, later', async () => {
    const before = await stored.count();
    for (const operation of writing()) {
      const large = /screen|reports/.test(operation.path);
      const filler = (bytes: number) => JSON.stringify({ text: 'x'.repeat(bytes) });
      expect(await problemOf(await send(operation, filler(large ? 12 * 1024 * 1024 : 256 * 1024))), operation.path).toMatchObject({
        code: 'body-too-large',
      });
      expect((await problemOf(await send(operation, filler(large ? 300 * 1024 : 1_000)))).code, operation.path).not.toBe('body-too-large');
    }
    expect(await stored.count()).toBe(before);
  });

  test('of another media type, or that is not JSON, is refused', async () => {
    for (const operation of writing()) {
      const form = await doors.ask(somewhere(operation.path), {
        method: operation.method,
        headers: { authorization: `Bearer ${key}`, 'idempotency-key': 'x' },
        body: new URLSearchParams({ a: 'b' }),
      });
      expect(await problemOf(form)).toMatchObject({ status: 415, code: 'media-type-unsupported' });
      expect(await problemOf(await send(operation, '{"a":'))).toMatchObject({ code: 'body-malformed' });
      expect(await problemOf(await send(operation, '"\\u0000"'))).toMatchObject({ status: 400 });
    }
  });
});

describe('an Idempotency-Key', () => {
  test('is needed where something is owed, and only there', async () => {
    for (const operation of writing().filter((one) => one.key === 'required'))
      expect(await problemOf(await send(operation, operation.bodies[0], { idempotency: null })), operation.path).toMatchObject({
        code: 'idempotency-key-missing',
      });
    expect(
      writing()
        .filter((one) => one.key === 'required')
        .map(({ path }) => path),
    ).toEqual(['/v1/reports', '/v1/appeals', '/v1/inquiries']);
  });

  test('gives the same answer again, byte for byte, also from a process that was started anew', async () => {
    const idempotency = randomUUID();
    const first = await send(reports(), report('again'), { idempotency });
    const [status, text] = [first.status, await first.text()];
    expect([status, first.headers.get('idempotent-replayed')]).toEqual([201, null]);
    const count = await stored.count();
    await using other = await openTestDoors(house);
    for (const url of [doors.url, other.url]) {
      const { item, ...rest } = report('again');
      const again = await fetch(`${url}/v1/reports`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': idempotency },
        body: JSON.stringify({ ...rest, item }, null, 2),
      });
      expect([again.status, again.headers.get('idempotent-replayed'), await again.text()]).toEqual([status, 'true', text]);
    }
    expect(await problemOf(await send(reports(), report('other'), { idempotency }))).toMatchObject({
      status: 422,
      code: 'idempotency-key-reused',
    });
    expect(await stored.count()).toBe(count);
  });

  test('sent by many at once is done once: the others hear that it runs, or the one answer', async () => {
    const idempotency = randomUUID();
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(reports(), report('at once'), { idempotency })));
    const made = answers.filter(({ status }) => status === 201);
    expect(made.length).toBeGreaterThan(0);
    const texts = await Promise.all(made.map((answer) => answer.text()));
    expect(new Set(texts).size).toBe(1);
    for (const answer of answers.filter(({ status }) => status !== 201))
      expect(await problemOf(answer)).toMatchObject({ status: 409, code: 'idempotency-running' });
    const { case: of } = JSON.parse(texts[0] ?? '') as { case: string };
    const counted = await house.db.begin('doors', (tx) => reportsOf(tx, of));
    expect(counted).toHaveLength(1);
  });

  test('that was refused is free again: what was wrong can be put right under the same key', async () => {
    const idempotency = randomUUID();
    expect(
      await problemOf(await send(reports(), report('right', { item: { ...report('right').item, surface: 'none' } }), { idempotency })),
    ).toMatchObject({ code: 'surface-unknown' });
    expect((await send(reports(), report('right'), { idempotency })).status).toBe(201);
  });
});

describe('limits', () => {
  test('count a key’s requests, whatever the address, and say when to come again', async () => {
    await using small = await openTestDoors(house, { perKey: 2 });
    const ask = () => small.ask('/v1/actions', { headers: { authorization: `Bearer ${key}` } });
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 200]);
    const third = await ask();
    expect([third.status, Number(third.headers.get('retry-after')) > 0]).toEqual([429, true]);
    expect((await small.ask('/healthz')).status).toBe(200);
  });
});

describe('a log that refuses', () => {
  test('closes what writes and says so, while what only reads goes on', async () => {
    const { report: id } = await play(house).report(post('before'));
    expect((await doors.ask('/readyz')).status).toBe(200);
    const before = await stored.count();
    house.gate.refuse('The database was restored from an older backup.');
    try {
      const ready = await doors.ask('/readyz');
      expect([ready.status, await ready.json()]).toEqual([
        503,
        { status: 'not ready', checks: { database: 'ok', log: 'The database was restored from an older backup.' } },
      ]);
      expect((await doors.ask('/healthz')).status).toBe(200);
      const refused = await send(reports(), report('refused'));
      expect(refused.headers.get('retry-after')).toBe('60');
      expect(await problemOf(refused)).toMatchObject({ status: 503, code: 'log-refuses' });
      expect((await doors.ask(`/v1/reports/${id}`, { headers: { authorization: `Bearer ${key}` } })).status).toBe(200);
      expect(await stored.count()).toBe(before);
    } finally {
      house.gate.pass();
    }
    expect((await send(reports(), report('refused'))).status).toBe(201);
  });
});
