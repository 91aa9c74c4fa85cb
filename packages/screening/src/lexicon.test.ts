import { describe, expect, it } from 'vitest';
import { read, shipped } from '../test/shipped.ts';
import type { LexiconEntry } from './index.ts';
import { createEngine, parseBank, parseLexicon } from './index.ts';

const entry = (over: Partial<LexiconEntry> = {}): LexiconEntry => ({
  id: 'x',
  harm: 'scam',
  clause: 'scam.prize',
  language: 'en',
  group: 'lure',
  weight: 600_000,
  patterns: ['gift'],
  ...over,
});
const scoreWith = (entries: LexiconEntry[], text: string): number => {
  const engine = createEngine({ ...shipped(), lexicon: entries });
  return engine.screen({ text, surface: { private: 'no', screening: true } }).signals.find((one) => one.detector === 'score')?.score ?? 0;
};

describe('a pattern', () => {
  it('is a whole word in Latin and Tamil letters, unless a star lets it go on', () => {
    expect(scoreWith([entry()], 'a gift!')).toBe(600_000);
    expect(scoreWith([entry()], 'gifted')).toBe(0);
    expect(scoreWith([entry({ patterns: ['gift*'] })], 'gifted')).toBe(600_000);
    expect(scoreWith([entry({ patterns: ['*gift'] })], 'megagift')).toBe(600_000);
    expect(scoreWith([entry({ patterns: ['நாய்'] })], 'நாய்கள்')).toBe(0);
  });

  it('is found anywhere among Han characters, and ends where the script changes', () => {
    expect(scoreWith([entry({ patterns: ['免费'] })], '现在免费送')).toBe(600_000);
    expect(scoreWith([entry()], '领gift吧')).toBe(600_000);
  });

  it('does not count inside an exception, but does beside it', () => {
    const list = [entry({ except: ['gift shop'] })];
    expect(scoreWith(list, 'the gift shop')).toBe(0);
    expect(scoreWith(list, 'the gift shop has a gift')).toBe(600_000);
  });

  it('that needs company counts only in company', () => {
    const list = [entry({ context: ['action'] }), entry({ id: 'y', group: 'action', weight: 250_000, patterns: ['call'] })];
    expect(scoreWith(list, 'gift')).toBe(0);
    expect(scoreWith(list, 'call for a gift')).toBe(700_000);
    expect(scoreWith(list, `call ${'tree '.repeat(200)} gift`)).toBe(250_000);
  });
});

describe('adding up', () => {
  it('multiplies the doubt that different parts leave; a synonym adds a third', () => {
    const parts = [entry({ weight: 500_000 }), entry({ id: 'y', group: 'fee', weight: 500_000, patterns: ['fee'] })];
    const synonyms = [entry({ weight: 500_000 }), entry({ id: 'y', weight: 300_000, patterns: ['present'] })];
    expect(scoreWith(parts, 'gift fee')).toBe(750_000);
    expect(scoreWith(synonyms, 'gift present')).toBe(550_000);
    expect(scoreWith(parts, 'gift gift gift')).toBe(500_000);
  });

  it('takes the worst passage of a long text, not the sum of the whole', () => {
    const parts = [entry({ weight: 500_000 }), entry({ id: 'y', group: 'fee', weight: 500_000, patterns: ['fee'] })];
    const far = 'tree '.repeat(200);
    expect(scoreWith(parts, `gift ${far} fee`)).toBe(500_000);
    expect(scoreWith(parts, `${far} gift fee ${far}`)).toBe(750_000);
    expect(scoreWith(parts, `gift ${far} gift fee ${far} fee`)).toBe(750_000);
  });

  it('lets a warning take its share away', () => {
    const list = [entry(), entry({ id: 'c', group: 'counter', weight: 500_000, patterns: ['beware'] })];
    expect(scoreWith(list, 'beware of the gift')).toBe(300_000);
    expect(scoreWith(list, 'beware of the gift http://a.example')).toBeGreaterThan(600_000);
  });
});

describe('a file that is not as it should be is refused', () => {
  it.each([
    [{ weight: 2_000_000 }, 'weight'],
    [{ harm: 'fun' }, 'harm'],
    [{ patterns: [] }, 'patterns'],
    [{ colour: 'red' }, 'colour'],
    [{ clause: 'Scam' }, 'clause'],
  ])('%j', (over, name) => {
    expect(() => parseLexicon({ entries: [{ ...entry(), ...over }] })).toThrow(
      expect.objectContaining({ code: 'malformed-lexicon', message: expect.stringContaining(name) }),
    );
  });

  it('and so are an id that stands twice, a pattern without a letter, and a bank with a broken hash', () => {
    expect(() => scoreWith([entry(), entry()], '')).toThrow(/same id/);
    expect(() => scoreWith([entry({ patterns: ['!!'] })], '')).toThrow(/no letter/);
    const bank = read('catalogue/banks/test-marker.json') as object;
    expect(() => parseBank({ ...bank, hashes: [{ sha256: 'x' }] })).toThrow(expect.objectContaining({ code: 'malformed-hash' }));
    expect(() => parseBank({ ...bank, action: 'delete' })).toThrow(expect.objectContaining({ code: 'malformed-bank' }));
  });
});

describe('the shipped lists', () => {
  const { lexicon } = shipped();

  it('hold at least sixty entries a language, scams most of all', () => {
    for (const language of ['ms', 'en', 'zh', 'ta']) {
      const own = lexicon.filter((one) => one.language === language);
      expect(own.length, language).toBeGreaterThanOrEqual(60);
      expect(own.filter((one) => one.harm === 'scam').length, language).toBeGreaterThanOrEqual(30);
    }
  });

  it('name as context only groups that exist', () => {
    const features = [
      'contact',
      'premium',
      'reference',
      'sum',
      'return',
      'shouting',
      'bad-host',
      'look-alike',
      'odd-link',
      'risky-tld',
      'bait',
      'defanged',
    ];
    for (const one of lexicon) {
      const known = new Set([...features, ...lexicon.filter((other) => other.harm === one.harm).map((other) => other.group)]);
      expect(
        (one.context ?? []).filter((group) => !known.has(group)),
        one.id,
      ).toEqual([]);
    }
  });

  it('hold no link that is not under .example', () => {
    const links = read('catalogue/lexicon/links.json') as { bad: string[]; brands: { domains: string[] }[] };
    for (const host of [...links.bad, ...links.brands.flatMap((brand) => brand.domains)]) expect(host).toMatch(/\.example$/);
  });
});
