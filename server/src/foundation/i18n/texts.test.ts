import { describe, expect, test } from 'vitest';
import { languages } from './language.ts';
import { negotiate } from './negotiate.ts';
import { translate } from './shared.ts';
import { fill, staffTexts, texts } from './texts.ts';

const greeting = { ms: { hi: 'Apa khabar, {name}?' }, en: { hi: 'Hello {name}' }, zh: { hi: '{name}，你好' }, ta: { hi: 'வணக்கம் {name}' } };

describe('texts', () => {
  test('says its text in each language with the values in their places', () => {
    const say = texts(greeting);
    expect(languages.map((language) => say(language)('hi', { name: 'Mei' }))).toEqual([
      'Apa khabar, Mei?',
      'Hello Mei',
      'Mei，你好',
      'வணக்கம் Mei',
    ]);
  });

  test('a text with a hole in it is not said', () => {
    expect(() => texts(greeting)('en')('hi')).toThrow('no value for {name}');
  });

  test('a key that one language lacks does not compile, and does not load from data', () => {
    const others = {
      ms: { hi: 'Apa khabar, {name}?', bye: 'Jumpa lagi' },
      zh: { hi: '{name}', bye: '再见' },
      ta: { hi: '{name}', bye: 'போய் வருகிறேன்' },
    };
    // @ts-expect-error: English has no "bye"
    expect(() => texts({ ...others, en: { hi: 'Hello {name}' } })).toThrow('“bye” is missing in en');
    // @ts-expect-error: nobody has "bye"
    expect(() => texts(greeting)('ms')('bye')).toThrow();
  });

  test('placeholders that differ between languages are found when the module loads', () => {
    expect(() => texts({ ...greeting, ta: { hi: 'வணக்கம்' } })).toThrow('“hi” names {name} in ms and {} in ta');
  });

  test('plurals follow each language', () => {
    const [one, two] = [{ count: 1 }, { count: 2 }];
    expect([translate('en')('hours', one), translate('en')('hours', two)]).toEqual(['1 hour', '2 hours']);
    expect([translate('ms')('hours', one), translate('zh')('hours', two)]).toEqual(['1 jam', '2 小时']);
    expect([translate('ta')('days', one), translate('ta')('days', two)]).toEqual(['1 நாள்', '2 நாட்கள்']);
  });

  test('numbers are grouped as Malaysia writes them, in Tamil too', () => {
    expect(languages.map((language) => fill(language, '{count}', { count: 1234567 }))).toEqual(Array(4).fill('1,234,567'));
  });

  test('a staff page asked for Tamil answers in Malay', () => {
    expect(staffTexts({ ms: { queue: 'Senarai' }, en: { queue: 'Queue' } })('ta')('queue')).toBe('Senarai');
  });
});

describe('negotiate', () => {
  test('the address comes first, then the browser’s best wish, then Malay', () => {
    expect(negotiate({ query: 'ta', acceptLanguage: 'en' })).toBe('ta');
    expect(negotiate({ query: 'xx', acceptLanguage: 'en;q=0.5, zh-Hans-MY;q=0.9, fr' })).toBe('zh');
    expect(negotiate({ acceptLanguage: 'id-ID, en;q=0.4' })).toBe('ms');
    expect(negotiate({ acceptLanguage: 'en;q=0, ta;q=0.1' })).toBe('ta');
    expect(negotiate({ acceptLanguage: 'fr, *;q=0.1' })).toBe('ms');
    expect(negotiate({})).toBe('ms');
  });
});
