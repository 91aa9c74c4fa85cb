import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Lock } from './complete-lock.ts';
import { judge } from './licences.ts';

describe('licences', () => {
  test('a permissive one passes, a copyleft one does not, none at all does not', () => {
    expect(judge('a', 'MIT', false).allowed).toBe(true);
    expect(judge('a', 'GPL-3.0-only', false).allowed).toBe(false);
    expect(judge('a', undefined, false).allowed).toBe(false);
  });

  test('one side of OR is enough, both sides of AND are needed', () => {
    expect(judge('a', '(MIT OR GPL-3.0-only)', false).allowed).toBe(true);
    expect(judge('a', 'MIT AND GPL-3.0-only', false).allowed).toBe(false);
    expect(judge('a', '(MIT AND (GPL-2.0-only OR ISC))', false).allowed).toBe(true);
  });

  test('MPL-2.0 is for development only', () => {
    expect(judge('axe-core', 'MPL-2.0', true).allowed).toBe(true);
    expect(judge('axe-core', 'MPL-2.0', false).allowed).toBe(false);
  });

  test('every package of the lock has a licence that is allowed, and what NOTICE names is the only exception', () => {
    const { packages } = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')) as Lock;
    // A place held for another platform's binary has no integrity and says no licence: its package is judged where it is installed.
    const installed = Object.entries(packages).filter(([path, entry]) => path.startsWith('node_modules/') && entry['integrity']);
    expect(installed.length).toBeGreaterThan(250);
    const refused = installed
      .map(([path, entry]) => [path.replace(/^.*node_modules\//, ''), entry] as const)
      .filter(([name, entry]) => !judge(name, entry['license'] as string | undefined, entry['dev'] === true).allowed)
      .map(([name, entry]) => `${name}: ${entry['license']}`);
    expect(refused).toEqual([]);
  });
});
