import fc from 'fast-check';
import { expect, test } from 'vitest';
import { languages } from '../foundation/i18n/language.ts';
import { shippedPolicy } from './catalogue.ts';
import { clauseDiffs, partDiffs, wordDiff } from './diff.ts';
import type { Clause } from './document.ts';

const said = (before: string, after: string, language: (typeof languages)[number]) =>
  wordDiff(before, after, language)
    .map(({ is, text }) => (is === 'same' ? text : is === 'gone' ? `[-${text}-]` : `[+${text}+]`))
    .join('');

test('a changed word is one word, in the four languages', () => {
  expect(said('Do not share files.', 'Do not sell files.', 'en')).toBe('Do not [-share-][+sell+] files.');
  expect(said('Jangan kongsi fail.', 'Jangan kongsi atau jual fail.', 'ms')).toBe('Jangan kongsi [+atau jual +]fail.');
  expect(said('不得分享内容。', '不得出售内容。', 'zh')).toBe('不得[-分享-][+出售+]内容。');
  expect(said('இது கூடாது', 'அது கூடாது', 'ta')).toBe('[-இது-][+அது+] கூடாது');
});

test('whatever is compared, both texts can be read again from the difference', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), fc.string({ maxLength: 60 }), fc.constantFrom(...languages), (before, after, language) => {
      const stretches = wordDiff(before, after, language);
      const without = (left: 'gone' | 'new') => stretches.flatMap(({ is, text }) => (is === left ? [] : [text])).join('');
      expect([without('new'), without('gone')]).toEqual([before, after]);
    }),
  );
});

test('clauses that are added, changed and gone are told apart, and the others are not mentioned', () => {
  const [first, second, ...rest] = shippedPolicy.clauses as [Clause, Clause, ...Clause[]];
  const changed = { ...second, rule: { ...second.rule, en: `${second.rule.en} Never.` } };
  const added = { ...first, id: 'csam.another', number: '1.99' };
  const diffs = clauseDiffs(shippedPolicy, { clauses: [changed, ...rest, added] });
  expect(diffs.map(({ id, is }) => `${is} ${id}`)).toEqual([`changed ${second.id}`, 'new csam.another', `gone ${first.id}`]);
  const [one] = diffs;
  expect(one && partDiffs(one, languages).map(({ part, language }) => `${part} ${language}`)).toEqual(['rule en']);
});
