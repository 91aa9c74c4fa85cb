import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BagContent } from '../../test/export-fixture.ts';
import { exportFixture, record } from '../../test/export-fixture.ts';
import { leafHash } from '../merkle.ts';
import { leafBytes } from '../record.ts';
import { bagFiles } from './bag.ts';

const root = mkdtempSync(join(tmpdir(), 'perisai-readme-'));
afterAll(() => rmSync(root, { recursive: true }));
let bag: BagContent;
beforeAll(async () => {
  bag = await exportFixture();
  for (const [path, bytes] of bag) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), bytes);
  }
});

/** The commands in README.txt: its lines that are set in. */
function commands(): string[] {
  const text = Buffer.from(bag.get(bagFiles.readme) as Uint8Array).toString();
  return text
    .split('\n')
    .filter((line) => line.startsWith('  '))
    .map((line) => line.trim());
}
const shell = (script: string, cwd: string): string =>
  execFileSync('sh', ['-ec', script], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

test('the README’s commands check the manifests and the signature, and give the leaf hash', () => {
  const [, sums, text, signature, key, verify, leaf] = commands() as [string, string, string, string, string, string, string];
  expect(shell(sums, root)).toContain('data/records.jsonl: OK');
  const script = [text, signature, key, verify].join('\n');
  expect(shell(script, join(root, 'data'))).toContain('Signature Verified Successfully');
  expect(shell(leaf, join(root, 'data'))).toContain(Buffer.from(leafHash(leafBytes(record(0)))).toString('hex'));
  writeFileSync(
    join(root, bagFiles.checkpoint),
    Buffer.from(bag.get(bagFiles.checkpoint) as Uint8Array)
      .toString()
      .replace('\n20\n', '\n21\n'),
  );
  expect(() => shell(script, join(root, 'data'))).toThrow();
});
