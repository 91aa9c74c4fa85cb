import { expect, it } from 'vitest';
import { systemClock, TestClock } from './clock.ts';

it('a test clock stands still until it is told to move', () => {
  const clock = new TestClock('2026-11-24T00:00:00Z');
  expect(clock.now()).toEqual(clock.now());
  clock.advance(90_000);
  expect(clock.now().toISOString()).toBe('2026-11-24T00:01:30.000Z');
  clock.set('2027-01-01T00:00:00Z');
  expect(clock.now().toISOString()).toBe('2027-01-01T00:00:00.000Z');
});

it('a date that was handed out cannot be used to move the clock', () => {
  const clock = new TestClock('2026-11-24T00:00:00Z');
  clock.now().setFullYear(1999);
  expect(clock.now().getFullYear()).toBe(2026);
});

it('what is not a date is refused', () => {
  expect(() => new TestClock('yesterday')).toThrow(RangeError);
});

it('the system clock goes forward', () => {
  const before = Date.now();
  expect(systemClock.now().getTime()).toBeGreaterThanOrEqual(before);
});
