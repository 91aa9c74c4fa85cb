import type { AccountFeatures, ItemFeatures, Rule, RuleSet } from '../src/index.ts';

/** A live rule that asks for a review; what a test is about is overwritten. */
export function rule(when: string, rest: Partial<Rule> = {}): Rule {
  const words = { en: 'Made for a test' };
  return {
    id: 'example',
    version: '1',
    state: 'live',
    harm: 'scam',
    clause: 'scam.phishing',
    when,
    verdict: 'review',
    name: words,
    why: words,
    ...rest,
  };
}

export function ruleSet(...rules: Rule[]): RuleSet {
  return { version: '1', rules };
}

/** Ten kinds of rule as operators write them, each at five strictnesses. */
const kinds: readonly ((n: number) => string)[] = [
  (n) => `account.age_days < ${n} && item.links >= 2`,
  (n) => `account.strikes >= ${n} && signals.exists(s, s.harm == "scam" && s.level != "low")`,
  (n) => `item.kind == "message" && account.recipients_1h > ${n * 20} && item.links > 0`,
  (n) => `account.reports_24h >= ${n} && !account.verified`,
  (n) => `item.language in ["mixed", "unknown"] && item.text_length < ${n * 30} && item.links > 0`,
  (n) => `signals.exists(s, s.harm == "child-harm" && s.score >= ${n}00000) && item.private == "yes"`,
  (n) => `size(signals.filter(s, s.harm == "bullying-hate" && s.detector == "lexicon")) >= ${n}`,
  (n) => `has(account.followers) && account.followers < ${n * 10} && account.posts_1h > ${n * 5}`,
  (n) => `(account.age_days < ${n * 7} || account.strikes > ${n}) && item.media > 0 && signals.exists(s, s.term == "link-shortener")`,
  (n) => `account.reports_24h * ${n * 100} > account.followers && item.surface != "help"`,
];

/** Fifty rules, for measuring: every third one a shadow. */
export const fiftyRules: RuleSet = ruleSet(
  ...[1, 2, 3, 4, 5].flatMap((n) =>
    kinds.map((when, k) => rule(when(n), { id: `example-${k + 1}-${n}`, state: (k + n) % 3 === 0 ? 'shadow' : 'live' })),
  ),
);

/** An ordinary account and post, with everything a rule can ask: most of the fifty look at it to the end and do not hold. */
export const ordinary: { item: ItemFeatures; account: AccountFeatures } = {
  item: { kind: 'post', surface: 'feed', recipients: 0, media: 1 },
  account: { age_days: 420, strikes: 0, reports_24h: 0, posts_1h: 2, recipients_1h: 3, followers: 180, verified: false },
};
