#!/usr/bin/env node
// The `perisai` command. Plain JavaScript that any Node from 20 on can start: it hands over to the Node 24 binary of the package `node`
// with the conditions the source needs, passes signals on, and ends as the child ended.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));

/** This Node if it is 24 or later, else the one that `npm ci` brought. */
function node24() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  try {
    const home = dirname(createRequire(import.meta.url).resolve('node/package.json'));
    const binary = join(home, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    if (existsSync(binary)) return binary;
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error;
  }
  process.stderr.write(
    `Perisai runs on Node 24; this is Node ${process.versions.node} and the package "node" brought none. Run "npm ci" with install scripts allowed.\n`,
  );
  process.exit(1);
}

const child = spawn(node24(), ['--conditions=perisai-source', main, ...process.argv.slice(2)], { stdio: 'inherit' });

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']) {
  // A terminal's Ctrl-C reaches the child by itself, as it shares our process group; a second copy would read as "now at once".
  process.on(signal, () => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  });
}

child.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
