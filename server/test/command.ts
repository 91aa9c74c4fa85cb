import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, vi } from 'vitest';
import type { Command } from '../src/cli/command.ts';

const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The real command, as a process of its own, with this environment and nothing of ours but the path. */
export function commandProcess(args: readonly string[], env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, ['--conditions=perisai-source', main, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '', TMPDIR: process.env['TMPDIR'] ?? '/tmp', ...env },
  });
}

/** The same, to its end. */
export async function perisai(args: readonly string[], env: Record<string, string>): Promise<Ended> {
  const child = commandProcess(args, env);
  let [out, err] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (err += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

/** A line of JSON with this message, from a process that logs; fails when the process ends before. */
export async function logged(child: ChildProcess, message: string): Promise<Record<string, unknown>> {
  if (!child.stdout) throw new Error('no output');
  for await (const line of createInterface({ input: child.stdout })) {
    const said = JSON.parse(line) as Record<string, unknown>;
    if (said['msg'] === message) return said;
  }
  throw new Error(`It ended without saying “${message}”.`);
}

/** A command in this process, with this environment. @returns what it printed */
export async function run(command: Command, args: string[], env: Record<string, string>): Promise<string> {
  // the tests' own server, where the environment names one, is not the command's unless the test says so
  for (const [name, value] of Object.entries({ DATABASE_URL: '', ...env })) vi.stubEnv(name, value);
  let out = '';
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  try {
    expect(await command.run(args)).toBe(0);
  } finally {
    spy.mockRestore();
  }
  return out;
}
