import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Static, TSchema } from 'typebox';
import { Type } from 'typebox';
import { Value } from 'typebox/value';

const folder = (description: string) => Type.Optional(Type.String({ minLength: 1, description, path: true }));
const webUrl = '^https?://[^/?#]+(/[^?#]*[^/?#])?$';

/**
 * Every setting there is: from `PERISAI_…` (`dataDir` is `PERISAI_DATA_DIR`), from the file, or as here, in this order. A new one is one
 * line here; `docs/reference/configuration.md` is made from it.
 */
const configSchema = Type.Object(
  {
    dataDir: Type.String({
      minLength: 1,
      default: './.perisai',
      path: true,
      description: 'Folder for everything that is kept outside the database, and for the embedded database.',
    }),
    host: Type.String({ minLength: 1, default: '127.0.0.1', description: 'Address to listen on; `0.0.0.0` or `::` for all.' }),
    port: Type.Integer({ minimum: 0, maximum: 65_535, default: 8088, description: 'Port to listen on; 0 for any that is free.' }),
    publicUrl: Type.Optional(
      Type.String({
        pattern: webUrl,
        means: 'an http or https address without a slash at its end',
        description: 'Where the public pages and the API are reached from outside. Default: `http://`, host and port.',
      }),
    ),
    databaseUrl: Type.Optional(
      Type.String({
        pattern: '^postgres(ql)?://',
        means: 'the address of a PostgreSQL database, postgresql://…',
        secret: true,
        env: 'DATABASE_URL',
        description: 'PostgreSQL 15 or newer. Default: the embedded one. Its user must be a member of the role `perisai_app`.',
      }),
    ),
    databaseOwnerUrl: Type.Optional(
      Type.String({
        pattern: '^postgres(ql)?://',
        means: 'the address of a PostgreSQL database, postgresql://…',
        secret: true,
        env: 'DATABASE_OWNER_URL',
        description: 'The same database as its owner, for migrations only. Default: `databaseUrl`.',
      }),
    ),
    roles: Type.Array(Type.Union([Type.Literal('api'), Type.Literal('worker'), Type.Literal('all')]), {
      minItems: 1,
      default: ['all'],
      means: 'one or more of api, worker, all',
      description:
        'What this process does: `api` (doors), `worker` (sequencer, subscribers, outbox, jobs) or `all`. The local key store has one writer: on it, one process does all.',
    }),
    logLevel: Type.Union(
      ['fatal', 'error', 'warn', 'info', 'debug', 'silent'].map((level) =>
        Type.Literal(level as 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent'),
      ),
      { default: 'info', means: 'one of fatal, error, warn, info, debug, silent', description: 'How much is logged.' },
    ),
    origin: Type.String({
      pattern: '^[a-z0-9.-]+(/[a-z0-9._-]+)*$',
      means: 'a name like trust.warung.example/log: small letters, digits, dots, hyphens, slashes',
      default: 'demo/perisai',
      description:
        'Name of the log in its checkpoints, for ever: choose it before the first start. Begins with `demo/` where it is not the real thing.',
    }),
    keyFile: folder('The local key file. Default: `key-file.json` in the data folder.'),
    keyStoreDir: folder('Folder of the wrapped data keys. Default: `keys` in the data folder.'),
    blobDir: folder('Folder of the blobs. Default: `blobs` in the data folder.'),
    otlpEndpoint: Type.Optional(
      Type.String({
        pattern: webUrl,
        means: 'an http or https address',
        description: 'OpenTelemetry collector (OTLP over HTTP), e.g. `http://127.0.0.1:4318`. Default: none.',
      }),
    ),
    smtpUrl: Type.Optional(
      Type.String({
        pattern: '^smtps?://([^/?#@\\s]+@)?[^/?#@\\s]+$',
        means: 'the address of a mail server, smtp://USER:PASSWORD@HOST:587 or smtps://…',
        secret: true,
        description:
          'Mail server for notices to people who reported without an account and gave an address. Beyond this machine `smtp://` must offer STARTTLS. Default: none, and no e-mail is sent.',
      }),
    ),
    mailFrom: Type.Optional(
      Type.String({
        pattern: '^([^<>@\\r\\n]+<[^@\\s<>]+@[^@\\s<>]+>|[^@\\s<>]+@[^@\\s<>]+)$',
        means: 'an address, or a name and an address: Warung <trust@warung.example>',
        description: 'Whom e-mail comes from. Needed beside `smtpUrl`.',
      }),
    ),
    regulatorEmail: Type.Optional(
      Type.String({
        pattern: '^[^@\\s<>]+@[^@\\s<>]+$',
        means: 'an address, such as receipts@regulator.example',
        description:
          'Where the regulator takes receipts of its instructions. Needs `smtpUrl`. Default: none, and they are printed or read as JSON.',
      }),
    ),
    trustProxy: Type.Array(Type.String({ pattern: '^[0-9a-fA-F.:]+(/[0-9]{1,3})?$' }), {
      default: [],
      means: 'addresses or networks, such as 10.0.0.0/8',
      description: 'Proxies whose `X-Forwarded-For` is believed.',
    }),
    rateLimitPerMinute: Type.Integer({ minimum: 1, default: 600_000, description: 'Requests a minute of one service key.' }),
    bodyLimit: Type.Integer({
      minimum: 1_024,
      maximum: 64 * 1024 * 1024,
      default: 256 * 1024,
      description: 'Bytes of a request body, where its route says nothing else.',
    }),
    leaseMinutes: Type.Integer({
      minimum: 1,
      maximum: 480,
      default: 30,
      description: 'How long a moderator who claimed a case holds it, in minutes.',
    }),
    undoSeconds: Type.Integer({
      minimum: 0,
      maximum: 30,
      default: 10,
      description:
        'How long a decision can be undone before it is carried out, in seconds; 0: not at all. What hides something that is seen never waits.',
    }),
    bulkAbove: Type.Integer({
      minimum: 1,
      maximum: 500,
      default: 100,
      description: 'How many targets one person may decide at once; more than so many need a second person.',
    }),
  },
  { additionalProperties: false },
);

type Settings = Static<typeof configSchema>;
type Completed = 'publicUrl' | 'keyFile' | 'keyStoreDir' | 'blobDir';

/** The settings in force: paths absolute, defaults filled in. */
export type Config = Omit<Settings, Completed> & Record<Completed, string>;

/** One thing that is wrong, in a sentence that says what to do. Never quotes a secret. */
export interface ConfigProblem {
  /** The setting, or the unknown name. */
  key: string;
  /** The variable's name or the file's path. */
  from: string;
  says: string;
}

/** All that is wrong with the configuration, at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: ConfigProblem[];

  constructor(problems: ConfigProblem[]) {
    super(['The configuration cannot be used:', ...problems.map(({ from, says }) => `  ${from}: ${says}`)].join('\n'));
    this.problems = problems;
  }
}

type Key = keyof typeof configSchema.properties;
const schemas = configSchema.properties as unknown as Record<Key, TSchema & Notes>;
const keys = Object.keys(schemas) as Key[];

/** What a schema here says beside JSON Schema's own words. */
interface Notes {
  description: string;
  default?: unknown;
  /** Completes "must be …". */
  means?: string;
  /** The variable, where it isn't `PERISAI_…`. */
  env?: string;
  secret?: boolean;
  /** Relative ones begin at the working folder, in the file at the file's folder. */
  path?: boolean;
  type?: string;
  minimum?: number;
  maximum?: number;
}

const FILE_VARIABLE = 'PERISAI_CONFIG';
const USUAL_FILE = 'perisai.config.json';

/** The environment variable of a setting. */
function variableOf(key: Key): string {
  return schemas[key].env ?? `PERISAI_${key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

/**
 * Reads environment and file: `PERISAI_CONFIG` names it, else `perisai.config.json` in the working folder, if there is one.
 * @throws ConfigError with everything that is wrong
 */
export function loadConfig({ env, cwd }: { env: Record<string, string | undefined>; cwd: string }): Config {
  const problems: ConfigProblem[] = [];
  const given = { ...fromFile(env, cwd, problems), ...fromEnvironment(env, cwd, problems) };
  if (given.databaseOwnerUrl !== undefined && given.databaseUrl === undefined) {
    problems.push({ key: 'databaseOwnerUrl', from: variableOf('databaseOwnerUrl'), says: `needs ${variableOf('databaseUrl')} beside it.` });
  }
  if ((given.smtpUrl === undefined) !== (given.mailFrom === undefined)) {
    const [set, missing] = given.smtpUrl === undefined ? (['mailFrom', 'smtpUrl'] as const) : (['smtpUrl', 'mailFrom'] as const);
    if (!problems.some(({ key }) => key === missing))
      problems.push({ key: set, from: variableOf(set), says: `needs ${variableOf(missing)} beside it.` });
  }
  if (given.regulatorEmail !== undefined && given.smtpUrl === undefined)
    problems.push({ key: 'regulatorEmail', from: variableOf('regulatorEmail'), says: `needs ${variableOf('smtpUrl')} beside it.` });
  if (problems.length > 0) throw new ConfigError(problems);
  const defaults = Object.fromEntries(
    keys.flatMap((key) => (schemas[key].default === undefined ? [] : [[key, structuredClone(schemas[key].default)]])),
  );
  const settings = { ...defaults, ...given } as Settings;
  const dataDir = resolve(cwd, settings.dataDir);
  const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host;
  return {
    ...settings,
    dataDir,
    publicUrl: settings.publicUrl ?? `http://${host}:${settings.port}`,
    keyFile: settings.keyFile ?? join(dataDir, 'key-file.json'),
    keyStoreDir: settings.keyStoreDir ?? join(dataDir, 'keys'),
    blobDir: settings.blobDir ?? join(dataDir, 'blobs'),
  };
}

function fromEnvironment(env: Record<string, string | undefined>, cwd: string, problems: ConfigProblem[]): Partial<Settings> {
  const byVariable = new Map(keys.map((key) => [variableOf(key), key]));
  const names = Object.keys(env).filter((name) => env[name] !== undefined && (byVariable.has(name) || name.startsWith('PERISAI_')));
  const settings: Record<string, unknown> = {};
  for (const name of names.sort()) {
    if (name === FILE_VARIABLE) continue;
    const key = byVariable.get(name);
    if (key === undefined) problems.push({ key: name, from: name, says: unknownName(name, [...byVariable.keys(), FILE_VARIABLE]) });
    else if (env[name] !== '' || schemas[key].env === undefined)
      take(settings, key, coerce(env[name] ?? '', schemas[key]), name, cwd, problems);
  }
  return settings;
}

function fromFile(env: Record<string, string | undefined>, cwd: string, problems: ConfigProblem[]): Partial<Settings> {
  const named = env[FILE_VARIABLE];
  const path = resolve(cwd, named ?? USUAL_FILE);
  const complain = (key: string, says: string) => problems.push({ key, from: path, says });
  if (!existsSync(path)) {
    if (named !== undefined) complain(FILE_VARIABLE, `there is no such file, though ${FILE_VARIABLE} names it.`);
    return {};
  }
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    // the parser's sentence quotes the file, which may hold a password
    complain('', error instanceof SyntaxError ? 'is not JSON.' : `cannot be read (${(error as NodeJS.ErrnoException).code}).`);
    return {};
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    complain('', 'must hold one JSON object.');
    return {};
  }
  const settings: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(content)) {
    const key = keys.find((known) => known === name);
    if (key === undefined) complain(name, unknownName(name, keys));
    else take(settings, key, value, path, dirname(path), problems);
  }
  return settings;
}

function take(settings: Record<string, unknown>, key: Key, value: unknown, from: string, base: string, problems: ConfigProblem[]): void {
  const schema = schemas[key];
  if (!Value.Check(schema, value)) {
    const shown = schema.secret ? '' : `, not ${JSON.stringify(value)}`;
    problems.push({ key, from, says: `${key} must be ${wanted(schema)}${shown}.` });
  } else settings[key] = schema.path ? resolve(base, String(value)) : value;
}

/** A variable's text as the type that the schema asks for; where it is none, the text, for the check to refuse. */
function coerce(text: string, schema: Notes): unknown {
  if (schema.type === 'integer') return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
  if (schema.type === 'array') return text === '' ? [] : text.split(',').map((part) => part.trim());
  return text;
}

function wanted({ means, type, minimum, maximum }: Notes): string {
  if (means !== undefined) return means;
  if (type === 'integer') return `a whole number ${maximum === undefined ? `from ${minimum}` : `from ${minimum} to ${maximum}`}`;
  return 'a text that is not empty';
}

function unknownName(name: string, known: readonly string[]): string {
  const near = known.map((candidate) => ({ candidate, steps: distance(name.toUpperCase(), candidate.toUpperCase()) }));
  const [best] = near.sort((a, b) => a.steps - b.steps);
  const hint =
    best !== undefined && best.steps <= Math.max(2, name.length / 3)
      ? `: did you mean ${best.candidate}?`
      : '; docs/reference/configuration.md lists those there are.';
  return `there is no setting ${name}${hint}`;
}

/** Levenshtein's: insertions, deletions and replacements from one to the other. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [i, letter] of [...one].entries()) {
    const next = [i + 1];
    for (const [j, against] of [...other].entries()) {
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (letter === against ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** `docs/reference/configuration.md`. */
export function configurationReference(): string {
  const rows = keys.map((key) => {
    const { default: usual, description, secret } = schemas[key];
    const shown = usual === undefined ? '' : `\`${Array.isArray(usual) ? usual.join(',') || 'none' : String(usual)}\``;
    return `| \`${key}\` | \`${variableOf(key)}\` | ${shown} | ${description}${secret ? ' Secret: never logged.' : ''} | ${wanted(schemas[key])} |`;
  });
  return [
    '<!-- Made from server/src/foundation/config.ts by `npm run docs`: change it there. -->',
    '# Configuration',
    '',
    `Settings come from the environment, else from the file that \`${FILE_VARIABLE}\` names (by default \`${USUAL_FILE}\` in the working folder: one`,
    'JSON object), else they are as listed here. Unknown names are refused, in both. Lists are parted by commas in the environment. Relative paths',
    "begin at the working folder, in the file at the file's folder. `perisai doctor` says what is wrong and what to do.",
    '',
    '| setting | variable | default | what it does | a value is |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
