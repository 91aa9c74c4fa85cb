import { describe, expect, test } from 'vitest';
import { type Claim, conclude, sizesOf } from './claim.ts';

const rate: Claim = {
  unit: 'requests/s',
  sizeOf: 'reports',
  baselineOf: 'a bare client',
  short: [10, 100],
  full: [10, 100, 1_000],
  targets: { figure: { atLeast: 500 }, p99Ms: { atMost: 60 } },
  measure: () => Promise.reject(new Error('not measured here')),
};
const time: Claim = { ...rate, unit: 'seconds', targets: { figure: { atMost: 3 } } };
const sizes = [
  { size: 10, figure: 1_000, baseline: 2_000 },
  { size: 100, figure: 1_000, baseline: 500 },
  { size: 1_000, figure: 1_000, baseline: null },
];

describe('the one JSON object of a bench', () => {
  test('tells figure, baseline and ratio of its largest size, and all sizes', () => {
    expect(conclude('claim', rate, { sizes: sizes.slice(0, 2), more: { p99Ms: 12.3456 } }, false)).toMatchObject({
      name: 'claim',
      figure: 1_000,
      unit: 'requests/s',
      size: 100,
      baseline: 500,
      ratio: 2,
      sizes: [
        { size: 10, figure: 1_000, baseline: 2_000, ratio: 0.5 },
        { size: 100, figure: 1_000, baseline: 500, ratio: 2 },
      ],
      target: 500,
      p99Ms: 12.3,
    });
  });

  test('says in its short form neither how cost grows nor that a target is met', () => {
    expect(conclude('claim', rate, { sizes, more: { p99Ms: 1 } }, false)).toMatchObject({ exponent: null, met: null });
  });

  test('says in its full form that all targets are met, or not where one is missed or was not measured', () => {
    const met = (p99Ms: number | null) => conclude('claim', rate, { sizes, more: { p99Ms } }, true).met;
    expect([met(60), met(61), met(null)]).toEqual([true, false, false]);
  });

  test('a ratio above one is better for a time, too', () => {
    const { ratio, met } = conclude('claim', time, { sizes: [{ size: 1, figure: 2, baseline: 4 }], more: {} }, true);
    expect([ratio, met]).toEqual([2, true]);
  });

  test('a rate that stays grows by exponent 0, one that halves by each doubling by 1', () => {
    const grown = (figures: number[]) =>
      conclude('claim', rate, { sizes: figures.map((figure, n) => ({ size: 2 ** n, figure, baseline: null })), more: {} }, true).exponent;
    expect([grown([800, 800, 800]), grown([800, 400, 200])]).toEqual([0, 1]);
  });

  test('a bench that measured nothing has no result', () => {
    expect(() => conclude('claim', rate, { sizes: [], more: {} }, false)).toThrow(RangeError);
  });
});

test('an asked size becomes the largest, and the others keep their distance', () => {
  expect(sizesOf(rate, { full: true, size: undefined })).toEqual([10, 100, 1_000]);
  expect(sizesOf(rate, { full: true, size: 500 })).toEqual([5, 50, 500]);
  expect(sizesOf(rate, { full: false, size: 3 })).toEqual([1, 3]);
});
