import { expect, test } from 'vitest';
import { gained } from './add.ts';

test('a package that came, or came in another version, is shown; what was there, workspaces and other platforms are not', () => {
  const integrity = 'sha512-AA==';
  const kept = { version: '1.0.0', integrity, license: 'MIT' };
  const before = { packages: { 'node_modules/kept': kept, 'node_modules/moved': kept } };
  const after = {
    packages: {
      '': { version: '0.1.0' },
      server: { version: '0.1.0' },
      'node_modules/@perisai/server': { resolved: 'server', link: true },
      'node_modules/kept': kept,
      'node_modules/moved': { ...kept, version: '2.0.0' },
      'node_modules/a/node_modules/@new/one': { version: '3.0.0', integrity, license: 'ISC', dev: true },
      'node_modules/one-win32-x64': { version: '3.0.0', os: ['win32'], optional: true },
    },
  };
  expect(gained(before, after)).toEqual([
    { name: 'moved', version: '2.0.0', licence: 'MIT', dev: false },
    { name: '@new/one', version: '3.0.0', licence: 'ISC', dev: true },
  ]);
});
