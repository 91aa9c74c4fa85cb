import type { Command } from './command.ts';
import { say, UsageError } from './command.ts';
import { demo } from './demo.ts';

const commands: readonly Command[] = [demo];

function usage(): string {
  return [
    'perisai: trust and safety, self-hosted',
    '',
    ...commands.map(({ name, takes, does }) => `  perisai ${`${name} ${takes}`.padEnd(44)} ${does}`),
    '',
  ].join('\n');
}

/** `perisai COMMAND …`. Exit codes: 0 done, 1 failed, 2 the words are off. */
async function main([name, ...args]: string[]): Promise<number> {
  const command = commands.find((one) => one.name === name);
  if (!command) {
    (name === undefined || name === 'help' || name === '--help'
      ? say
      : (text: string) => process.stderr.write(`There is no command “${name}”.\n\n${text}\n`))(usage());
    return name === undefined || name === 'help' || name === '--help' ? 0 : 2;
  }
  try {
    return await command.run(args);
  } catch (error) {
    const words = error instanceof UsageError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
    process.stderr.write(
      words
        ? `${(error as Error).message}\n\n  perisai ${command.name} ${command.takes}\n`
        : `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    return words ? 2 : 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
// Whatever still waits must not keep a command alive that has ended.
setTimeout(() => process.exit(), 500).unref();
