import { spawn } from 'node:child_process';

export interface Ran {
  name: string;
  code: number;
  output: string;
  seconds: number;
}

/** Runs one command to its end, here or in `cwd`, its two outputs in one text. A signal that ended it counts as failure. */
export function run(name: string, command: string, args: readonly string[], cwd?: string): Promise<Ran> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.on('error', reject);
    child.on('close', (code) => resolve({ name, code: code ?? 1, output, seconds: (performance.now() - start) / 1000 }));
  });
}
