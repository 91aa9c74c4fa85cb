import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { generated } from './docs.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const files = [...generated()];

test.each(files)('%s is what it would be made today (npm run docs)', (path, text) => {
  expect(existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : null).toBe(text);
});

// Which test shows a feature is said by hand.
const byHand = 'docs/reference/features.md';

test('nothing lies in docs/reference that is not generated, but for the list of features', () => {
  const made = files.map(([path]) => path).filter((path) => path.startsWith('docs/reference/'));
  expect(
    readdirSync(join(root, 'docs/reference'))
      .map((file) => `docs/reference/${file}`)
      .sort(),
  ).toEqual([...made, byHand].sort());
});

test.each(files.filter(([path]) => path.endsWith('.md')))('%s has no table row with a cell too few or too many', (_, text) => {
  for (const block of text.split('\n\n').filter((one) => one.startsWith('| '))) {
    const widths = block
      .trimEnd()
      .split('\n')
      .map((line) => line.replaceAll('\\|', '').split('|').length);
    expect(new Set(widths).size).toBe(1);
  }
});

test('no cell of the outcomes’ page is empty', () => {
  const text = generated().get('docs/reference/outcomes.md') as string;
  expect(text).not.toMatch(/\| *\|/);
  expect(text.match(/^\| `/gm)?.length).toBeGreaterThan(10);
});

test('every link of the generated pages leads to a file', () => {
  for (const [path, text] of files.filter(([name]) => name.endsWith('.md')))
    for (const [, target] of text.matchAll(/\]\(([^)#]+)\)/g))
      expect(existsSync(join(root, path, '..', target as string)), `${path} → ${target}`).toBe(true);
});
