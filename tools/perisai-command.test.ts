import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from './run.ts';

const launcher = fileURLToPath(new URL('../server/bin/perisai.mjs', import.meta.url));

/** Says how it was started; with `wait` it stays until it is told to end, else it ends with 5. */
const main = `
if (process.argv[2] === 'wait') {
  process.on('SIGTERM', () => process.exit(7));
  process.stdin.resume();
} else process.exitCode = 5;
console.log(JSON.stringify({ node: process.version, conditions: process.execArgv, args: process.argv.slice(2) }));
`;

let place = '';

beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'perisai-command-'));
  mkdirSync(join(place, 'bin'));
  mkdirSync(join(place, 'src/cli'), { recursive: true });
  cpSync(launcher, join(place, 'bin/perisai.mjs'));
  writeFileSync(join(place, 'package.json'), '{"type":"module"}');
  writeFileSync(join(place, 'src/cli/main.ts'), main);
});

afterAll(() => rmSync(place, { recursive: true }));

test('perisai starts the command line on Node 24 with the source condition, and ends as it ends', async () => {
  const { code, output } = await run('perisai', process.execPath, [join(place, 'bin/perisai.mjs'), 'doctor', '--json']);
  expect(JSON.parse(output)).toEqual({ node: process.version, conditions: ['--conditions=perisai-source'], args: ['doctor', '--json'] });
  expect(code).toBe(5);
});

test('perisai passes a signal on and waits for the graceful end', async () => {
  const child: ChildProcess = spawn(process.execPath, [join(place, 'bin/perisai.mjs'), 'wait'], { stdio: ['pipe', 'pipe', 'inherit'] });
  if (!child.stdout) throw new Error('no output');
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([7, null]);
});
