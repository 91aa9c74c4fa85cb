import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import pg from 'pg';
import { systemClock } from '../../src/foundation/clock.ts';
import { migrate } from '../../src/foundation/db/migrate.ts';
import { silentLog } from '../../src/foundation/log.ts';

/** An installation as a release left it after the story: what lay in its database and beside it. Invented people, keys made for it alone. */
export interface Release {
  readonly version: string;
  readonly origin: string;
  /** The files in `server/migrations` that it had. */
  readonly migrations: readonly string[];
  readonly tables: Readonly<Record<string, readonly object[]>>;
  /** The data folder without the database: path → base64. */
  readonly files: Readonly<Record<string, string>>;
}

const migrations = fileURLToPath(new URL('../../migrations/', import.meta.url));

export function readRelease(version: string): Release {
  return JSON.parse(gunzipSync(readFileSync(new URL(`${version}.json.gz`, import.meta.url))).toString('utf8')) as Release;
}

/** The tables of ours and the columns that can be written, by schema and name; what the migrations note of themselves is left out. */
export async function ourTables(client: pg.Client): Promise<{ name: string; columns: string }[]> {
  const { rows } = await client.query<{ name: string; columns: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name, string_agg(quote_ident(a.attname), ', ' order by a.attnum) as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
     where c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
       and n.nspname not in ('pg_catalog', 'information_schema', 'graphile_worker') and (n.nspname, c.relname) <> ('perisai', 'migration')
     group by 1 order by 1`,
  );
  return rows;
}

/** Sets the release up again: its migrations, its rows, its files. @param url an empty database, as somebody who may skip triggers */
export async function restoreRelease(release: Release, url: string, dataDir: string): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'perisai-release-'));
  for (const name of release.migrations) cpSync(join(migrations, name), join(directory, name));
  await migrate({ url, directory, log: silentLog, clock: systemClock });
  rmSync(directory, { recursive: true });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('set session_replication_role = replica');
    for (const { name, columns } of await ourTables(client)) {
      const rows = JSON.stringify(release.tables[name] ?? []);
      await client.query(
        `insert into ${name} (${columns}) overriding system value select ${columns} from jsonb_populate_recordset(null::${name}, $1)`,
        [rows],
      );
    }
  } finally {
    await client.end();
  }
  for (const [path, bytes] of Object.entries(release.files)) {
    mkdirSync(dirname(join(dataDir, path)), { recursive: true, mode: 0o700 });
    writeFileSync(join(dataDir, path), Buffer.from(bytes, 'base64'), { mode: 0o600 });
  }
}
