import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { ProcessIdentity } from './process-identity.ts';
import { alive, commandLine, identify } from './process-identity.ts';

/** A PostgreSQL server that runs on a data folder. */
export interface Postmaster extends ProcessIdentity {
  socketDir: string;
}

/**
 * Who serves the data folder now, by its `postmaster.pid`. `'nobody'` when there is no such file or its process is dead (PostgreSQL then
 * clears it up by itself), `'stranger'` when another program has inherited that number since.
 */
export function findPostmaster(cluster: string): Postmaster | 'nobody' | 'stranger' {
  const lines = pidFile(cluster);
  const pid = Number(lines[0]);
  const who = Number.isInteger(pid) && pid > 1 ? identify(pid) : null;
  if (who === null) return 'nobody';
  return servesFolder(pid, cluster) ? { ...who, socketDir: lines[4] ?? '' } : 'stranger';
}

function pidFile(cluster: string): string[] {
  try {
    return readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function servesFolder(pid: number, cluster: string): boolean {
  const words = commandLine(pid);
  return words.includes('postgres') && words.includes(` -D ${realpathSync(cluster)} `);
}

/** Ends a server by its number and waits until it is gone: first a fast shutdown (clients are cut off), after 30 s an immediate one. */
export async function stopPostmaster(server: ProcessIdentity): Promise<void> {
  for (const [signal, patience] of [
    ['SIGINT', 30_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const) {
    if (!alive(server)) return;
    process.kill(server.pid, signal);
    if (await gone(server, patience)) return;
  }
  throw new Error(`PostgreSQL (process ${server.pid}) does not end.`);
}

/** Waits until a process is gone. @returns false when it still runs after so many milliseconds */
export async function gone(who: ProcessIdentity, patience: number): Promise<boolean> {
  const end = performance.now() + patience;
  while (alive(who)) {
    if (performance.now() > end) return false;
    await wait(5);
  }
  return true;
}
