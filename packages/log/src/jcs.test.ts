import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from './jcs.ts';
import { CanonicalError, canonicalize, parseCanonical } from './jcs.ts';

const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof CanonicalError) return error.code;
    throw error;
  }
  return 'accepted';
};

test('the example of RFC 8785 §3.2.3 is sorted by UTF-16 code units', () => {
  const value = {
    '\u20ac': 'Euro Sign',
    '\r': 'Carriage Return',
    '\ufb33': 'Hebrew Letter Dalet With Dagesh',
    '1': 'One',
    '\ud83d\ude00': 'Emoji: Grinning Face',
    '\u0080': 'Control',
    '\u00f6': 'Latin Small Letter O With Diaeresis',
  };
  expect(Object.values(JSON.parse(canonicalize(value)) as object)).toHaveLength(7);
  const order = [...canonicalize(value).matchAll(/:"([^"]*)"/g)].map(([, text]) => text);
  expect(order).toEqual([
    'Carriage Return',
    'One',
    'Control',
    'Latin Small Letter O With Diaeresis',
    'Euro Sign',
    'Emoji: Grinning Face',
    'Hebrew Letter Dalet With Dagesh',
  ]);
});

test('the strings of RFC 8785 §3.2.2.2 are escaped as the RFC says', () => {
  expect(canonicalize('\u20ac$\u000f\nA\'\u0042"\\\\"/')).toBe('"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"');
  expect(canonicalize('\b\t\n\f\r\u001f\u007f\u2028\u2029')).toBe('"\\b\\t\\n\\f\\r\\u001f\u007f\u2028\u2029"');
});

test('keys that look like numbers are sorted as texts', () => {
  expect(canonicalize({ 9: 1, 10: 2, a: { b: [], a: {} } })).toBe('{"10":2,"9":1,"a":{"a":{},"b":[]}}');
});

test('numbers are integers within ±(2^53−1)', () => {
  expect(canonicalize([0, -0, -1, 2 ** 53 - 1, 1 - 2 ** 53])).toBe('[0,0,-1,9007199254740991,-9007199254740991]');
  for (const number of [0.5, 2 ** 53, -(2 ** 53), Number.NaN, Number.POSITIVE_INFINITY])
    expect(codeOf(() => canonicalize(number))).toBe('number');
});

test('what JSON would drop or change in silence is refused', () => {
  for (const value of [undefined, { a: undefined }, [undefined], new Date(0), new Map(), 1n, () => 1, Symbol('a')])
    expect(codeOf(() => canonicalize(value))).toBe('not-a-value');
  for (const text of ['\ud800', 'a\udc00']) {
    expect(codeOf(() => canonicalize(text))).toBe('surrogate');
    expect(codeOf(() => canonicalize({ [text]: 1 }))).toBe('surrogate');
  }
});

test.each([
  ['{"a":1,"a":1}', 'not-canonical'],
  ['{"b":1,"a":1}', 'not-canonical'],
  ['{"a": 1}', 'not-canonical'],
  ['{"a":1}\r', 'not-canonical'],
  ['{"a":1}\n', 'not-canonical'],
  ['\uFEFF{"a":1}', 'not-canonical'],
  ['"\\u0041"', 'not-canonical'],
  ['"\\/"', 'not-canonical'],
  ['"\\u001F"', 'not-canonical'],
  ['1.0', 'not-canonical'],
  ['1e2', 'not-canonical'],
  ['-0', 'not-canonical'],
  ['0.5', 'number'],
  ['9007199254740993', 'number'],
  ['"\\ud800"', 'surrogate'],
  ['{"a":1', 'not-json'],
  ['', 'not-json'],
  ['NaN', 'not-json'],
  ['['.repeat(40_000) + ']'.repeat(40_000), 'too-deep'],
])('%.30s is refused as %s', (line, code) => {
  expect(codeOf(() => parseCanonical(line))).toBe(code);
  expect(codeOf(() => parseCanonical(Buffer.from(line)))).toBe(code);
});

test('bytes that are not UTF-8 are refused', () => {
  expect(codeOf(() => parseCanonical(Buffer.from([0x22, 0xc3, 0x22])))).toBe('not-utf8');
  expect(codeOf(() => parseCanonical(Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])))).toBe('not-utf8');
});

test('a key named __proto__ is a key like any other', () => {
  expect(canonicalize(parseCanonical('{"__proto__":{"a":1}}'))).toBe('{"__proto__":{"a":1}}');
});

const json: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.string({ unit: 'grapheme' }),
    fc.array(tie('value')),
    fc.dictionary(fc.string({ unit: 'grapheme' }), tie('value')),
  ),
})).value;

test('what was written is read back, and its form does not depend on the order of keys', () => {
  fc.assert(
    fc.property(json, (value) => {
      const line = canonicalize(value);
      expect(canonicalize(parseCanonical(line))).toBe(line);
      expect(JSON.parse(line)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(line).not.toMatch(/\n/);
    }),
  );
});
