import { expect, test } from 'vitest';
import { partOf } from './ranges.ts';

test.each([
  [undefined, null],
  ['bytes=0-3', { from: 0, to: 3 }],
  ['bytes=4-', { from: 4, to: 9 }],
  ['bytes=-3', { from: 7, to: 9 }],
  ['bytes=-30', { from: 0, to: 9 }],
  ['bytes=9-99', { from: 9, to: 9 }],
  ['bytes=10-', 'none'],
  ['bytes=-0', 'none'],
  ['bytes=5-4', null],
  ['bytes=0-1,3-4', null],
  ['bytes=-', null],
  ['items=0-1', null],
] as const)('of ten bytes, “%s” asks for %j', (header, part) => {
  expect(partOf(header, 10)).toEqual(part);
});
