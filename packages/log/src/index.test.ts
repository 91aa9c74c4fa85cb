import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { describeFace, faceFile } from '../scripts/face.ts';
import { seal } from '../test/example.ts';
import { leafHash, openCheckpoint, verifyInclusion } from './index.ts';

test('the README’s example is test/example.ts, and seals', async () => {
  const example = readFileSync(new URL('../test/example.ts', import.meta.url), 'utf8');
  expect(readFileSync(new URL('../README.md', import.meta.url), 'utf8')).toContain(`\`\`\`ts\n${example}\`\`\``);
  const records = ['a', 'b', 'c'].map((text) => Buffer.from(text));
  const { note, vkey, proof } = await seal(records);
  const { size, root } = openCheckpoint(note, vkey);
  expect(verifyInclusion({ index: 1, size, leaf: leafHash(records[1] as Uint8Array), proof, root })).toBe(true);
});

test('face.md is the face: else `npm run face -w @perisai/log`', () => {
  expect(readFileSync(faceFile, 'utf8')).toBe(describeFace());
});
