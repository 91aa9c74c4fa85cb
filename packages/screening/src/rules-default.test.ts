import { describe, expect, it } from 'vitest';
import { digest, read, shipped } from '../test/shipped.ts';
import type { Subject } from './index.ts';
import { checkRule, createEngine, parseRules } from './index.ts';

/** What holds the rule of this name, and what is like it and does not. */
const examples: Record<string, { hit: Case; miss: Case }> = {
  'new-account-many-links': {
    hit: { text: 'Lihat http://satu.example dan http://dua.example', account: { age_days: 2 } },
    miss: { text: 'Lihat http://satu.example', account: { age_days: 2 } },
  },
  'struck-account-scam': {
    hit: { text: 'Work from home, earn RM500, no experience needed', account: { strikes: 1 } },
    miss: { text: 'Work from home, earn RM500, no experience needed', account: { strikes: 0 } },
  },
  'new-account-imitates-brand': {
    hit: { text: 'Sila log masuk: http://bankbunqa.example/login', account: { age_days: 29, verified: false } },
    miss: { text: 'Sila log masuk: http://bankbunga.example/login', account: { age_days: 29, verified: false } },
  },
  'mass-messages-with-link': {
    hit: { text: 'Jom tengok http://satu.example', item: { kind: 'message' }, account: { recipients_1h: 20 } },
    miss: { text: 'Jom tengok http://satu.example', item: { kind: 'post' }, account: { recipients_1h: 20 } },
  },
  'bare-short-link': {
    hit: { text: 'cuba ini https://pendek.example/x1', account: { age_days: 6 } },
    miss: { text: 'Resipi kek pisang nenek saya, lengkap dengan gambar: https://pendek.example/x1', account: { age_days: 6 } },
  },
  'offer-moves-to-chat': {
    hit: { text: 'kursus forex https://chat.example/x' },
    miss: { text: 'kursus masakan https://chat.example/x' },
  },
  'burst-of-scams': {
    hit: { text: 'claim now RM50 http://satu.example', account: { posts_1h: 30 } },
    miss: { text: 'Jumpa esok di pasar http://satu.example', account: { posts_1h: 30 } },
  },
  'reported-account-hostile': {
    hit: { text: 'you are so stupid', account: { reports_24h: 3 } },
    miss: { text: 'you are so kind', account: { reports_24h: 3 } },
  },
  'repeated-hate': {
    hit: { text: 'go back to your country', account: { strikes: 2 } },
    miss: { text: 'go back to your country', account: { strikes: 1 } },
  },
  'threat-beside-hate': {
    hit: { text: 'I will kill you, you idiot' },
    miss: { text: 'You idiot' },
  },
  'intimate-with-media': {
    hit: { text: 'leaked private video', item: { media: 1 } },
    miss: { text: 'leaked private video', item: { media: 0 } },
  },
  'drugs-with-contact': {
    hit: { text: 'meth for sale http://satu.example' },
    miss: { text: 'meth for sale' },
  },
  'known-file-again': {
    hit: { hashes: [{ sha256: digest('sha256', 'perisai marker file: csam test bank entry 1\n') }], account: { strikes: 1 } },
    miss: { hashes: [{ sha256: digest('sha256', 'another file') }], account: { strikes: 1 } },
  },
};
type Case = Omit<Subject, 'surface'>;

const set = parseRules(read('catalogue/rules/default.json'));
const engine = createEngine({ ...shipped(), rules: set });
const held = (subject: Case): string[] =>
  engine.screen({ surface: { private: 'no', screening: true }, ...subject }).shadow.map(({ rule }) => rule);

describe('the rules that come with Perisai', () => {
  it('have an example each', () => expect(set.rules.map(({ id }) => id)).toEqual(Object.keys(examples)));

  it('can be used, are shadows until an operator decides, and change nothing before', () => {
    const without = createEngine(shipped());
    for (const { id, state, when } of set.rules) {
      expect(checkRule(when), id).toEqual([]);
      expect(state, id).toBe('shadow');
      const subject: Subject = { surface: { private: 'no', screening: true }, ...examples[id]?.hit };
      expect(engine.screen(subject), id).toMatchObject({
        verdict: without.screen(subject).verdict,
        signals: without.screen(subject).signals,
      });
    }
  });

  it('are told and explained in four languages, under a clause of the policy with their harm', () => {
    const { clauses } = read('catalogue/policy/1.json') as { clauses: { id: string; harm: string }[] };
    for (const { id, name, why, harm, clause } of set.rules) {
      expect(Object.keys(name), id).toEqual(['ms', 'en', 'zh', 'ta']);
      expect(Object.keys(why), id).toEqual(['ms', 'en', 'zh', 'ta']);
      expect(clauses, id).toContainEqual(expect.objectContaining({ id: clause, harm }));
    }
  });

  it('use the glossary’s words', () => {
    const { terms } = read('catalogue/glossary.json') as { terms: { never: Record<string, string[]> }[] };
    for (const { id, name, why } of set.rules)
      for (const language of ['ms', 'en', 'zh', 'ta'] as const)
        for (const never of terms.flatMap((term) => term.never[language] ?? []))
          expect(`${name[language]} ${why[language]}`.toLowerCase(), `${id} ${language}`).not.toContain(never.toLowerCase());
  });

  it.each(Object.entries(examples))('%s: hold for its example, and not for what is like it', (id, { hit, miss }) => {
    expect(held(hit)).toContain(id);
    expect(held(miss)).not.toContain(id);
  });

  it('find nothing in an ordinary post of an ordinary account', () => {
    const account = { age_days: 400, strikes: 0, reports_24h: 0, posts_1h: 1, recipients_1h: 2, followers: 90, verified: false };
    expect(held({ text: 'Jumpa esok pukul lapan di kedai makan, ya?', item: { kind: 'post', media: 1 }, account })).toEqual([]);
  });

  it('make a verdict stricter once they are live', () => {
    const live = createEngine({ ...shipped(), rules: { ...set, rules: set.rules.map((rule) => ({ ...rule, state: 'live' })) } });
    for (const { id, verdict } of set.rules) {
      const result = live.screen({ surface: { private: 'no', screening: true }, ...examples[id]?.hit });
      expect(
        result.signals.map(({ detector }) => detector),
        id,
      ).toContain(`rule:${id}`);
      expect(result.verdict, id).toBe(verdict);
    }
  });
});
