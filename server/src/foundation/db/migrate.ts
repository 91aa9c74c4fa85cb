import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runMigrations } from 'graphile-worker';
import pg from 'pg';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';

/** The role with whose rights the application runs; it owns nothing. Migrations grant it what it may do, table by table. */
export const APP_ROLE = 'perisai_app';

/** The schema of the job runner. */
export const JOBS_SCHEMA = 'graphile_worker';

/** As `server_version_num` says it. */
export const OLDEST_POSTGRES = 150_000;

export type MigrationErrorCode = 'changed' | 'missing' | 'newer-database' | 'out-of-order' | 'bad-name' | 'failed' | 'old-server';

/** A migration that cannot be taken as it is. Nothing of the file that failed is left in the database; those before it stay. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
  readonly code: MigrationErrorCode;
  readonly file: string;

  constructor(code: MigrationErrorCode, file: string, says: string, options?: ErrorOptions) {
    super(`${file}: ${says}`, options);
    this.code = code;
    this.file = file;
  }
}

export interface MigrateOptions {
  /** Of the owner, who may create schemas and, the first time, roles. */
  url: string;
  /** The folder with `<timestamp>-<name>.sql`. */
  directory: string;
  log: Log;
  clock: Clock;
  /** Users of `DATABASE_URL` when they aren't the owner: made members of the application's role. */
  logins?: string[];
}

interface MigrationFile {
  name: string;
  sql: string;
  checksum: string;
}

interface AppliedMigration {
  name: string;
  checksum: string;
}

const FILE_NAME = /^\d{8}T\d{6}-[a-z0-9-]+\.sql$/;
/** Any number that nobody else takes as a lock in this database. */
const LOCK = 7_267_317_462;

/**
 * Brings the database to this program's state: forward only, each file in its own transaction together with its row in
 * `perisai.migration`. Before that, what was applied earlier is compared with the files. A second process waits for the first one.
 * A crash leaves whole files applied; the next start goes on.
 *
 * @throws MigrationError
 */
export async function migrate(options: MigrateOptions): Promise<{ applied: string[] }> {
  const { url, directory, log, clock } = options;
  const files = readFiles(directory);
  const client = new pg.Client({ connectionString: url, application_name: 'perisai migrate' });
  client.on('error', (error: Error & { code?: string }) => log.warn({ code: error.code }, 'the connection of the migrations was lost'));
  await client.connect();
  try {
    await refuseOld(client);
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await ensureRole(client, options.logins ?? []);
    await ensureTable(client);
    const done = await readApplied(client);
    const ahead = pending(files, done);
    for (const file of ahead) {
      log.info({ migration: file.name }, 'migrating');
      await apply(client, file, clock);
    }
    await prepareJobs(client, url);
    await makePartitions(client, clock);
    return { applied: ahead.map((file) => file.name) };
  } finally {
    await client.end(); // with the session its lock goes, too
  }
}

/** Before anything is created in it. */
async function refuseOld(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: number; name: string }>(
    "select current_setting('server_version_num')::int as number, current_setting('server_version') as name",
  );
  const [server] = rows;
  if (server !== undefined && server.number < OLDEST_POSTGRES)
    throw new MigrationError('old-server', `PostgreSQL ${server.name}`, 'is too old: use PostgreSQL 15 or newer.');
}

/** Names of the files that this database has not seen; checks those that it has. For `doctor`; needs a role that may read. */
export async function pendingMigrations(client: pg.ClientBase | pg.Pool, directory: string): Promise<string[]> {
  return pending(readFiles(directory), await readApplied(client)).map((file) => file.name);
}

function readFiles(directory: string): MigrationFile[] {
  const names = readdirSync(directory).filter((name) => name.endsWith('.sql'));
  return names.sort().map((name) => {
    if (!FILE_NAME.test(name)) throw new MigrationError('bad-name', name, 'a migration is called <YYYYMMDD>T<hhmmss>-<words>.sql');
    const sql = readFileSync(join(directory, name), 'utf8').replaceAll('\r\n', '\n');
    return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
  });
}

async function readApplied(client: pg.ClientBase | pg.Pool): Promise<AppliedMigration[]> {
  const found = await client.query<AppliedMigration>('select name, checksum from perisai.migration order by name');
  return found.rows;
}

/** Which files are still to be applied; refuses whenever database and files don't tell the same story. */
function pending(files: MigrationFile[], applied: AppliedMigration[]): MigrationFile[] {
  const byName = new Map(files.map((file) => [file.name, file]));
  const newest = files.at(-1)?.name ?? '';
  for (const { name, checksum } of applied) {
    const file = byName.get(name);
    if (file === undefined && name > newest) {
      throw new MigrationError(
        'newer-database',
        name,
        'this database was migrated by a newer Perisai: install that version, or restore a backup.',
      );
    }
    if (file === undefined)
      throw new MigrationError('missing', name, 'was applied to this database, but its file is gone: bring the file back.');
    if (file.checksum !== checksum) {
      throw new MigrationError(
        'changed',
        name,
        'was changed after it was applied: take the change back and write a new migration instead.',
      );
    }
  }
  const last = applied.at(-1)?.name ?? '';
  const known = new Set(applied.map((migration) => migration.name));
  const ahead = files.filter((file) => !known.has(file.name));
  const late = ahead.find((file) => file.name < last);
  if (late !== undefined)
    throw new MigrationError('out-of-order', late.name, `is older than ${last}, which was applied already: give it a newer timestamp.`);
  return ahead;
}

async function apply(client: pg.Client, file: MigrationFile, clock: Clock): Promise<void> {
  await client.query('begin');
  try {
    await client.query(file.sql);
    const row = [file.name, file.checksum, clock.now()];
    await client.query('insert into perisai.migration (name, checksum, applied_at) values ($1, $2, $3)', row);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    const { message, position } = error as { message: string; position?: string };
    const line = position === undefined ? '' : ` (line ${file.sql.slice(0, Number(position)).split('\n').length})`;
    throw new MigrationError('failed', file.name, `${message}${line}`, { cause: error });
  }
}

/**
 * The application's role, and who may take it. Roles belong to the whole cluster, locks to one database: another database's migration may
 * do the same at the same time, and whoever comes second finds it done.
 */
async function ensureRole(client: pg.Client, logins: string[]): Promise<void> {
  const exists = async () => (await client.query('select 1 from pg_roles where rolname = $1', [APP_ROLE])).rowCount === 1;
  if (!(await exists())) await concurrently(() => client.query(`create role ${APP_ROLE} nologin`));
  const missing = await client.query<{ rolname: string }>(
    `select rolname from pg_roles
      where rolname = any ($1::text[] || current_user::text) and not rolsuper
        and not pg_has_role(rolname, $2::name, case when current_setting('server_version_num')::int >= 160000 then 'SET' else 'MEMBER' end)`,
    [logins, APP_ROLE],
  );
  for (const { rolname } of missing.rows)
    await concurrently(() => client.query(`grant ${APP_ROLE} to ${client.escapeIdentifier(rolname)}`));
}

/** Repeats what failed only because another session did the same at the same time. */
async function concurrently(statement: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await statement();
      return;
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      if (code === '42710' || code === '23505') return; // it exists already
      if (attempt === 20 || !/tuple concurrently (updated|deleted)/.test(message)) throw error;
    }
  }
}

async function ensureTable(client: pg.Client): Promise<void> {
  await client.query(`
    create schema if not exists perisai;
    create table if not exists perisai.migration (
      name text primary key,
      checksum text not null,
      applied_at timestamptz not null
    );
    grant usage on schema perisai to ${APP_ROLE};
    grant select on perisai.migration to ${APP_ROLE};
  `);
}

/**
 * The job runner's own tables. Their row security without a policy means that only the owner sees them, so the application's role gets a
 * policy a table, next to the grants.
 */
async function prepareJobs(client: pg.Client, url: string): Promise<void> {
  // a pool of our own: an error of a connection that is just ending would find no listener in the runner's, and end the process
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  pool.on('error', () => undefined).on('connect', (connection) => connection.on('error', () => undefined));
  try {
    await runMigrations({ pgPool: pool, schema: JOBS_SCHEMA });
  } finally {
    await pool.end();
  }
  await client.query(`
    grant usage on schema ${JOBS_SCHEMA} to ${APP_ROLE};
    grant select, insert, update, delete on all tables in schema ${JOBS_SCHEMA} to ${APP_ROLE};
    grant usage, select on all sequences in schema ${JOBS_SCHEMA} to ${APP_ROLE};
    grant execute on all functions in schema ${JOBS_SCHEMA} to ${APP_ROLE};
  `);
  const unseen = await client.query<{ relname: string }>(
    `select c.relname from pg_class c
      where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p') and c.relrowsecurity
        and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'perisai_app')`,
    [JOBS_SCHEMA],
  );
  for (const { relname } of unseen.rows) {
    const table = `${JOBS_SCHEMA}.${client.escapeIdentifier(relname)}`;
    await client.query(`create policy perisai_app on ${table} for all to ${APP_ROLE} using (true) with check (true)`);
  }
}

/** Partitions are made ahead at every start, so that no installation runs out of them. */
async function makePartitions(client: pg.Client, clock: Clock): Promise<void> {
  const found = await client.query("select 1 from pg_proc where pronamespace = to_regnamespace('records') and proname = 'make_partitions'");
  if (found.rowCount !== 0) await client.query('select records.make_partitions($1)', [clock.now()]);
}
