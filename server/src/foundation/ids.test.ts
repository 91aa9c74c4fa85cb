import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TestClock } from './clock.ts';
import { createIds, naturalId, uuidTime } from './ids.ts';
import { seededRandomness, systemRandomness } from './randomness.ts';

describe('ids', () => {
  it('come in the order in which they were asked for, also when the clock stands still or goes back', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5_000, max: 5_000 }), { minLength: 2, maxLength: 200 }), (steps) => {
        const clock = new TestClock('2026-11-24T00:00:00Z');
        const ids = createIds(clock, systemRandomness);
        const given = steps.map((step) => {
          clock.advance(step);
          return ids.next();
        });
        expect(given).toEqual([...given].sort());
        expect(new Set(given).size).toBe(given.length);
      }),
    );
  });

  it('go on in the next millisecond when the counter is used up', () => {
    const ids = createIds(new TestClock('2026-11-24T00:00:00Z'), { bytes: (n) => Buffer.alloc(n, 0xff) });
    const first = ids.next();
    expect(ids.next() > first).toBe(true);
    expect(uuidTime(first).toISOString()).toBe('2026-11-24T00:00:00.000Z');
  });

  it('tell the time at which they were made', () => {
    const ids = createIds(new TestClock('2026-11-24T05:06:07.089Z'), systemRandomness);
    expect(uuidTime(ids.next()).toISOString()).toBe('2026-11-24T05:06:07.089Z');
    expect(() => uuidTime('6ba7b810-9dad-41d1-80b4-00c04fd430c8')).toThrow(RangeError);
  });

  it('are the same again from the same clock and seed', () => {
    const run = () => {
      const ids = createIds(new TestClock('2026-11-24T00:00:00Z'), seededRandomness('one'));
      return [ids.next(), ids.next(), ids.next()];
    };
    expect(run()).toEqual(run());
    expect(seededRandomness('one').bytes(8)).not.toEqual(seededRandomness('two').bytes(8));
  });
});

describe('the id of a natural key', () => {
  const secret = Buffer.alloc(32, 7);

  it('is the same for the same parts and never for parts cut differently', () => {
    expect(naturalId(secret, 'warung', 'account', '17')).toBe(naturalId(secret, 'warung', 'account', '17'));
    expect(naturalId(secret, 'ab', 'c')).not.toBe(naturalId(secret, 'a', 'bc'));
    expect(naturalId(Buffer.alloc(32, 8), 'ab', 'c')).not.toBe(naturalId(secret, 'ab', 'c'));
  });

  it('is a UUID of version 8', () => {
    expect(naturalId(secret, 'x')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
