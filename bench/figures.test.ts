import { expect, test } from 'vitest';
import { exponent, percentile, seeded } from './figures.ts';

test('a percentile is a value of the sample, by nearest rank', () => {
  const hundred = Array.from({ length: 100 }, (_, n) => 100 - n);
  expect([percentile(hundred, 0.5), percentile(hundred, 0.99), percentile([7], 0.99)]).toEqual([50, 99, 7]);
  expect(percentile([], 0.5)).toBeNaN();
});

test('the exponent is the slope in logarithms; a size of nothing says nothing', () => {
  const cost = (power: number) => [0, 10, 100, 1_000].map((size) => ({ size, cost: 3 * size ** power }));
  expect(exponent(cost(1))).toBeCloseTo(1);
  expect(exponent(cost(0.5))).toBeCloseTo(0.5);
  expect(exponent([{ size: 10, cost: 1 }])).toBeNull();
});

test('the same seed gives the same numbers, another one others', () => {
  const three = (seed: number) => Array.from({ length: 3 }, seeded(seed));
  expect(three(1)).toEqual(three(1));
  expect(three(1)).not.toEqual(three(2));
});
