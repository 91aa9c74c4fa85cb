import { describe, expect, test } from 'vitest';
import { languages } from '../server/src/foundation/i18n/language.ts';
import { textsIn } from '../server/test/glossary.ts';
import { breath, breathlessIn, officialeseIn } from '../server/test/plain.ts';
import clocks from './clocks.json' with { type: 'json' };
import desks from './desks.json' with { type: 'json' };
import harms from './harms.json' with { type: 'json' };
import helpLines from './help-lines.json' with { type: 'json' };
import instruments from './instruments.json' with { type: 'json' };
import ladder from './ladder.json' with { type: 'json' };
import policy from './policy/1.json' with { type: 'json' };
import later from './policy/later.json' with { type: 'json' };
import reasons from './reasons.json' with { type: 'json' };
import notices from './texts/notices.json' with { type: 'json' };

// Scripts, glossary, blame and placeholders are held in server/src/foundation/i18n/catalogue.test.ts, for these files and for the notices.
const texts = Object.entries({ clocks, desks, harms, helpLines, instruments, ladder, later, policy, reasons }).flatMap(([name, file]) =>
  textsIn(file, name),
);

describe('every text of the catalogue', () => {
  test('has exactly four languages, none of them empty, none with a space too many', () => {
    expect(texts.length).toBeGreaterThan(600);
    for (const { where, text } of texts) {
      expect(Object.keys(text), where).toEqual([...languages]);
      for (const language of languages) expect(text[language], `${where} ${language}`).toMatch(/^\S(?:.*\S)?$/);
      for (const language of languages) expect(text[language], `${where} ${language}`).not.toMatch(/ {2}|\s[.,;?]/);
    }
  });

  test('is no copy of another language, but for names', () => {
    const names = /^(Talian \w+|Befrienders KL|Cyber999)$/;
    const copies = texts.filter(({ text }) => new Set(languages.map((language) => text[language])).size < 4 && !names.test(text.ms));
    expect(copies).toEqual([]);
  });

  test('is asked as a question where it is one, in each language', () => {
    for (const { where, text } of textsIn(reasons, 'reasons').filter((each) => each.where.endsWith('question'))) {
      expect([text.ms, text.en, text.ta].every((said) => said.endsWith('?')) && text.zh.endsWith('？'), where).toBe(true);
    }
  });

  test('that the public reads on a hard day is said in sentences of one breath, and in plain words', () => {
    const read = [...texts.filter(({ where }) => !where.startsWith('policy/')), ...textsIn(notices, 'notices')];
    expect(read.length).toBeGreaterThan(500);
    expect(breathlessIn(read)).toEqual([]);
    expect(officialeseIn(read)).toEqual([]);
  });

  test('that says what is forbidden is as short as the first guidelines are: those were published, and their words stay', () => {
    const rules = texts.filter(({ where }) => /^policy\/.*\/rule$/.test(where));
    expect(rules.length).toBeGreaterThan(50);
    expect(breathlessIn(rules, { ms: 21, en: 28, zh: 61, ta: 20 })).toEqual([]);
    expect(officialeseIn(rules)).toEqual([]);
  });

  test('is measured: what is longer than a breath, or sounds like an office, is found', () => {
    const long = Array.from({ length: breath.en + 1 }, () => 'word').join(' ');
    const short = `${long.slice(5)}. A second one.`;
    const plain = { ms: 'Kami simpan.', zh: '我们保留。', ta: 'வைத்திருக்கிறோம்.' };
    expect(breathlessIn([{ where: 'long', text: { ...plain, en: long } }])).toHaveLength(1);
    expect(breathlessIn([{ where: 'short', text: { ...plain, en: short } }])).toEqual([]);
    expect(officialeseIn([{ where: 'office', text: { ...plain, en: 'You are hereby informed.' } }])).toEqual(['office en: hereby']);
  });

  test('says no English word in Chinese or Tamil that has one of its own', () => {
    const latin = texts.flatMap(({ where, text }) =>
      [text.zh, text.ta].flatMap((said) => (said.match(/[A-Za-z]{3,}/g) ?? []).map((word) => ({ where, word }))),
    );
    const allowed = new Set([
      'NSRC',
      'MCMC',
      'HEAL',
      'KL',
      'Talian',
      'Kasih',
      'Befrienders',
      'WhatsApp',
      'SIM',
      'PIN',
      'COD',
      'VIA',
      'example',
      'confirm',
      'bank',
      'undi',
      'Cyber',
    ]);
    expect(latin.filter(({ word }) => !allowed.has(word))).toEqual([]);
  });
});
