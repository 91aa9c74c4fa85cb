import { request } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Doors, keyFor, type Operation, openTestDoors, storage } from '../test/doors.ts';
import { type TestHouse, testHouse } from '../test/house.ts';
import { play, post } from '../test/play.ts';
import type { ProblemDocument } from './foundation/http/problems.ts';
import { problems } from './foundation/http/problems.ts';

let house: TestHouse;
let doors: Doors;
let stored: Awaited<ReturnType<typeof storage>>;
let tokens: { whole: string; narrow: string };
let known: string[];

beforeAll(async () => {
  house = await testHouse();
  doors = await openTestDoors(house);
  stored = await storage(house);
  tokens = { whole: await keyFor(house), narrow: await keyFor(house, ['read']) };
  const { report, case: of } = await play(house).report(post('known'));
  known = [report, of];
});

afterAll(async () => {
  await stored.end();
  await doors[Symbol.asyncDispose]();
  await house.close();
});

/** Pages have no entry in the document; these are theirs, and addresses that nobody has. */
const pages = [
  '/',
  '/report/status',
  '/report/{code}',
  '/statement/{puid}',
  '/appeal/{puid}',
  '/desk',
  '/desk/log-in',
  '/desk/queue',
  '/problems/{code}',
  '/openapi.json',
  '/assets/{name}',
  '/v1/{nothing}',
];

interface Attempt {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: Buffer | undefined;
  readonly operation: Operation | undefined;
}

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ maxLength: 600 }),
  fc.constantFrom('', '..', '\0', '%', '\ud800', 'null', '__proto__', '𝒳'.repeat(300)),
);
const header = fc
  .string({ unit: fc.constantFrom(...'abcXYZ019 -_.,;:=/"\'()<>@[]{}|~!#$%&*+?^`'), maxLength: 300 })
  .map((value) => value.trim());
const anything = fc.jsonValue({ maxDepth: 3 });

/** A body that is nearly right: one place of a good one is replaced, removed or added to. */
function mutated(whole: object) {
  return fc
    .record({
      steps: fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 4 }),
      put: fc.option(anything, { nil: undefined }),
      name: fc.oneof(text, fc.constant(null)),
    })
    .map(({ steps, put, name }) => {
      const body = structuredClone(whole) as Record<string, unknown>;
      let at: Record<string, unknown> = body;
      for (const step of steps) {
        const names = Object.keys(at);
        const next = at[names[step % Math.max(1, names.length)] ?? ''];
        if (typeof next !== 'object' || next === null) break;
        at = next as Record<string, unknown>;
      }
      const names = Object.keys(at);
      const place = name ?? names[(steps[0] ?? 0) % Math.max(1, names.length)] ?? 'new';
      if (put === undefined) delete at[place];
      else Object.defineProperty(at, place, { value: put, enumerable: true, configurable: true, writable: true });
      return Buffer.from(JSON.stringify(body));
    });
}

function attempts(): fc.Arbitrary<Attempt> {
  const targets = [
    ...doors.operations.map((operation) => ({ path: operation.path, operation })),
    ...pages.map((path) => ({ path, operation: undefined })),
  ];
  return fc.constantFrom(...targets).chain(({ path, operation }) => {
    const raw = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));
    const json = anything.map((value) => Buffer.from(JSON.stringify(value)));
    const bodies = [
      raw,
      json,
      ...(operation?.bodies ?? []).flatMap((whole) => [mutated(whole), mutated(whole), fc.constant(Buffer.from(JSON.stringify(whole)))]),
    ];
    const part = fc.oneof(text, fc.constantFrom(...known), fc.uuid(), fc.constantFrom('field-wrong', 'AAAA-BBBB'));
    return fc.record({
      operation: fc.constant(operation),
      method: fc.oneof(
        { weight: 12, arbitrary: fc.constant(operation?.method ?? 'GET') },
        fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'),
      ),
      path: fc
        .record({
          parts: fc.array(part, { minLength: 2, maxLength: 2 }),
          query: fc.dictionary(fc.oneof(fc.constantFrom('lang', 'token', 'code', 'after', 'limit', 'state'), text), text, { maxKeys: 3 }),
        })
        .map(({ parts, query }) => {
          const [first = ''] = parts;
          const filled = path.replace(/\{\w+\}/g, encodeURIComponent(first.toWellFormed()));
          const asked = new URLSearchParams(Object.entries(query)).toString();
          return asked === '' ? filled : `${filled}?${asked}`;
        }),
      headers: fc.record(
        {
          authorization: fc.oneof(
            { weight: 12, arbitrary: fc.constant(`Bearer ${tokens.whole}`) },
            fc.constantFrom(`Bearer ${tokens.narrow}`, 'Bearer x', ''),
            header,
          ),
          'idempotency-key': fc.oneof({ weight: 8, arbitrary: fc.uuid() }, header),
          'content-type': fc.oneof(
            { weight: 10, arbitrary: fc.constant('application/json') },
            fc.constantFrom('application/x-www-form-urlencoded', 'text/plain', 'application/json; charset=utf-16', 'multipart/form-data'),
            header,
          ),
          accept: fc.constantFrom('text/html', '*/*', ''),
          cookie: header,
          origin: fc.oneof(header, fc.constant(house.publicUrl)),
          'accept-language': header,
          'if-none-match': header,
          'x-forwarded-for': header,
          traceparent: header,
        },
        { requiredKeys: ['authorization', 'idempotency-key', 'content-type'] },
      ),
      body: fc.option(fc.oneof(...bodies), { nil: undefined, freq: 8 }),
    });
  });
}

/** By node:http, which sends what `fetch` would put right. */
function send({ method, path, headers, body }: Attempt): Promise<{ status: number; type: string; text: string }> {
  return new Promise((resolve, reject) => {
    const given = body === undefined || method === 'GET' || method === 'HEAD' ? undefined : body;
    const asked = request(
      doors.url + path,
      { method, headers: { ...headers, ...(given ? { 'content-length': String(given.length) } : {}) } },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, type: answer.headers['content-type'] ?? '', text: Buffer.concat(parts).toString() }),
        );
        answer.on('error', reject);
      },
    );
    asked.on('error', reject);
    asked.end(given);
  });
}

/** Enough that with all routes there are a good report is among them. */
const runs = 900;

test('whatever is sent, no door fails, every refusal is a problem of the table, and nothing of it is kept', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(attempts(), async (attempt) => {
      const before = await stored.count();
      const { status, type, text: said } = await send(attempt);
      const place = `${attempt.method} ${attempt.path} → ${status} ${said.slice(0, 300)}`;
      seen.add(`${attempt.operation?.path ?? 'page'} ${Math.floor(status / 100)}`);
      expect(status, place).toBeLessThan(500);
      if (status < 400) return;
      expect(await stored.count(), place).toBe(before);
      if (!attempt.path.startsWith('/v1/') || attempt.method === 'HEAD') return;
      expect(type, place).toBe('application/problem+json; charset=utf-8');
      const problem = JSON.parse(said) as ProblemDocument;
      expect(problems[problem.code]?.status, place).toBe(status);
      expect(
        Object.keys(problem)
          .filter((name) => name !== 'errors')
          .sort(),
        place,
      ).toEqual(['code', 'detail', 'requestId', 'status', 'title', 'type']);
      // of the described ones every status is described
      if (attempt.operation?.method === attempt.method && ![404, 405].includes(status))
        expect(attempt.operation.statuses, place).toContain(status);
    }),
    { numRuns: runs, seed: 20261126, endOnFailure: true },
  );
  // the generator reaches behind the doors: each route that takes a body has taken some and refused some
  for (const path of ['/v1/screen', '/v1/reports']) for (const hundred of [2, 4]) expect([...seen]).toContain(`${path} ${hundred}`);
}, 60_000);
