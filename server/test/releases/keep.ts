import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import pg from 'pg';
import { settled } from '../../src/cli/stage/settled.ts';
import { buildStage } from '../../src/cli/stage.ts';
import { playLoop } from '../../src/cli/story/acts.ts';
import { version } from '../../src/doors.ts';
import { migrationsFolder } from '../../src/main.ts';
import { ourTables, type Release } from './release.ts';

/** Run once a release, by hand: plays the story and keeps what lies there then, for every later version to upgrade in its tests. */
const file = fileURLToPath(new URL(`${version}.json.gz`, import.meta.url));
if (existsSync(file)) throw new Error(`${version} was kept already; a kept release never changes.`);
const origin = 'demo/story';
const stage = await buildStage({ origin });
try {
  await playLoop(stage, { step: () => undefined, steps: () => 0, end: () => undefined });
  await settled(stage.perisai.house);
  await stage.stopPerisai();
  const release: Release = {
    version,
    origin,
    migrations: readdirSync(migrationsFolder).sort(),
    tables: await rowsOf(stage.server.url),
    files: filesOf(),
  };
  writeFileSync(file, gzipSync(JSON.stringify(release), { level: 9 }));
  process.stdout.write(`${relative(process.cwd(), file)}: ${statSync(file).size} bytes\n`);
} finally {
  await stage.stop();
}

async function rowsOf(url: string): Promise<Record<string, object[]>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const tables: Record<string, object[]> = {};
  for (const { name } of await ourTables(client)) {
    const { rows } = await client.query<{ row: object }>(`select to_jsonb(t) as row from ${name} t`);
    if (rows.length > 0) tables[name] = rows.map(({ row }) => row);
  }
  await client.end();
  return tables;
}

/** What Perisai keeps outside the database; the embedded server's own folders are left out. */
function filesOf(): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const path of readdirSync(stage.dataDir, { recursive: true }) as string[]) {
    const whole = join(stage.dataDir, path);
    if (/^(blobs|keys)\/|^key-file\.json$/.test(path) && statSync(whole).isFile()) kept[path] = readFileSync(whole).toString('base64');
  }
  return kept;
}
