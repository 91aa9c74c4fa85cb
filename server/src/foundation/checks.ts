import { access, constants, stat, statfs } from 'node:fs/promises';
import pg from 'pg';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { ConfigError } from './config.ts';
import { MigrationError, OLDEST_POSTGRES, pendingMigrations } from './db/migrate.ts';
import { bad, type Check, type Finding, good, warn } from './doctor.ts';
import { keyCopyState } from './keys/local-key-file.ts';
import { mailCheck } from './mail/mail-check.ts';

const OLDEST_NODE = 24;
const GIGABYTE = 1024 ** 3;
/** This program did not exist before. */
const EARLIEST = Date.parse('2026-11-01T00:00:00Z');

/** The two that need no configuration: they explain why there is none. */
export function firstChecks({ load, nodeVersion = process.versions.node }: { load: () => Config; nodeVersion?: string }): Check[] {
  return [
    {
      name: 'node',
      run: async () =>
        Number.parseInt(nodeVersion, 10) >= OLDEST_NODE
          ? good(`Node ${nodeVersion}.`)
          : bad(
              `Node ${nodeVersion} is too old.`,
              `Run Perisai through npm, which brings Node ${OLDEST_NODE}, or install that version or a newer one.`,
            ),
    },
    {
      name: 'configuration',
      run: async () => {
        try {
          load();
          return good('Every setting is known and valid.');
        } catch (error) {
          if (!(error instanceof ConfigError)) throw error;
          return bad(
            error.problems.map(({ from, says }) => `${from}: ${says}`).join(' '),
            'Correct what is named; docs/reference/configuration.md lists all settings.',
          );
        }
      },
    },
  ];
}

export interface FoundationChecks {
  config: Config;
  /** Of the application, or of the embedded server. */
  databaseUrl: string;
  /** Folder of the migrations. */
  migrations: string;
  clock: Clock;
}

/** Foundation's own: data folder, key file, disk, database, migrations, clock, log's name, mail server. */
export function foundationChecks({ config, databaseUrl, migrations, clock }: FoundationChecks): Check[] {
  return [
    { name: 'data folder', run: () => dataFolder(config.dataDir) },
    { name: 'key file copy', run: async () => keyFile(config.keyFile) },
    { name: 'disk space', run: () => diskSpace(config.dataDir) },
    { name: 'database', run: () => database(databaseUrl) },
    { name: 'migrations', run: () => migrated(databaseUrl, migrations) },
    { name: 'clock', run: () => clocks(databaseUrl, clock) },
    { name: 'log origin', run: async () => origin(config.origin) },
    { name: 'e-mail', run: () => mailCheck(config) },
  ];
}

async function dataFolder(path: string): Promise<Finding> {
  const state = await stat(path).catch(() => null);
  if (state === null) return bad(`The data folder ${path} is not there.`, 'Start Perisai once, which makes it, or correct dataDir.');
  const writable = await access(path, constants.R_OK | constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!writable) return bad(`The data folder ${path} cannot be written.`, `Give it to the user that runs Perisai: chown -R USER ${path}`);
  if ((state.mode & 0o006) !== 0) return bad(`Everybody on this machine can list the data folder ${path}.`, `chmod o-rw ${path}`);
  return good(`${path} can be written, and nobody else can list it.`);
}

function keyFile(path: string): Finding {
  const state = keyCopyState(path);
  if (state === 'no file')
    return bad(`There is no key file ${path}.`, 'Start Perisai once, which makes it; or, if there was one, bring its copy back.');
  if (state === 'confirmed') return good('A copy of the key file was confirmed.');
  return bad(
    'The key file has no confirmed copy elsewhere: if this disk is lost, every encrypted text and every backup of it is unreadable.',
    `Copy ${path} to another machine or medium, then: perisai key-file confirm-copy PATH-OF-THE-COPY`,
  );
}

async function diskSpace(path: string): Promise<Finding> {
  const { bavail, bsize, blocks } = await statfs(path);
  const free = bavail * bsize;
  const says = `${(free / GIGABYTE).toFixed(1)} GB are free for the data folder.`;
  if (free < GIGABYTE) return bad(says, 'Make room: without it nothing can be recorded, so nothing is accepted.');
  if (bavail * 10 < blocks && free < 20 * GIGABYTE) return warn(says, 'Less than a tenth is free: make room soon.');
  return good(says);
}

async function database(url: string): Promise<Finding> {
  let version: number;
  try {
    version = await withClient(
      url,
      async (client) => (await client.query<{ v: number }>("select current_setting('server_version_num')::int as v")).rows[0]?.v ?? 0,
    );
  } catch (error) {
    const { code } = error as { code?: string };
    return bad(`The database does not answer (${code ?? 'no code'}).`, refusal(code));
  }
  const named = `PostgreSQL ${Math.floor(version / 10_000)}.${version % 10_000}`;
  if (version < OLDEST_POSTGRES) return bad(`${named} is too old.`, 'Use PostgreSQL 15 or newer.');
  const may = await withClient(
    url,
    async (client) => (await client.query("select 1 from pg_roles where rolname = 'perisai_app' and pg_has_role(oid, 'MEMBER')")).rowCount,
  );
  if (may === 0)
    return bad(
      `${named} answers, but this user may not take the role perisai_app.`,
      'As the owner: grant perisai_app to USER; (start once with DATABASE_OWNER_URL if there is no such role).',
    );
  const mighty = await withClient(
    url,
    async (client) =>
      (
        await client.query(
          "select 1 from pg_roles where rolname = session_user and (rolsuper or exists (select 1 from pg_namespace where nspname = 'records' and nspowner = pg_roles.oid))",
        )
      ).rowCount,
  );
  if (mighty !== 0)
    return warn(
      `${named} answers, but the application logs in as the owner of the tables: only the role it takes keeps it from changing records.`,
      'Make a user that owns nothing, put it into DATABASE_URL, and the owner into DATABASE_OWNER_URL.',
    );
  return good(`${named} answers; the application owns nothing in it.`);
}

function refusal(code: string | undefined): string {
  if (code === '28P01' || code === '28000') return 'Correct user and password in DATABASE_URL.';
  if (code === '3D000') return 'Create the database that DATABASE_URL names.';
  return 'Start the database, and correct DATABASE_URL if it is elsewhere.';
}

async function migrated(url: string, directory: string): Promise<Finding> {
  try {
    const ahead = await withClient(url, (client) => pendingMigrations(client, directory));
    if (ahead.length === 0) return good('The database is as this version needs it.');
    return warn(`${ahead.length} migrations are still to be applied.`, 'Start Perisai, which applies them.');
  } catch (error) {
    if (error instanceof MigrationError) return bad(error.message, 'Do as it says before the next start.');
    const { code } = error as { code?: string };
    if (code === '42P01' || code === '3F000' || code === '42501')
      return warn('The database holds nothing of Perisai yet.', 'Start Perisai, which sets it up.');
    return bad(`The migrations cannot be read (${code ?? 'no code'}).`, 'See what is said about the database.');
  }
}

async function clocks(url: string, clock: Clock): Promise<Finding> {
  const before = clock.now().getTime();
  if (before < EARLIEST)
    return bad(
      `The clock says ${clock.now().toISOString()}.`,
      'Set the clock and keep it by NTP: every deadline and every seal depends on it.',
    );
  let theirs: Date;
  try {
    theirs = await withClient(
      url,
      async (client) => (await client.query<{ t: Date }>('select clock_timestamp() as t')).rows[0]?.t ?? new Date(Number.NaN),
    );
  } catch {
    return warn('The clock could not be compared with the database, which does not answer.', 'See what is said about the database.');
  }
  const after = clock.now().getTime();
  // the database was asked somewhere between: only what lies outside is a difference
  const apart = Math.max(0, before - theirs.getTime(), theirs.getTime() - after) / 1000;
  if (apart > 5) return bad(`The clocks of this machine and the database differ by ${apart.toFixed(1)} s.`, 'Keep both by NTP.');
  return good('The clock agrees with the database.');
}

function origin(name: string): Finding {
  if (!name.startsWith('demo/')) return good(`The log is ${name}.`);
  return warn(
    `The log is ${name}: what begins with demo/ is not the real thing, and reports say so.`,
    'Set PERISAI_ORIGIN before the first real start.',
  );
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, application_name: 'perisai doctor' });
  client.on('error', () => undefined); // the query that runs then rejects, and says so
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end();
  }
}
