import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Attempts, countTry, freeTries } from './lockout.ts';

const start = Date.parse('2026-11-24T01:00:00Z');
const minute = 60_000;
const at = (ms: number) => new Date(start + ms);

test('five tries are free, then the log-in is shut for 1, 2, 4, 8 and never more than 15 minutes', () => {
  let now = 0;
  let state: Attempts | null = null;
  const locks: number[] = [];
  for (let n = 0; n < 12; n += 1) {
    state = countTry(state, at(now));
    const locked: number = state?.lockedUntil ? state.lockedUntil.getTime() - start - now : 0;
    locks.push(locked / minute);
    now += locked;
  }
  expect(locks).toEqual([0, 0, 0, 0, 1, 2, 4, 8, 15, 15, 15, 15]);
});

test('while it is shut no try is counted or looked at, and at its end the next one is', () => {
  const shut = { failed: freeTries, lastAt: at(0), lockedUntil: at(minute) };
  expect(countTry(shut, at(0))).toBeNull();
  expect(countTry(shut, at(minute - 1))).toBeNull();
  expect(countTry(shut, at(minute))).toMatchObject({ failed: freeTries + 1 });
});

test('tries are forgotten a day after the last one', () => {
  const day = 24 * 60 * minute;
  const tired = { failed: 20, lastAt: at(0), lockedUntil: at(15 * minute) };
  expect(countTry(tired, at(day))).toMatchObject({ failed: 21 });
  expect(countTry(tired, at(day + 1))).toEqual({ failed: 1, lastAt: at(day + 1), lockedUntil: null });
});

test('whoever tries at whatever times, no answer comes before the lock of the last one has ended', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 40 * minute }), { maxLength: 60 }), (waits) => {
      let now = 0;
      let state: Attempts | null = null;
      const answered: number[] = [];
      for (const wait of waits) {
        now += wait;
        const next = countTry(state, at(now));
        if (next === null) continue;
        state = next;
        answered.push(now);
      }
      for (let n = freeTries; n < answered.length; n += 1)
        expect((answered[n] as number) - (answered[n - 1] as number)).toBeGreaterThanOrEqual(Math.min(2 ** (n - freeTries), 15) * minute);
    }),
    { seed: 20261124 },
  );
});
