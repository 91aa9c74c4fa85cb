import type { Command } from './command.ts';
import { say } from './command.ts';
import { demo } from './demo.ts';
import { dev } from './dev.ts';
import { docs } from './docs.ts';
import { doctor } from './doctor.ts';
import { exportRecords } from './export.ts';
import { explain } from './failure.ts';
import { helpLine } from './help-lines/help-line.ts';
import { key } from './key.ts';
import { keyFile } from './key-file.ts';
import { logKey } from './log-key.ts';
import { openapi } from './openapi.ts';
import { outbox } from './outbox.ts';
import { policy } from './policy.ts';
import { replay } from './replay.ts';
import { service } from './service.ts';
import { staff } from './staff.ts';
import { start } from './start.ts';
import { story } from './story.ts';
import { surface } from './surface.ts';
import { verify } from './verify.ts';
import { webhook } from './webhook.ts';

const commands: readonly Command[] = [
  start,
  doctor,
  staff,
  service,
  surface,
  policy,
  key,
  webhook,
  outbox,
  keyFile,
  logKey,
  demo,
  story,
  replay,
  exportRecords,
  helpLine,
  verify,
  docs,
  openapi,
  dev,
];

function usage(): string {
  return [
    'perisai: trust and safety, self-hosted',
    '',
    ...commands.map(({ name, takes, does }) => `  perisai ${`${name} ${takes}`.padEnd(44)} ${does}`),
    '',
  ].join('\n');
}

function helpOf({ name, takes, does, help }: Command): string {
  return [`perisai ${name} ${takes}`.trimEnd(), '', `  ${does}`, ...(help === undefined ? [] : ['', help.replace(/^/gm, '  ')]), ''].join(
    '\n',
  );
}

/** `perisai COMMAND …`. Exit codes: 0 done; what the others mean stands in failure.ts. */
async function main([name, ...args]: string[]): Promise<number> {
  const command = commands.find((one) => one.name === name);
  if (!command) {
    const asked = name === undefined || name === 'help' || name === '--help';
    if (asked) say(usage());
    else process.stderr.write(`There is no command “${name}”.\n\n${usage()}\n`);
    return asked ? 0 : 2;
  }
  if (args.includes('--help') || args.includes('-h')) {
    say(helpOf(command));
    return 0;
  }
  try {
    return await command.run(args);
  } catch (error) {
    const { code, says } = explain(error);
    process.stderr.write(code === 2 ? `${says}\n\n${helpOf(command)}` : `${says}\n`);
    return code;
  }
}

process.exitCode = await main(process.argv.slice(2));
// Whatever still waits must not keep a command alive that has ended.
setTimeout(() => process.exit(), 500).unref();
