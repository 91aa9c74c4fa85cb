import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const house = new URL('../../../', import.meta.url);
const rows = readFileSync(new URL('docs/reference/features.md', house), 'utf8')
  .split('\n')
  .filter((line) => /^\| *\d+ *\|/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));

/** What this version set out to do, by the numbers of the comparison. */
const wanted = [1, [3, 13], [32, 37], 40, 43, 44, [47, 55], [58, 64]].flatMap((part) =>
  typeof part === 'number' ? [part] : Array.from({ length: (part[1] ?? 0) - (part[0] ?? 0) + 1 }, (_, n) => (part[0] ?? 0) + n),
);

test('every feature that was set out for has its row, with a test or the word that it is left for later', () => {
  expect(wanted.filter((number) => !rows.some((row) => Number(row[1]) === number))).toEqual([]);
  expect(rows.filter((row) => row.length !== 6 || row[4] === '').map((row) => row[1])).toEqual([]);
  expect(rows.filter((row) => !row[3]?.includes('.test.ts') && row[4] !== 'left for later').map((row) => row[1])).toEqual([]);
});

test('the tests that the list names are there', () => {
  const named = rows.flatMap((row) => [...(row[3] ?? '').matchAll(/`([^`]+\.test\.ts)`/g)].map((found) => found[1] ?? ''));
  expect(named.length).toBeGreaterThan(20);
  const whole = named.filter((path) => path.includes('/'));
  expect(whole.filter((path) => !existsSync(fileURLToPath(new URL(path, house))))).toEqual([]);
});
