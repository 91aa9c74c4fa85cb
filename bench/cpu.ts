import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/**
 * CPU seconds that a PostgreSQL has taken until now: its postmaster, its processes, and those that have ended. Null where there is no
 * /proc (macOS): then figures a server CPU second are null too.
 */
export function databaseCpuSeconds(postmaster: number): number | null {
  const own = ticksOf(postmaster);
  if (own === null) return null;
  let ticks = own.self + own.ended;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const process = ticksOf(Number(pid));
    if (process?.parent === postmaster) ticks += process.self;
  }
  return ticks / ticksPerSecond();
}

/** CPU seconds of this process until now. */
export function ownCpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function ticksOf(pid: number): { parent: number; self: number; ended: number } | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return null;
  }
  // proc(5): the name in brackets may hold blanks; after it field 3 and the rest
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const field = (number: number) => Number(fields[number - 3]);
  return { parent: field(4), self: field(14) + field(15), ended: field(16) + field(17) };
}

let perSecond: number | undefined;
function ticksPerSecond(): number {
  perSecond ??= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  return perSecond;
}
