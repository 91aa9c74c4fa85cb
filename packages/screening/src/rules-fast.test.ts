import fc from 'fast-check';
import { expect, it } from 'vitest';
import { account, expression } from '../test/expressions.ts';
import { fiftyRules } from '../test/rules.ts';
import { celFacts } from './rules-cel.ts';
import { examine } from './rules-check.ts';
import { fast, knownOf } from './rules-fast.ts';
import type { Facts } from './rules-vocabulary.ts';
import type { Signal } from './verdict.ts';
import { harms } from './verdict.ts';

const signal: fc.Arbitrary<Signal> = fc
  .record({
    detector: fc.constantFrom('score', 'lexicon', 'bank:own'),
    version: fc.constant('1'),
    harm: fc.constantFrom(...harms),
    clause: fc.constantFrom('scam.job', 'hate.attack'),
    score: fc.constantFrom(0, 1, 2, 300_000, 1_000_000),
    level: fc.constantFrom('low' as const, 'medium' as const, 'high' as const),
    term: fc.option(fc.constantFrom('link', 'link-shortener'), { nil: undefined }),
  })
  .map(({ term, ...rest }) => (term === undefined ? rest : { ...rest, term }));
const facts: fc.Arbitrary<Facts> = fc.record({
  item: fc.record({
    private: fc.constantFrom('yes', 'no'),
    language: fc.constant('ms'),
    text_length: fc.nat(400),
    links: fc.nat(3),
    media: fc.nat(2),
  }),
  account,
  signals: fc.array(signal, { maxLength: 5 }),
});

/** What the library says: true or false, or undefined for an exception. */
function told(when: string, about: Facts): { slow: unknown; quick: unknown } {
  const { parsed } = examine(when);
  if (!parsed) return { slow: undefined, quick: undefined };
  const quick = fast(parsed.expression)?.(knownOf(about), []);
  try {
    return { slow: parsed.run(celFacts(about)), quick };
  } catch {
    return { slow: undefined, quick };
  }
}

it('where it answers, it answers as the library does, whatever is asked and whatever is missing', () => {
  const asked = fc.oneof(expression, fc.constantFrom(...fiftyRules.rules.map(({ when }) => when)));
  const seen = { true: 0, false: 0, undefined: 0 };
  fc.assert(
    fc.property(asked, facts, (when, about) => {
      const { slow, quick } = told(when, about);
      seen[String(quick) as keyof typeof seen] += 1;
      if (quick !== undefined) expect(quick, when).toBe(slow);
    }),
    { numRuns: 3_000 },
  );
  expect(Math.min(seen.true, seen.false, seen.undefined)).toBeGreaterThan(100);
});

it('does all fifty examples, so that the library is asked about none of them', () => {
  for (const { when } of fiftyRules.rules) {
    const { parsed } = examine(when);
    expect(parsed && fast(parsed.expression), when).not.toBeNull();
  }
});

it('leaves to the library what is beyond exact numbers', () => {
  const about: Facts = { item: { links: 3 }, account: { followers: Number.MAX_SAFE_INTEGER }, signals: [] };
  for (const when of ['account.followers * 2 > 0', 'account.followers + item.links > 0', 'item.links < 9007199254740993'])
    expect(told(when, about), when).toEqual({ slow: true, quick: undefined });
});
