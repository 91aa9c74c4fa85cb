import { describe, expect, it } from 'vitest';
import { examples, shipped } from '../test/shipped.ts';
import { createEngine } from './index.ts';

const engine = createEngine(shipped());

/**
 * Lower bounds on our own corpus, which the same hand wrote as the word list: they keep a change from breaking what worked,
 * and say little about the world. See the README for figures on outside text.
 */
const recallAtLeast = 0.8;
const precisionAtLeast = 0.9;

describe.each(['scam', 'bullying-hate'])('on our own corpus, %s', (harm) => {
  it.each(['ms', 'en', 'zh', 'ta'])('is found in %s, and its hard negatives are left alone', (language) => {
    const all = examples(`${harm}-${language}`);
    const flagged = all.filter((one) => engine.screen({ text: one.text, surface: { private: 'no', screening: true } }).harm === harm);
    const hits = flagged.filter((one) => one.positive).length;
    const positives = all.filter((one) => one.positive).length;
    const figures = {
      recall: hits / positives,
      precision: hits / Math.max(1, flagged.length),
      missed: all.filter((one) => one.positive && !flagged.includes(one)).map((one) => one.id),
    };
    expect(figures.recall, JSON.stringify(figures)).toBeGreaterThanOrEqual(recallAtLeast);
    expect(figures.precision, JSON.stringify(figures)).toBeGreaterThanOrEqual(precisionAtLeast);
  });

  it('is identified by language in nearly all of its texts', () => {
    const all = ['ms', 'en', 'zh', 'ta'].flatMap((language) => examples(`${harm}-${language}`));
    const right = all.filter(
      (one) => engine.screen({ text: one.text, surface: { private: 'no', screening: true } }).language === one.language,
    );
    expect(right.length / all.length).toBeGreaterThanOrEqual(0.9);
  });
});
