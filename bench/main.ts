import { readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { type Claim, conclude, sizesOf } from './claim.ts';

const suffix = '.bench.ts';
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(suffix))
  .map((file) => file.slice(0, -suffix.length))
  .sort();

const usage = `npm run -s bench -- NAME [--full] [--size N] [--seconds S] [--json] [--profile FOLDER]

  ${names.join('\n  ')}
`;

/** Exit codes: 0 measured, 1 failed, 2 the words are off. */
async function main(args: string[]): Promise<number> {
  const asked = words(args);
  if (!asked) {
    process.stderr.write(usage);
    return 2;
  }
  const { name, full, json, profile, seconds } = asked;
  const { claim } = (await import(`./${name}${suffix}`)) as { claim: Claim };
  const ends = new AsyncDisposableStack();
  let ending: Promise<void> | undefined;
  const end = () => {
    ending ??= ends.disposeAsync();
    return ending;
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      process.stderr.write(`${signal}: ending what was started\n`);
      void end().finally(() => process.exit(1));
    });
  const say = (line: string) => (json ? undefined : process.stdout.write(`${line}\n`));
  const sizes = sizesOf(claim, asked);
  say(`${name}: ${claim.unit} at ${sizes.join(', ')} ${claim.sizeOf}, ${full ? 'full' : 'short'} form`);
  try {
    const measurement = await claim.measure({ full, sizes, seconds, profile, ends, say });
    process.stdout.write(`${JSON.stringify({ ...conclude(name, claim, measurement, full), machine: machine() })}\n`);
    return 0;
  } finally {
    await end();
  }
}

function words(args: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        full: { type: 'boolean', default: false },
        size: { type: 'string' },
        seconds: { type: 'string' },
        json: { type: 'boolean', default: false },
        profile: { type: 'string' },
      },
    });
    const size = values.size === undefined ? undefined : Number(values.size);
    const seconds = values.seconds === undefined ? (values.full ? 10 : 2.5) : Number(values.seconds);
    const [name, ...rest] = positionals;
    if (name === undefined || !names.includes(name) || rest.length > 0) return null;
    if (size !== undefined && !(Number.isSafeInteger(size) && size > 0)) return null;
    if (!(seconds > 0)) return null;
    return { name, size, seconds, full: values.full, json: values.json, profile: values.profile ?? null };
  } catch (error) {
    if ((error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')) return null;
    throw error;
  }
}

function machine(): string {
  return `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, Node ${process.versions.node}, ${process.platform}`;
}

process.exitCode = await main(process.argv.slice(2));
