/** A command of `perisai`: what it is called with, what it does, and how it ends. */
export interface Command {
  readonly name: string;
  /** After the name, as the usage shows it. */
  readonly takes: string;
  readonly does: string;
  /** What `--help` says beside that: each form of the command, and what it leaves. */
  readonly help?: string;
  /** @returns the exit code. @throws UsageError where the words are off. */
  readonly run: (args: string[]) => Promise<number>;
}

/** The command's words are off: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Prints a line where people read it. */
export function say(line = ''): void {
  process.stdout.write(`${line}\n`);
}
