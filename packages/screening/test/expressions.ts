import fc from 'fast-check';
import type { AccountFeatures } from '../src/index.ts';

/** What a platform hands in about an account, any of it missing. */
export const account: fc.Arbitrary<AccountFeatures> = fc.record(
  { age_days: fc.nat(3), strikes: fc.nat(3), followers: fc.nat(3), verified: fc.boolean() },
  { requiredKeys: [] },
);
const number = fc.constantFrom('account.age_days', 'account.strikes', 'account.followers', 'item.links', 'item.recipients', '1', '2');
/** Rules of all that may be used, deep enough for one side to hide what the other lacks. */
export const { expression } = fc.letrec<{ expression: string; comparison: string }>((tie) => ({
  comparison: fc.oneof(
    fc.tuple(number, fc.constantFrom('<', '>=', '==', '!='), number).map(([a, op, b]) => `${a} ${op} ${b}`),
    fc.constantFrom('account.verified', 'has(account.strikes)', 'has(item.recipients)', 'account.followers in [1, account.age_days]'),
    fc.tuple(number, number).map(([a, b]) => `${a} / ${b} > 0`),
    tie('expression').map((one) => `(${one}) == true`),
    fc
      .tuple(fc.constantFrom('exists', 'all', 'exists_one'), number)
      .map(([loop, n]) => `signals.${loop}(s, s.score > ${n} && s.harm == "scam")`),
    number.map((n) => `size(signals.filter(s, s.score > ${n})) < 2`),
    number.map((n) => `signals.filter(s, s.level == "low").all(s, s.score != ${n})`),
  ),
  expression: fc.oneof(
    { maxDepth: 3 },
    tie('comparison'),
    tie('expression').map((one) => `!(${one})`),
    fc.tuple(tie('expression'), fc.constantFrom('&&', '||'), tie('expression')).map(([a, op, b]) => `(${a}) ${op} (${b})`),
    fc.tuple(tie('expression'), tie('expression'), tie('expression')).map(([a, b, c]) => `((${a}) ? (${b}) : (${c}))`),
  ),
}));
