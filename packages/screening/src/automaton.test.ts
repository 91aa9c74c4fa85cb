import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Automaton } from './automaton.ts';

const codes = (text: string): number[] => [...text].map((char) => char.charCodeAt(0));

it('finds every occurrence that a plain search finds, overlapping ones too', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '免', ' '), minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(fc.uniqueArray(word, { minLength: 1, maxLength: 30 }), fc.array(word, { maxLength: 40 }), (patterns, words) => {
      const text = words.join('');
      const automaton = new Automaton(patterns.map(codes));
      const count = automaton.scan(Uint16Array.from(codes(text)), text.length);
      const found = Array.from({ length: count }, (_, i) => `${automaton.matches[i * 2]}@${automaton.matches[i * 2 + 1]}`);
      const plain = patterns.flatMap((pattern, index) => {
        const ends: string[] = [];
        for (let at = text.indexOf(pattern); at >= 0; at = text.indexOf(pattern, at + 1)) ends.push(`${index}@${at + pattern.length}`);
        return ends;
      });
      expect(found.sort()).toEqual(plain.sort());
    }),
    { numRuns: 300 },
  );
});

it('tells siblings apart when a state has many children', () => {
  const patterns = Array.from({ length: 200 }, (_, i) => [97, 0x4e00 + i * 7]);
  const automaton = new Automaton(patterns);
  for (const [i, pattern] of patterns.entries()) {
    expect(automaton.scan(Uint16Array.from(pattern), 2)).toBe(1);
    expect(automaton.matches[0]).toBe(i);
  }
  expect(automaton.scan(Uint16Array.from([97, 0x4e01]), 2)).toBe(0);
});
