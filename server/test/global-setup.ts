import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { systemClock } from '../src/foundation/clock.ts';
import { startEmbedded, sweepThrowaways } from '../src/foundation/db/embedded.ts';
import { migrate } from '../src/foundation/db/migrate.ts';
import { createLog } from '../src/foundation/log.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The server for tests, as somebody who may create databases; and the database that fresh ones are copies of. */
    testDatabase: { url: string; template: string };
  }
}

const PREFIX = 'perisai-test-';
const migrations = fileURLToPath(new URL('../migrations', import.meta.url));
const log = createLog('warn');

/**
 * One PostgreSQL for the run: the one that `DATABASE_URL` names, else an embedded one in a temporary folder. In it a database with all
 * migrations, named by what they say, of which every test file takes copies. Returns what ends it.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['DATABASE_URL'];
  if (given !== undefined && given !== '') {
    project.provide('testDatabase', { url: given, template: await prepareTemplate(given) });
    return async () => undefined;
  }
  await sweepThrowaways(PREFIX, log);
  const dataDir = mkdtempSync(join(tmpdir(), PREFIX));
  const server = await startEmbedded({ dataDir, log, throwaway: true });
  const end = async () => {
    await server.stop({ remove: true });
    rmSync(dataDir, { recursive: true });
  };
  try {
    project.provide('testDatabase', { url: server.url, template: await prepareTemplate(server.url) });
  } catch (error) {
    await end();
    throw error;
  }
  return end;
}

/** Makes the template under a draft name, so that a run that was killed leaves no half one under the right name. */
async function prepareTemplate(url: string): Promise<string> {
  mkdirSync(migrations, { recursive: true });
  const template = `perisai_template_${fingerprint()}`;
  const draft = `${template}_draft`;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(hashtext($1))', [template]);
    const found = await client.query('select 1 from pg_database where datname = $1', [template]);
    if (found.rowCount === 0) {
      await client.query(`drop database if exists ${draft}`);
      await client.query(`create database ${draft} template template0 encoding 'UTF8'`);
      await migrate({ url: withDatabase(url, draft), directory: migrations, log, clock: systemClock });
      await client.query(`alter database ${draft} rename to ${template}`);
    }
  } finally {
    await client.end();
  }
  return template;
}

/** Of everything that shapes the template. */
function fingerprint(): string {
  const hash = createHash('sha256');
  const files = existsSync(migrations) ? readdirSync(migrations).sort() : [];
  for (const file of files) hash.update(file).update(readFileSync(join(migrations, file)));
  for (const source of ['../src/foundation/db/migrate.ts', '../../package-lock.json'])
    hash.update(readFileSync(new URL(source, import.meta.url)));
  return hash.digest('hex').slice(0, 16);
}

/** The same server, another database. */
function withDatabase(url: string, name: string): string {
  return url.replace(/^(postgres(?:ql)?:\/\/[^/]*\/)[^?]*/, `$1${name}`);
}
