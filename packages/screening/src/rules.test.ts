import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { account, expression } from '../test/expressions.ts';
import { fiftyRules, ordinary, rule, ruleSet } from '../test/rules.ts';
import { shipped } from '../test/shipped.ts';
import type { AccountFeatures, Rule, Screened, Subject } from './index.ts';
import { checkRule, createEngine, parseRules, verdictOrder } from './index.ts';

const engine = createEngine(shipped());
const surface = { private: 'no', screening: true } as const;
const scam = 'Tahniah! Anda telah menang RM5,000. Klik http://tebus-hadiah.example untuk tuntut hadiah dalam masa 24 jam';
const links = 'Lihat http://satu.example dan http://dua.example';

function screen(rules: Rule[], subject: Omit<Subject, 'surface'>): Screened {
  engine.useRules(ruleSet(...rules));
  return engine.screen({ surface, ...subject });
}

const newcomer = rule('account.age_days < 3 && item.links >= 2', { id: 'newcomer', version: '4' });

describe('a live rule', () => {
  it('that holds asks for its verdict under its clause, and stands among the signals with its id and version', () => {
    const result = screen([newcomer], { text: links, account: { age_days: 1 } });
    expect(result).toMatchObject({ verdict: 'review', harm: 'scam', clause: 'scam.phishing' });
    expect(result.signals).toContainEqual({
      detector: 'rule:newcomer',
      version: '4',
      harm: 'scam',
      clause: 'scam.phishing',
      score: 1_000_000,
      level: 'high',
    });
    expect(result.versions['rules']).toBe('1');
  });

  it('that does not hold leaves no trace', () => {
    const result = screen([newcomer], { text: links, account: { age_days: 30 } });
    expect(result).toMatchObject({ verdict: 'allow', harm: null, clause: null, signals: [], shadow: [], untold: [] });
  });

  it('asks about what the detectors found, about private surfaces and about files', () => {
    const found = 'signals.exists(s, s.detector == "score" && s.harm == "scam" && s.level == "high" && s.score > 800000)';
    expect(screen([rule(found, { verdict: 'block' })], { text: scam }).verdict).toBe('block');
    expect(screen([rule('signals.exists(s, s.term == "link-bad-host")')], { text: 'Apa khabar' }).verdict).toBe('allow');
    expect(
      screen([rule('item.private == "no" && item.language == "ms" && item.text_length > 20', { verdict: 'block' })], { text: scam })
        .verdict,
    ).toBe('block');
    expect(screen([rule('item.media == 1')], { hashes: [{ md5: '0'.repeat(32) }] }).verdict).toBe('review');
    expect(screen([rule('item.media == 4')], { item: { media: 4 } }).verdict).toBe('review');
  });

  it('is not asked where the surface is not screened', () => {
    engine.useRules(ruleSet(rule('true')));
    expect(engine.screen({ surface: { private: 'yes', screening: false } })).toMatchObject({ verdict: 'allow', signals: [], shadow: [] });
  });

  it('is never crowded out of the signals by others', () => {
    const many = Array.from({ length: 60 }, (_, i) => rule('true', { id: `always-${i}` }));
    const named = screen(many, { text: scam }).signals.map(({ detector }) => detector);
    for (const { id } of many) expect(named).toContain(`rule:${id}`);
    expect(named).toContain('score');
  });
});

describe('the strictest', () => {
  it('of all rules and detectors wins, whatever their order', () => {
    const verdict = fc.constantFrom<Rule['verdict']>('review', 'restrict', 'withhold', 'block');
    fc.assert(
      fc.property(fc.array(verdict, { maxLength: 6 }), (verdicts) => {
        const rules = verdicts.map((one, i) => rule('true', { id: `r-${i}`, verdict: one }));
        const strictest = Math.max(0, ...verdicts.map((one) => verdictOrder.indexOf(one)));
        const result = screen(rules, { text: 'Apa khabar' });
        expect(verdictOrder.indexOf(result.verdict)).toBe(strictest);
        expect(screen([...rules].reverse(), { text: 'Apa khabar' })).toEqual(result);
        expect(verdictOrder.indexOf(screen(rules, { text: scam }).verdict)).toBe(Math.max(strictest, verdictOrder.indexOf('withhold')));
      }),
      { numRuns: 50 },
    );
  });

  it('is named by its own harm and clause, between equals by the more urgent harm', () => {
    const bully = rule('true', { id: 'a', harm: 'bullying-hate', clause: 'bullying.harassment', verdict: 'restrict' });
    expect(screen([bully, rule('true')], {})).toMatchObject({ verdict: 'restrict', harm: 'bullying-hate', clause: 'bullying.harassment' });
    expect(screen([bully, rule('true', { verdict: 'restrict' })], {})).toMatchObject({ harm: 'scam', clause: 'scam.phishing' });
  });
});

describe('a rule that does not count yet', () => {
  it('as a shadow tells what it would have said and changes nothing else', () => {
    const without = screen([], { text: scam });
    const shadow = screen([rule('true', { state: 'shadow', verdict: 'block' })], { text: scam });
    expect(shadow).toEqual({
      ...without,
      shadow: [{ rule: 'example', version: '1', harm: 'scam', clause: 'scam.phishing', verdict: 'block' }],
    });
  });

  it('as a draft is not tried, and may be unfinished', () => {
    expect(screen([rule('account.', { state: 'draft' })], { text: scam })).toMatchObject({ shadow: [], untold: [] });
  });

  it('may be the next version of one that does', () => {
    const next = rule('true', { id: 'newcomer', version: '5', state: 'shadow' });
    expect(screen([newcomer, next], { text: links, account: { age_days: 1 } })).toMatchObject({
      verdict: 'review',
      shadow: [{ version: '5' }],
    });
  });
});

describe('a rule that cannot be told', () => {
  it('because the platform did not hand in a feature is named with it, and is no hit', () => {
    expect(screen([newcomer], { text: links })).toMatchObject({
      verdict: 'allow',
      untold: [{ rule: 'newcomer', version: '4', missing: 'account.age_days', failed: null }],
    });
  });

  it('because a value is of another type, not whole, or only inherited, is named as well', () => {
    for (const age of ['1', 1.5, Number.NaN, Number.POSITIVE_INFINITY, null, {}, true, 1n])
      expect(
        screen([newcomer], { text: links, account: { age_days: age } as unknown as AccountFeatures }).untold,
        String(age),
      ).toHaveLength(1);
    const inherited = Object.create({ age_days: 1 }) as AccountFeatures;
    expect(screen([newcomer], { text: links, account: inherited }).untold).toHaveLength(1);
  });

  it('because it divides by zero is named with that', () => {
    expect(screen([rule('100 / item.links > 3')], {}).untold).toEqual([
      { rule: 'example', version: '1', missing: null, failed: 'division_by_zero' },
    ]);
  });

  it('still holds where the missing feature does not matter', () => {
    for (const when of [
      'account.strikes > 1 || item.links == 2',
      'has(account.strikes) ? account.strikes > 1 : item.links == 2',
      '!has(account.strikes) && item.links == 2',
      '!(account.strikes > 1 && item.links == 0)',
    ])
      expect(screen([rule(when)], { text: links }).verdict, when).toBe('review');
  });

  it('does not hinder the others', () => {
    expect(screen([newcomer, rule('item.links == 2')], { text: links }).verdict).toBe('review');
  });
});

describe('whatever a rule asks and whatever is handed in', () => {
  const text = fc.constantFrom(scam, links, 'Apa khabar');

  it('it is told the same twice, either way or with a reason, and the screening goes on', () => {
    let [held, untold] = [0, 0];
    fc.assert(
      fc.property(expression, account, text, (when, features, words) => {
        fc.pre(checkRule(when).length === 0);
        const result = screen([rule(when, { state: 'shadow' })], { text: words, account: features });
        held += result.shadow.length;
        untold += result.untold.length;
        expect(result.shadow.length + result.untold.length).toBeLessThanOrEqual(1);
        for (const { missing, failed } of result.untold) expect(missing ?? failed).toMatch(/^(?:account|item)\.\w+$|^division_by_zero$/);
        expect(screen([rule(when, { state: 'shadow' })], { text: words, account: features })).toEqual(result);
        expect(screen([], { text: words, account: features })).toEqual({ ...result, shadow: [], untold: [] });
      }),
      { numRuns: 600 },
    );
    expect(Math.min(held, untold)).toBeGreaterThan(50);
  });

  it('what passes for missing beforehand would not have held: the long way round says so too', () => {
    fc.assert(
      fc.property(expression, account, text, (when, features, words) => {
        // In one branch of a condition the expression itself is tried, without a look at what it needs.
        const long = `item.text_length >= 0 ? (${when}) : true`;
        fc.pre(checkRule(when).length === 0 && checkRule(long).length === 0);
        const rules = [rule(when, { id: 'short', state: 'shadow' }), rule(long, { id: 'long', state: 'shadow' })];
        const { shadow } = screen(rules, { text: words, account: features });
        expect(shadow.map((hit) => hit.rule)).toEqual(shadow.length === 0 ? [] : ['short', 'long']);
      }),
      { numRuns: 600 },
    );
  });
});

describe('a set of rules is refused', () => {
  const refused = (...rules: Rule[]): unknown => {
    try {
      createEngine({ ...shipped(), lexicon: [], rules: ruleSet(...rules) });
      return 'taken';
    } catch (error) {
      return error;
    }
  };

  it('with the rule and the place where an expression is wrong', () => {
    expect(
      refused(rule('true', { id: 'fine' }), rule('item.links > 1 &&\n account.strike > 1', { id: 'wrong', state: 'shadow' })),
    ).toMatchObject({
      code: 'malformed-rules',
      message: expect.stringMatching(/^Rule wrong, line 2, column 10: There is no “strike” here; there are age_days,/),
    });
  });

  it('when two live ones have one id, when there are too many, or when all together cost too much', () => {
    expect(refused(newcomer, { ...newcomer, version: '5' })).toMatchObject({ code: 'malformed-rules' });
    expect(refused(newcomer, { ...newcomer, state: 'shadow' })).toMatchObject({ code: 'malformed-rules' });
    const many = (n: number, when: string): Rule[] => Array.from({ length: n }, (_, i) => rule(when, { id: `r-${i}` }));
    expect(refused(...many(200, 'true'))).toBe('taken');
    expect(refused(...many(201, 'true'))).toMatchObject({ code: 'malformed-rules' });
    const heavy = `signals.exists(s, s.score in [${Array.from({ length: 70 }, (_, i) => i).join()}])`;
    expect(checkRule(heavy)).toEqual([]);
    expect(refused(...many(5, heavy))).toBe('taken');
    expect(refused(...many(50, heavy))).toMatchObject({ code: 'malformed-rules', message: expect.stringContaining('too much') });
  });

  it('and the set before it stays in force', () => {
    engine.useRules({ version: 'before', rules: [rule('true')] });
    expect(() => engine.useRules(ruleSet(rule('nothing')))).toThrow(expect.objectContaining({ code: 'malformed-rules' }));
    expect(engine.screen({ surface })).toMatchObject({ verdict: 'review', versions: { rules: 'before' } });
    expect(engine.versions['rules']).toBe('before');
  });

  it('as a file when anything is not as it should be', () => {
    expect(parseRules({ version: '1', rules: [newcomer] }).rules).toEqual([newcomer]);
    for (const [key, value] of [
      ['id', 'Two words'],
      ['version', ''],
      ['state', 'on'],
      ['harm', 'spam'],
      ['clause', 'scam'],
      ['when', 1],
      ['verdict', 'allow'],
      ['name', {}],
      ['why', { fr: 'non' }],
      ['weight', 1],
    ])
      expect(() => parseRules({ version: '1', rules: [{ ...newcomer, [key as string]: value }] }), String(key)).toThrow(
        expect.objectContaining({ code: 'malformed-rules', message: expect.stringContaining(`"${key}"`) }),
      );
    for (const file of [null, [], {}, { version: '1' }, { rules: [] }, { version: '1', rules: [null] }, { version: '1', rules: ['x'] }])
      expect(() => parseRules(file), JSON.stringify(file)).toThrow(expect.objectContaining({ code: 'malformed-rules' }));
  });
});

describe('the heaviest rule that passes', () => {
  it('is told for a text full of hits, and so is the whole set of fifty', () => {
    const heavy = `signals.exists(s, s.score in [${Array.from({ length: 70 }, (_, i) => i).join()}])`;
    const text = `${scam} `.repeat(200);
    expect(screen([rule(heavy)], { text }).untold).toEqual([]);
    engine.useRules(fiftyRules);
    expect(engine.screen({ surface, text, ...ordinary }).untold).toEqual([]);
  });
});
