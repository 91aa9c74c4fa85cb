import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));

/** A bench as its user starts it, with a folder for temporary files of its own. For tests. */
export interface Ran {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  /** Called after its end: what it left in its folder, which is then removed. */
  readonly ended: Promise<{ readonly code: number; readonly said: string; readonly complained: string; readonly left: readonly string[] }>;
}

export function runBench(...args: string[]): Ran {
  // Short enough for a socket, and open to the user that PostgreSQL runs as.
  const folder = mkdtempSync('/tmp/bench-');
  chmodSync(folder, 0o777);
  const child = spawn(process.execPath, ['--conditions=perisai-source', main, ...args], {
    env: { PATH: process.env['PATH'], TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let complained = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complained += text;
  });
  const ended = once(child, 'close').then(([code]) => {
    const left = readdirSync(folder);
    rmSync(folder, { recursive: true, force: true });
    return { code: code as number, said, complained, left };
  });
  return { child, ended };
}
