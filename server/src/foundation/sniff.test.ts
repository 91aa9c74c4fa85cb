import { describe, expect, test } from 'vitest';
import { mediumOf, type ShownType, sniff } from './sniff.ts';

const bytes = (...parts: readonly (string | readonly number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));
const box = (brand: string) => bytes([0, 0, 0, 24], 'ftyp', brand, [0, 0, 0, 0]);

const shown: readonly (readonly [type: ShownType, medium: string, file: Buffer])[] = [
  ['image/jpeg', 'picture', bytes([0xff, 0xd8, 0xff, 0xe0])],
  ['image/png', 'picture', bytes([0x89], 'PNG\r\n\x1a\n')],
  ['image/gif', 'picture', bytes('GIF89a')],
  ['image/webp', 'picture', bytes('RIFF', [9, 0, 0, 0], 'WEBP')],
  ['image/avif', 'picture', box('avif')],
  ['video/mp4', 'video', box('isom')],
  ['video/webm', 'video', bytes([0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x82, 0x84], 'webm')],
  ['audio/mpeg', 'sound', bytes('ID3', [4, 0])],
  ['audio/mpeg', 'sound', bytes([0xff, 0xfb, 0x90, 0x00])],
  ['audio/ogg', 'sound', bytes('OggS')],
  ['audio/wav', 'sound', bytes('RIFF', [9, 0, 0, 0], 'WAVE')],
  ['audio/mp4', 'sound', box('M4A ')],
];

test.each(shown)('a file that begins as %s is that, a %s', (type, medium, file) => {
  expect([sniff(file), mediumOf(type)]).toEqual([type, medium]);
  // And it is not told from less than that.
  expect(sniff(file.subarray(1))).toBeNull();
});

describe('nothing that is shown on a page', () => {
  test.each([
    ['HTML', bytes('<!doctype html><script>alert(1)</script>')],
    ['HTML that speaks of a picture', bytes('<!-- \x89PNG --><script>alert(1)</script>')],
    ['an SVG', bytes('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ['a PDF', bytes('%PDF-1.7')],
    ['Matroska that is no WebM', bytes([0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x82, 0x88], 'matroska')],
    ['a still of another kind in the box of a video', box('heic')],
    ['words', bytes('Sekadar kata-kata.')],
    ['nothing at all', bytes()],
  ])('is %s', (_, file) => expect(sniff(file)).toBeNull());
});
