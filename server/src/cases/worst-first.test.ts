import { expect, test } from 'vitest';
import { allHarms, severities } from '../policy/questions.ts';
import { comingTo, deskOf, desks, worksAt } from './desk.ts';
import { rankOf, type Weight } from './worst-first.ts';

const weights: readonly Weight[] = allHarms.flatMap(({ id: harm, priority }) =>
  [true, false].flatMap((live) => severities.flatMap((severity) => [2, 0, 1].map((lane) => ({ harm, priority, live, severity, lane })))),
);
const worstFirst = [...weights].sort((a, b) => rankOf(a) - rankOf(b));

test('child sexual abuse material stands before everything else, whatever else is live or severe', () => {
  const csam = weights.filter(({ harm }) => harm === 'csam');
  expect(worstFirst.slice(0, csam.length).every(({ harm }) => harm === 'csam')).toBe(true);
});

test('then what is streamed now, then the severity of the reason, then priority content: each line weighs more than all below it', () => {
  const others = worstFirst.filter(({ harm }) => harm !== 'csam');
  const words = others.map(({ live, severity, priority }) =>
    [live ? 'live' : 'not live', severity, priority ? 'priority' : 'other'].join(', '),
  );
  expect([...new Set(words)]).toEqual(
    ['live', 'not live'].flatMap((live) =>
      severities.flatMap((severity) => ['priority', 'other'].map((priority) => `${live}, ${severity}, ${priority}`)),
    ),
  );
});

test('within a class what is flagged stands before the others, and what only slowed reporters named after them', () => {
  for (let n = 1; n < worstFirst.length; n++) {
    const [before, after] = [worstFirst[n - 1] as Weight, worstFirst[n] as Weight];
    const classOf = ({ harm, live, severity, priority }: Weight) => [harm === 'csam', live, severity, priority].join();
    if (classOf(before) === classOf(after)) expect(before.lane).toBeLessThanOrEqual(after.lane);
  }
});

test('every harm and language has exactly one desk, and each desk says what comes to it', () => {
  const harms = allHarms.map(({ id }) => id);
  const coming = desks.flatMap((desk) => comingTo(desk, harms));
  expect(coming).toHaveLength(harms.length * 4);
  expect(new Set(coming).size).toBe(coming.length);
  expect(deskOf({ harm: 'csam', language: 'ta' }).id).toBe('children');
  expect(deskOf({ harm: 'bullying-hate', language: 'ta' }).id).toBe('tamil');
  expect(deskOf({ harm: 'bullying-hate', language: 'ms' }).id).toBe('general');
});

test('at a desk of a language works who speaks it', () => {
  const tamil = desks.find(({ id }) => id === 'tamil') as (typeof desks)[number];
  expect(worksAt({ languages: ['ta', 'en'] }, tamil)).toBe(true);
  expect(worksAt({ languages: ['ms', 'en'] }, tamil)).toBe(false);
});
