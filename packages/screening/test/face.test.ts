import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as face from '../src/index.ts';

it('face.md names every value and type that the package exports, and no other value', () => {
  const report = readFileSync(new URL('../face.md', import.meta.url), 'utf8');
  const index = readFileSync(new URL('../src/index.ts', import.meta.url), 'utf8');
  const types = [...index.matchAll(/export type \{([^}]*)\}/g)].flatMap(([, names]) => (names ?? '').split(',').map((name) => name.trim()));
  const named = [...report.matchAll(/^(?:function|const|class|interface|type) (\w+)/gm)].map(([, name]) => name);
  expect(named.sort()).toEqual([...Object.keys(face), ...types].sort());
});
