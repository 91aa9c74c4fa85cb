import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bundlePath, decodeBundle, decodeTile, encodeBundle, tilePath } from './tile.ts';

test('paths are those of C2SP tlog-tiles', () => {
  expect(tilePath(0, 0)).toBe('tile/0/000');
  expect(tilePath(0, 1234, 5)).toBe('tile/0/x001/234.p/5');
  expect(tilePath(2, 1_234_067)).toBe('tile/2/x001/x234/067');
  expect(bundlePath(1234, 5)).toBe('tile/entries/x001/234.p/5');
  expect(bundlePath(999, 256)).toBe('tile/entries/999');
  for (const width of [0, 257, 1.5]) expect(() => tilePath(0, 0, width)).toThrow(RangeError);
  expect(() => bundlePath(-1)).toThrow(RangeError);
});

test('a bundle gives back its records', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 700 }), { maxLength: 256 }), (records) => {
      expect(decodeBundle(encodeBundle(records)).map((record) => [...record])).toEqual(records.map((record) => [...record]));
    }),
    { numRuns: 30 },
  );
});

test('a record has at most 65,535 bytes, a bundle at most 256 records', () => {
  expect(decodeBundle(encodeBundle([new Uint8Array(65_535)]))[0]).toHaveLength(65_535);
  expect(() => encodeBundle([new Uint8Array(65_536)])).toThrow(RangeError);
  expect(() => encodeBundle(Array(257).fill(new Uint8Array(1)))).toThrow(RangeError);
  expect(() => decodeBundle(new Uint8Array(2 * 257))).toThrow(RangeError);
});

test('a bundle or tile that was cut is refused', () => {
  const bundle = encodeBundle([Buffer.from('abc'), Buffer.from('d')]);
  for (const end of [1, 2, 4, 6, bundle.length - 1]) expect(() => decodeBundle(bundle.subarray(0, end))).toThrow(RangeError);
  expect(() => decodeTile(new Uint8Array(64), 3)).toThrow(RangeError);
  expect(() => decodeTile(new Uint8Array(65), 2)).toThrow(RangeError);
});
