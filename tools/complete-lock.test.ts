import { describe, expect, test } from 'vitest';
import type { Lock } from './complete-lock.ts';
import { completed } from './complete-lock.ts';

const lock = (packages: Lock['packages']): Lock => ({ lockfileVersion: 3, packages });

describe('a completed lock', () => {
  test('names the optional package of another platform, with what its name says of the platform', () => {
    const { lock: whole, added } = completed(
      lock({ 'node_modules/tool': { version: '1.0.0', optionalDependencies: { '@tool/linux-arm64-musl': '^1.0.0' } } }),
    );
    expect(added).toEqual(['@tool/linux-arm64-musl']);
    expect(whole.packages['node_modules/@tool/linux-arm64-musl']).toEqual({
      version: '1.0.0',
      cpu: ['arm64'],
      libc: ['musl'],
      optional: true,
      os: ['linux'],
    });
  });

  test('leaves alone what is there, on top or nested', () => {
    const there = lock({
      'node_modules/a': { version: '1.0.0', optionalDependencies: { 'a-win32-x64': '1.0.0', 'b-win32-x64': '1.0.0' } },
      'node_modules/a-win32-x64': { version: '1.0.0', integrity: 'kept' },
      'node_modules/a/node_modules/b-win32-x64': { version: '1.0.0' },
    });
    const { lock: whole, added } = completed(there);
    expect(added).toEqual([]);
    expect(whole.packages).toEqual(Object.fromEntries(Object.entries(there.packages).sort(([a], [b]) => (a < b ? -1 : 1))));
  });

  test('drops what npm calls extraneous, and a second time changes nothing', () => {
    const first = completed(lock({ 'node_modules/z': { extraneous: true }, '': { optionalDependencies: { 'x-darwin-arm64': '~2.1.0' } } }));
    expect(first.dropped).toEqual(['node_modules/z']);
    expect(completed(first.lock)).toEqual({ lock: first.lock, added: [], dropped: [] });
  });
});
