import fc from 'fast-check';
import { expect, test } from 'vitest';
import { refilled } from './bucket.ts';

const at = new Date('2026-11-24T01:00:00.000Z');
const after = (ms: number) => new Date(at.getTime() + ms);

test('a bucket fills at its pace, to its brim, and a clock that goes back takes nothing out', () => {
  const pace = { perSecond: 20, atOnce: 40 };
  expect(refilled({ tokens: 0, at }, pace, after(500))).toBe(10);
  expect(refilled({ tokens: 30, at }, pace, after(60_000))).toBe(40);
  expect(refilled({ tokens: 7, at }, pace, after(-60_000))).toBe(7);
});

test('over any time no more leave than were there at once and flowed in since', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 100 }),
      fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 1, maxLength: 30 }),
      (perSecond, atOnce, pauses) => {
        let [bucket, sent, now] = [{ tokens: atOnce, at }, 0, 0];
        for (const pause of pauses) {
          now += pause;
          const tokens = refilled(bucket, { perSecond, atOnce }, after(now));
          sent += Math.floor(tokens);
          bucket = { tokens: tokens - Math.floor(tokens), at: after(now) };
        }
        expect(sent).toBeLessThanOrEqual(atOnce + (now / 1_000) * perSecond + 1e-6);
      },
    ),
  );
});
