import { describe, expect, it } from 'vitest';
import { fold, View } from './normalise.ts';
import { undisguise } from './undisguise.ts';

const view = new View();
const folded = (text: string): string => {
  fold(text, view);
  return String.fromCharCode(...view.codes.subarray(0, view.length));
};
const second = (text: string, one: 'i' | 'l' = 'i'): string | undefined => {
  fold(text, view);
  return view.suspectFrom < 0 ? undefined : undisguise(text, view.suspectFrom, view.suspectTo, one)?.text;
};

describe('the first view', () => {
  it.each([
    ['Percuma!!  Hadiah', 'percuma hadiah'],
    ['freee  good', 'fre god'],
    ["don't", 'dont'],
    ['ＦＲＥＥ ⓕⓡⓔⓔ 𝐟𝐫𝐞𝐞 🅵🆁🅴🅴', 'fre fre fre fre'],
    ['p\u200be\u00adr\u{e0041}c\ufe0fuma', 'percuma'],
    ['s̶c̶a̶m̶ crème', 'scam creme'],
    ['ѕсаm раypal', 'scam paypal'],
    ['免費領獎', '免费领奖'],
    ['RM2,000 11:00 10%', 'rm2 000 11 00 10'],
  ])('reads %j as %j', (text, expected) => {
    expect(folded(text)).toBe(expected);
  });

  it('leaves words that are wholly Cyrillic or Greek as they are', () => {
    expect(folded('сора привет')).toBe('сора привет');
  });

  it('keeps every Tamil vowel sign and pulli, and reads both encodings of a split sign alike', () => {
    expect(folded('நீங்கள்')).toBe('நீங்கள்');
    expect(folded('கொடு')).toBe(folded('கொடு'.normalize('NFD')));
    expect(folded('க')).not.toBe(folded('கா'));
  });

  it('knows where in the source each character stood', () => {
    const text = 'A\u200b 😀 ﬁn';
    fold(text, view);
    expect([...view.origin.subarray(0, view.length)]).toEqual([0, 2, 6, 6, 7]);
  });
});

describe('the second view', () => {
  it.each([
    ['h4di4h percum4', 'hadiah percuma'],
    ['p e r c u m a', 'percuma'],
    ['p.e.r.c.u.m.a wang', 'percuma wang'],
    ['w a n g  p e r c u m a', 'wang percuma'],
    ['免 费 领', '免费领'],
    ['免🔥费', '免费'],
    ['per🔥cuma', 'percuma'],
    ['ப ரி சு', 'பரிசு'],
  ])('reads %j as %j', (text, expected) => {
    expect(second(text)).toBe(expected);
  });

  it('reads a 1 as i and as l', () => {
    expect(second('w1n l0an')).toBe('win loan');
    expect(second('1oan', 'l')).toBe('loan');
  });

  it.each(['RM500 150p 4pm', 'see a1b.example/x4y http://w1n.example', 'apa khabar? 12 orang', '你好，世界。再见', 'me@w1n.example'])(
    'does not touch %j',
    (text) => {
      expect(second(text)).toBeUndefined();
    },
  );
});
