import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fiftyRules } from '../test/rules.ts';
import type { Field } from './index.ts';
import { checkRule, vocabulary } from './index.ts';

const codes = (when: string): string[] => checkRule(when).map(({ code }) => code);
/** What the first problem points at, as the writer sees it. */
const pointed = (when: string): string => {
  const [first] = checkRule(when);
  return when.slice(first?.start, first?.end);
};

describe('a rule may be used', () => {
  it.each([
    'account.age_days < 3 && item.links >= 2',
    'signals.exists(s, s.harm == "scam" && s.level in ["medium", "high"])',
    'signals.filter(s, s.harm == "scam").all(s, s.score > 300000)',
    '["a", "b"].exists(word, item.surface.startsWith(word))',
    'has(account.followers) ? account.followers < 10 : account.age_days < 1',
    'account.reports_24h * 100 > account.followers // one in a hundred',
    'size(signals) > 3 || item.text_length % 2 == 1',
    'item.links > 0.5',
    'true',
  ])('when it is true or false about what there is: %s', (when) => expect(checkRule(when)).toEqual([]));

  it('with every name of the vocabulary', () => {
    for (const [group, fields] of Object.entries(vocabulary))
      for (const [name, { type }] of Object.entries<Field>(fields)) {
        const value = { int: '1', bool: 'true', string: 'item.surface' }[type];
        const asked = group === 'signal' ? `signals.exists(s, s.${name} == ${value})` : `${group}.${name} == ${value}`;
        expect(checkRule(asked), asked).toEqual([]);
      }
  });

  it('in all fifty examples', () => {
    expect(fiftyRules.rules).toHaveLength(50);
    for (const { when } of fiftyRules.rules) expect(checkRule(when), when).toEqual([]);
  });
});

describe('a rule is refused', () => {
  it.each([
    ['accoun.strikes > 1', 'unknown-name', 'accoun'],
    ['account.strike > 1', 'unknown-field', 'strike'],
    ['has(account.strike)', 'unknown-field', 'strike'],
    ['signals.exists(s, s.hram == "scam")', 'unknown-field', 'hram'],
    ['signals.exists(s, s.harm == "scams")', 'unknown-value', '"scams"'],
    ['item.kind in ["post", "poste"]', 'unknown-value', '"poste"'],
    ['"hoch" != item.language', 'unknown-value', '"hoch"'],
    ['signals.exists(s, s.level >= "medium")', 'wrong-type', 's.level'],
    ['account.strikes > "1"', 'wrong-type', 'account.strikes > "1"'],
    ['account.verified && account.strikes', 'wrong-type', 'account.verified && account.strikes'],
    ['signals.exists(s)', 'wrong-type', 'signals.exists(s)'],
    ['item.links.size() > 1', 'wrong-type', 'item.links.size()'],
    ['account.strikes', 'not-boolean', 'account.strikes'],
    ['account.strikes >', 'syntax', ''],
    ['(account.strikes > 1', 'syntax', ''],
    ['', 'syntax', ''],
    ['account.strikes > 1 & item.links > 1', 'syntax', '&'],
    ['item.kind == "post', 'syntax', '"post'],
    ['item.surface.matches("(a+)+$")', 'not-allowed', 'item.surface.matches("(a+)+$")'],
    ['timestamp("2026-01-01T00:00:00Z").getHours() > 1', 'not-allowed', 'timestamp("2026-01-01T00:00:00Z").getHours()'],
    ['dyn(1) == dyn("a")', 'not-allowed', 'dyn(1)'],
    ['cel.bind(x, "aa", x + x == x)', 'not-allowed', 'cel.bind(x, "aa", x + x == x)'],
    ['{"a": 1}.a == 1', 'not-allowed', '{"a": 1}'],
    ['account["strikes"] == 1', 'not-allowed', 'account["strikes"]'],
    ['account.strikes == null', 'not-allowed', 'null'],
    ['b"a" == b"a"', 'not-allowed', 'b"a"'],
    ['signals.exists(item, item.harm == "scam")', 'not-allowed', 'item'],
    ['signals.exists(s, signals.exists(t, t.harm == s.harm))', 'too-costly', 'signals.exists(t, t.harm == s.harm)'],
    ['int == int', 'unknown-name', 'int'],
  ])('%s: %s', (when, code, at) => {
    expect(codes(when)[0]).toBe(code);
    expect(pointed(when)).toBe(at);
    for (const { message } of checkRule(when)) expect(message).toMatch(/^\p{Lu}|^“/u);
  });

  it('for all that is wrong with its names at once', () => {
    expect(codes('accoun.strikes > 1 && item.lnks > 2 && signals.exists(s, s.lvel == "high")')).toEqual([
      'unknown-name',
      'unknown-field',
      'unknown-field',
    ]);
  });

  it.each([
    ['its length', `item.links > 1${' '.repeat(1_000)}`],
    ['its parts', Array.from({ length: 70 }, (_, i) => `item.links==${i}`).join('||')],
    ['its brackets', `${'('.repeat(40)}true${')'.repeat(40)}`],
    ['its negations', `${'!'.repeat(900)}true`],
    ['its lists in loops', `signals.exists(s, s.score in [${Array.from({ length: 150 }, (_, i) => i).join()}])`],
  ])('as too costly for %s', (_, when) => expect(codes(when)).toEqual(['too-costly']));

  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'])(
    'where it reaches for %s, whatever it hangs on',
    (name) => {
      for (const when of [
        `${name} == true`,
        `account.${name} == true`,
        `has(account.${name})`,
        `item.${name}.${name} == 1`,
        `signals.exists(s, s.${name} == s.${name})`,
        `signals.exists(${name}, ${name}.nothing)`,
        `${name}(1)`,
        `item.kind.${name}() == "post"`,
        `{"${name}": true}.${name}`,
      ])
        expect(checkRule(when), when).not.toEqual([]);
    },
  );
});

describe('a problem stands where it is', () => {
  it('in the third line, whatever ends the lines', () => {
    for (const end of ['\n', '\r\n', '\r'])
      expect(checkRule(`item.links > 1${end}  && true${end}  && account.strike > 1`)[0]).toMatchObject({
        line: 3,
        column: 14,
      });
  });

  it('behind characters outside the basic plane, which count once in a column and twice in an offset', () => {
    expect(checkRule('item.surface == "😀😀" && account.strike > 1')[0]).toMatchObject({ start: 34, end: 40, line: 1, column: 33 });
  });

  it('on a whole character, never on half of one', () => {
    expect(pointed('item.links > 😀')).toBe('😀');
    expect(checkRule('item.links > 😀')[0]?.message).toBe('“😀” has no place here.');
    expect(checkRule('item.links > \ud83d')[0]?.message).toBe('“\ufffd” has no place here.');
  });

  it('behind Tamil and Chinese text as its characters are counted', () => {
    expect(checkRule('item.surface == "தமிழ்" || item.surface == "中文" || nothing')[0]).toMatchObject({ line: 1, column: 52 });
  });
});

describe('whatever is written', () => {
  const word = fc.constantFrom(
    ...'item account signals s . ( ) [ ] { } , : ? ! - + * / % && || == != < <= > >= in has size exists all filter map matches'.split(' '),
    ...'true false null 1 0x1F 1u 1.5 1e9 9223372036854775808 "a" "scam" r"\\" b"a" """a\nb""" // \n dyn type int cel.bind timestamp'.split(
      ' ',
    ),
    ...'__proto__ constructor .links .strikes .harm .level \ud83d 😀 தமிழ் \\u0000'.split(' '),
  );
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(word, { maxLength: 40 }).map((words) => words.join(' ')),
    fc.array(word, { maxLength: 40 }).map((words) => words.join('')),
    fc
      .tuple(fc.constantFrom(...fiftyRules.rules.map(({ when }) => when)), fc.nat(), word, fc.nat(6))
      .map(([when, at, insert, cut]) => when.slice(0, at % when.length) + insert + when.slice((at % when.length) + cut)),
  );

  it('it is checked without an exception, and every problem lies in the text with a code, a sentence and a place', () => {
    fc.assert(
      fc.property(anything, (when) => {
        for (const { code, message, start, end, line, column } of checkRule(when)) {
          expect(code).toMatch(/^[a-z-]+$/);
          expect(message).toBe(message.toWellFormed());
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(when.length);
          const lines = when.split(/\r\n|\r|\n/);
          expect(line).toBeLessThanOrEqual(lines.length);
          expect(column).toBeLessThanOrEqual([...(lines[line - 1] ?? '')].length + 1);
        }
        expect(checkRule(when)).toEqual(checkRule(when));
      }),
      { numRuns: 2_000 },
    );
  });
});
