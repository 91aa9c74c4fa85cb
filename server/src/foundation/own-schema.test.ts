import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Problem } from './http/problems.ts';
import { ownSchema } from './own-schema.ts';

const listing = {
  type: 'object',
  properties: {
    title: { $ref: '#/$defs/said' },
    price: { type: 'number', minimum: 0 },
    sku: { type: 'string', pattern: '^[A-Z]{2}-\\d+$' },
    lines: { type: 'array', items: { type: 'object', properties: { note: { $ref: '#/$defs/said' } }, additionalProperties: false } },
    sold_on: { type: 'string', format: 'date' },
  },
  required: ['title'],
  additionalProperties: false,
  $defs: { said: { type: 'string', maxLength: 100, 'x-perisai-text': true } },
};
const schema = ownSchema(JSON.stringify(listing));
const refusal = (work: () => unknown): Problem => {
  try {
    work();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('It was taken.');
};

describe('a schema of somebody else’s', () => {
  test.each([
    ['no JSON', '{', /not JSON/],
    ['no object', '[]', /"type": "object"/],
    ['a list of things', '{"type":"array"}', /"type": "object"/],
    ['a misspelt word', '{"type":"object","propertys":{}}', /unknown keyword: "propertys"/],
    ['a type that there is not', '{"type":"object","properties":{"a":{"type":"text"}}}', /does not compile/],
    ['a pattern that is none', '{"type":"object","properties":{"a":{"type":"string","pattern":"("}}}', /does not compile/],
    ['a format that nobody knows', '{"type":"object","properties":{"a":{"type":"string","format":"colour"}}}', /unknown format "colour"/],
    ['a text mark on a number', '{"type":"object","properties":{"a":{"type":"number","x-perisai-text":true}}}', /does not compile/],
    ['something outside itself', '{"type":"object","properties":{"a":{"$ref":"https://x.example/a.json"}}}', /stands alone/],
    ['a place in itself that there is not', '{"type":"object","properties":{"a":{"$ref":"#/$defs/a"}}}', /does not compile/],
    ['itself without end', '{"type":"object","$ref":"#"}', /cannot be used/],
    ['an answer that comes later', '{"type":"object","$async":true}', /\$async/],
    ['another draft', '{"$schema":"http://json-schema.org/draft-07/schema#","type":"object"}', /does not compile/],
    ['more than 16 KB', JSON.stringify({ type: 'object', $comment: 'x'.repeat(16 * 1024) }), /16 KB/],
  ])('is refused with %s, and says why', (_what, text, why) => {
    const { code, detail } = refusal(() => ownSchema(text));
    expect(code).toBe('field-wrong');
    expect(detail).toMatch(why);
  });

  test('says which strings are text for people, by reference and in lists, too', () => {
    expect(schema.check({ title: 'A', sku: 'AB-1', lines: [{ note: 'B' }, {}, { note: 'C' }] }, '/f').toSorted()).toEqual(['A', 'B', 'C']);
    expect(schema.check({ title: 'again' }, '/f')).toEqual(['again']);
  });

  test.each([
    [{}, 'field-missing', '/f/title'],
    [{ title: 'A', colour: 'red' }, 'field-unknown', '/f/colour'],
    [{ title: 'A', price: '12' }, 'field-wrong', '/f/price'],
    [{ title: 'A', price: -1 }, 'field-wrong', '/f/price'],
    [{ title: 'A', sku: 'secret' }, 'field-wrong', '/f/sku'],
    [{ title: 'A', lines: [{}, { nota: 1 }] }, 'field-unknown', '/f/lines/1/nota'],
    [{ title: 'A', sold_on: 'yesterday' }, 'field-wrong', '/f/sold_on'],
  ])('refuses %j as %s at %s, without repeating what was sent', (fields, code, pointer) => {
    const refused = refusal(() => schema.check(fields, '/f'));
    expect([refused.code, refused.errors?.[0]?.pointer]).toEqual([code, pointer]);
    expect(JSON.stringify([refused.detail, refused.errors])).not.toMatch(/secret|yesterday/);
  });

  test('takes fields no deeper than twenty and no larger than 32 KB', () => {
    const any = ownSchema('{"type":"object"}');
    const nested = (depth: number): object => (depth === 0 ? {} : { a: nested(depth - 1) });
    expect(any.check(nested(19), '/f')).toEqual([]);
    expect(refusal(() => any.check(nested(21), '/f')).errors?.[0]).toMatchObject({ pointer: '/f', detail: 'Too deep.' });
    expect(refusal(() => any.check({ a: 'x'.repeat(33_000) }, '/f')).errors?.[0]).toMatchObject({ detail: 'Too large.' });
  });

  test('takes or refuses whatever is sent, with a place, and fails on nothing', () => {
    const value = fc.jsonValue({ maxDepth: 6 });
    const fields = fc.dictionary(fc.oneof(fc.constantFrom('title', 'price', 'sku', 'lines', 'toString', '~/'), fc.string()), value);
    const outcomes = new Set<string>();
    fc.assert(
      fc.property(fields, (sent) => {
        const before = JSON.stringify(sent);
        try {
          const texts = schema.check(sent, '/f');
          expect(Object.keys(sent).every((name) => name in listing.properties)).toBe(true);
          expect(texts).toContain(sent['title']);
          outcomes.add('taken');
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
          expect(error.errors?.[0]?.pointer).toMatch(/^\/f\//);
          outcomes.add('refused');
        }
        expect(JSON.stringify(sent)).toBe(before);
      }),
      { numRuns: 500, examples: [[{ title: 'A' }], [{ title: 'A', toString: 1 }]] },
    );
    expect([...outcomes].sort()).toEqual(['refused', 'taken']);
  });
});
