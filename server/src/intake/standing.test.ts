import { expect, test } from 'vitest';
import { accuracy, isFlood, isSlowed } from './standing.ts';

const arrivals = (young: number, old: number, unknown = 0) => [
  ...Array.from({ length: young }, () => ({ ageDays: 0 })),
  ...Array.from({ length: old }, () => ({ ageDays: 400 })),
  ...Array.from({ length: unknown }, () => ({ ageDays: null })),
];

test('ten reports within the hour are a flood where half come from accounts of a day, and many honest ones are none', () => {
  expect(isFlood(arrivals(5, 5))).toBe(true);
  expect(isFlood(arrivals(9, 0))).toBe(false);
  expect(isFlood(arrivals(4, 6))).toBe(false);
  expect(isFlood(arrivals(0, 500))).toBe(false);
  // Of whom nobody says how old their account is, nothing is assumed.
  expect(isFlood(arrivals(0, 0, 500))).toBe(false);
});

test('three vexatious reports slow a reporter, two do not', () => {
  expect([isSlowed({ vexatious: 2 }), isSlowed({ vexatious: 3 })]).toEqual([false, true]);
});

test('accuracy is what led to something among what was judged, and of too few nothing is said', () => {
  const tally = { reports: 9, actioned: 3, noViolation: 2, dismissed: 1, vexatious: 0 };
  expect(accuracy(tally)).toBe(0.5);
  expect(accuracy({ ...tally, actioned: 1 })).toBeNull();
});
