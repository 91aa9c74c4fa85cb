import { expect, test } from 'vitest';
import { nearness } from './count.ts';

test('a service is near from nine tenths of eight million on, and has crossed at eight million', () => {
  const at = (...monthly: number[]) => nearness(monthly.map((one) => ({ monthly: one })));
  expect([at(), at(7_199_999), at(7_200_000), at(7_999_999), at(8_000_000)]).toEqual(['below', 'below', 'near', 'near', 'crossed']);
  // The same people use several surfaces: figures are not added up.
  expect(at(5_000_000, 5_000_000)).toBe('below');
});
