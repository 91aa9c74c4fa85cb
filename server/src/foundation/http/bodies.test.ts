import fc from 'fast-check';
import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closed, oneOf, openPlaces, orNull, time, uuid } from './schemas.ts';
import { openDoor, problemOf, type TestDoor } from './testing.ts';

const author = closed({ id: Type.String({ minLength: 1, maxLength: 200 }), language: Type.Optional(oneOf(['ms', 'en', 'zh', 'ta'])) });
const body = closed({
  item: closed({
    id: Type.String({ minLength: 1, maxLength: 200 }),
    kind: oneOf(['post', 'comment']),
    text: Type.Optional(Type.String({ maxLength: 20 })),
    'a/b~c': Type.Optional(Type.Boolean()),
    media: Type.Optional(Type.Array(closed({ type: Type.String(), size: Type.Integer({ minimum: 0, maximum: 100 }) }), { maxItems: 3 })),
  }),
  reporter: Type.Union([closed({ account: author }), closed({ contact: closed({ email: Type.Optional(Type.String()) }) })]),
  at: Type.Optional(time()),
  case: Type.Optional(orNull(uuid())),
  score: Type.Optional(Type.Number()),
});
const good = { item: { id: 'p1', kind: 'post' }, reporter: { account: { id: 'u1' } } };

let door: TestDoor;
beforeAll(async () => {
  door = await openDoor((app) => {
    app.post('/v1/things', { config: { scope: 'report' }, schema: { body } }, async (request) => ({ got: request.body }));
    app.post('/v1/release', { config: { scope: 'report' }, schema: { body: closed({}) } }, async (request) => ({ got: request.body }));
    app.get(
      '/v1/things/:id',
      {
        config: { scope: 'read' },
        schema: {
          params: closed({ id: Type.String() }),
          querystring: closed({ limit: Type.Integer({ default: 7, maximum: 9 }), all: Type.Optional(Type.Boolean()) }),
        },
      },
      async (request) => ({ ...request.query, ...request.params }),
    );
    app.post('/form', { config: { page: true }, schema: { body: closed({ pin: Type.String() }) } }, async (request) => ({
      got: request.body,
    }));
  });
});
afterAll(() => door[Symbol.asyncDispose]());

const places = async (sent: unknown) =>
  (await problemOf(await door.ask('/v1/things', { body: sent }))).errors?.map(({ pointer, code }) => `${code} ${pointer}`);

describe('a body', () => {
  it('that is right arrives as it was sent', async () => {
    const sent = { ...good, at: '2026-11-24T05:00:00.123+08:00', case: null, score: 0.5 };
    const response = await door.ask('/v1/things', { body: sent });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ got: sent });
  });

  it('with unknown fields is refused, each named by its place', async () => {
    const sent = { ...good, item: { ...good.item, txt: 'x', 'c/d~e': 1 } };
    const refused = await problemOf(await door.ask('/v1/things', { body: sent }));
    expect(refused).toMatchObject({ status: 400, code: 'field-unknown', type: 'http://127.0.0.1/problems/field-unknown' });
    expect(refused.errors?.map(({ pointer }) => pointer)).toEqual(['/item/txt', '/item/c~1d~0e']);
    expect(refused.detail).toBe('/item/txt: This field is not known here. And 1 more.');
  });

  it('is not converted: every wrong type is named', async () => {
    const sent = { ...good, item: { id: 7, kind: 'post', 'a/b~c': 'true', media: [{ type: 'x', size: '1' }] }, score: '1' };
    expect(await places(sent)).toEqual([
      'field-wrong /item/id',
      'field-wrong /item/a~1b~0c',
      'field-wrong /item/media/0/size',
      'field-wrong /score',
    ]);
  });

  it('lacks nothing silently', async () => {
    expect(await places({ item: { id: 'p1' }, reporter: good.reporter })).toEqual(['field-missing /item/kind']);
  });

  it('of the wrong alternative is told what is wrong with the one it is nearest to', async () => {
    expect(await places({ ...good, reporter: { account: { id: 'u', extra: 1 } } })).toEqual(['field-unknown /reporter/account/extra']);
    expect(await places({ ...good, reporter: { contact: {}, extra: 1 } })).toEqual(['field-unknown /reporter/extra']);
    const refused = await problemOf(await door.ask('/v1/things', { body: { ...good, case: 5 } }));
    expect(refused.errors).toEqual([{ pointer: '/case', code: 'field-wrong', detail: 'Must be string or null.' }]);
  });

  it('names the words that are allowed and never repeats what was sent', async () => {
    const answer = await (await door.ask('/v1/things', { body: { ...good, item: { id: 'p1', kind: 'rahsia saya' } } })).text();
    expect(answer).toContain('Must be \\"post\\" or \\"comment\\".');
    expect(answer).not.toContain('rahsia');
  });

  it.each(['2026-02-30T00:00:00Z', '2026-11-24T23:59:60Z', '0000-01-01T00:00:00Z', '2026-11-24', '2026-11-24T00:00:00', 1])(
    'has no such time as %s',
    async (at) => {
      expect(await places({ ...good, at })).toContain('field-wrong /at');
    },
  );

  it('holds text only: U+0000 and half surrogate pairs are refused by place', async () => {
    expect(await places('{"item":{"id":"a\\u0000","kind":"post"},"reporter":{"account":{"id":"u"}}}')).toEqual(['field-wrong /item/id']);
    expect(await places('{"item":{"id":"\\ud83d","kind":"post"},"reporter":{"account":{"id":"u"}}}')).toEqual(['field-wrong /item/id']);
    expect((await door.ask('/v1/things', { body: { ...good, item: { ...good.item, text: 'ok 😀' } } })).status).toBe(200);
  });

  it.each(['__proto__', '\\u005f_proto__'])('can not name %s', async (name) => {
    expect(await places(`{"item":{"id":"a","kind":"post","${name}":{"x":1}},"reporter":{"account":{"id":"u"}}}`)).toEqual([
      'field-unknown /item/__proto__',
    ]);
  });

  it.each([
    ['{', 'text'],
    ['', 'nothing'],
    ['nul', 'half a word'],
    [new Uint8Array([0x22, 0xff, 0x22]), 'no UTF-8'],
  ])('that is not JSON (%s) is 400', async (sent, _why) => {
    const refused = await problemOf(await door.ask('/v1/things', { body: sent }));
    expect(refused.status).toBe(400);
    expect(refused.code).toBe(sent === '' ? 'field-wrong' : 'body-malformed');
  });

  it('may be absent where no field is required', async () => {
    expect(await (await door.ask('/v1/release', { method: 'POST' })).json()).toEqual({ got: {} });
    expect((await problemOf(await door.ask('/v1/things', { method: 'POST' }))).code).toBe('field-wrong');
  });

  it('that is too large is 413 and says how much is accepted', async () => {
    const refused = await problemOf(await door.ask('/v1/things', { body: { ...good, pad: 'x'.repeat(300_000) } }));
    expect(refused).toMatchObject({ status: 413, code: 'body-too-large', detail: 'At most 262144 bytes are accepted here.' });
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml'])('of type %s is 415', async (type) => {
    expect((await problemOf(await door.ask('/v1/things', { body: 'a=1', headers: { 'content-type': type } }))).code).toBe(
      'media-type-unsupported',
    );
  });

  it('with twenty thousand unknown fields is answered shortly', async () => {
    const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`f${index}`, 1]));
    const response = await door.ask('/v1/things', { body: { ...good, ...many } });
    expect(response.status).toBe(400);
    expect((await response.text()).length).toBeLessThan(10_000);
  });

  it('of a page is a form', async () => {
    const response = await door.ask('/form', { body: 'pin=1%2B2', headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    expect(await response.json()).toEqual({ got: { pin: '1+2' } });
    expect((await door.ask('/form', { body: 'pin=%00', headers: { 'content-type': 'application/x-www-form-urlencoded' } })).status).toBe(
      400,
    );
  });
});

describe('query and path', () => {
  it('are converted, since they are text by nature', async () => {
    expect(await (await door.ask('/v1/things/a%2Fb?limit=3&all=true')).json()).toEqual({ limit: 3, all: true, id: 'a/b' });
    expect(await (await door.ask('/v1/things/x')).json()).toEqual({ limit: 7, id: 'x' });
  });

  it.each(['limit=ten', 'limit=10', 'limit=1&limit=2', 'limi=1', 'all=%00', 'limit='])('refuse %s', async (query) => {
    const refused = await problemOf(await door.ask(`/v1/things/x?${query}`));
    expect(refused).toMatchObject({ status: 400, code: 'bad-request' });
    expect(refused.errors?.[0]?.in).toBe('query');
  });

  it.each(['/v1/things/%', '/v1/things/%ff', '/v1/things/%00'])('refuse the address %s', async (path) => {
    expect((await problemOf(await door.ask(path))).status).toBe(400);
  });
});

describe('an open object', () => {
  it('anywhere in a body stops the start', async () => {
    const open = closed({ item: closed({ list: Type.Array(Type.Object({ a: Type.String() })) }) });
    await expect(
      openDoor((app) => app.post('/v1/open', { config: { scope: 'report' }, schema: { body: open } }, async () => ({}))),
    ).rejects.toThrow('POST /v1/open: its body lets unknown fields in at /properties/item/properties/list/items: use closed({…})');
  });

  it('is found under every name', () => {
    expect(openPlaces(body)).toEqual([]);
    expect(openPlaces(Type.Unknown())).toEqual(['']);
    expect(openPlaces(closed({ a: Type.Record(Type.String(), Type.Number()) }))).toEqual(['/properties/a']);
    expect(openPlaces(closed({ a: Type.Union([Type.Null(), Type.Object({})]) }))).toEqual(['/properties/a/anyOf/1']);
    expect(openPlaces(closed({ a: Type.Array(Type.Any()) }))).toEqual(['/properties/a/items']);
  });
});

/** Random JSON, biased to what breaks parsers and prototypes. */
const nasty = fc.oneof(
  fc.jsonValue({ maxDepth: 6, noUnicodeString: false } as fc.JsonSharedConstraints),
  fc.constantFrom<unknown>(null, -0, 1e308, Number.MAX_SAFE_INTEGER, '', '\u0000', '\ud800', '__proto__', [], {}, '2026-11-24T00:00:00Z'),
);
const names = fc.constantFrom(
  'item',
  'reporter',
  'at',
  'case',
  'score',
  'constructor',
  'toString',
  '__proto__',
  'hasOwnProperty',
  '',
  '/',
  '~',
);

describe('whatever is sent', () => {
  it('never fails on our side', async () => {
    const anything = fc.oneof(
      nasty.map((value) => JSON.stringify(value)),
      fc.tuple(names, nasty).map(([name, value]) => `{${JSON.stringify(name)}:${JSON.stringify(value)}}`),
      // a right body with one place changed
      fc
        .tuple(fc.constantFrom('item', 'reporter', 'at', 'case', 'score', 'x'), nasty)
        .map(([name, value]) => JSON.stringify({ ...good, [name]: value })),
      fc.tuple(names, nasty).map(([name, value]) => JSON.stringify({ ...good, item: { ...good.item, [name]: value } })),
      fc.integer({ min: 1, max: 60_000 }).map((depth) => '['.repeat(depth) + ']'.repeat(depth)),
      fc.integer({ min: 1, max: 30_000 }).map((depth) => `${'{"item":'.repeat(depth)}1${'}'.repeat(depth)}`),
      fc.constantFrom(
        '1e999',
        '-1e999',
        '{"score":1e999}',
        `{"score":${'9'.repeat(400)}}`,
        `${JSON.stringify(good).slice(0, -1)},"score":1e999}`,
      ),
      // bytes of a right body, cut and changed
      fc.tuple(fc.nat(100), fc.integer({ min: 0, max: 255 })).map(([at, byte]) => {
        const bytes = Buffer.from(JSON.stringify(good));
        bytes[at % bytes.length] = byte;
        return bytes;
      }),
      fc.uint8Array({ maxLength: 200 }),
    );
    await fc.assert(
      fc.asyncProperty(anything, async (sent) => {
        const response = await door.ask('/v1/things', { body: sent });
        const answer = await response.text();
        expect([200, 400, 413]).toContain(response.status);
        if (response.status !== 200) expect(JSON.parse(answer)).toMatchObject({ status: response.status });
      }),
      { numRuns: 400 },
    );
  });

  it('in the address never fails on our side', async () => {
    const path = fc.oneof(fc.string({ maxLength: 30 }).map(encodeURIComponentSafely), fc.stringMatching(/^[%0-9a-fA-F/.;=&?]{0,20}$/));
    await fc.assert(
      fc.asyncProperty(path, path, async (id, query) => {
        const response = await door.ask(`/v1/things/${id}?${query}`);
        await response.text();
        expect(response.status).toBeLessThan(500);
      }),
      { numRuns: 200 },
    );
  });
});

function encodeURIComponentSafely(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
