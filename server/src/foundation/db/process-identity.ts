import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process, and not merely a number that another process may have inherited. */
export interface ProcessIdentity {
  pid: number;
  /** When it began, in the kernel's own words: only to be compared. */
  since: string;
}

/** Who runs under that number now; null when nobody does, or only a dead process that nobody has buried. */
export function identify(pid: number): ProcessIdentity | null {
  if (process.platform === 'linux') {
    try {
      // the second field is the program's name in brackets and may hold anything, so count from its end: state is the 3rd, start the 22nd
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' || fields[0] === 'X' ? null : { pid, since: fields[19] ?? '' };
    } catch {
      return null; // no such process
    }
  }
  const since = ps(pid, 'lstart=');
  return since === '' ? null : { pid, since };
}

/** Whether that very process still runs. */
export function alive(who: ProcessIdentity): boolean {
  return identify(who.pid)?.since === who.since;
}

/** The command line of a process, its words parted by blanks; empty when it cannot be seen. */
export function commandLine(pid: number): string {
  if (process.platform !== 'linux') return ps(pid, 'command=');
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return ''; // it ended in between, or it is a stranger's
  }
}

function ps(pid: number, format: string): string {
  try {
    return execFileSync('ps', ['-o', format, '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return ''; // ps answers with 1 when there is no such process
  }
}
