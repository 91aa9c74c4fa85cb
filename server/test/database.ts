import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { inject } from 'vitest';

export interface FreshDatabase {
  /** Of its owner. */
  url: string;
  /** Removes it, whoever is still connected. */
  drop(): Promise<void>;
}

/** A database of its own with all migrations and nothing else; `empty` gives one without migrations. Costs about 50 ms. */
export async function freshDatabase(options: { empty?: boolean } = {}): Promise<FreshDatabase> {
  const server = inject('testDatabase');
  const name = `test_${randomBytes(8).toString('hex')}`;
  const template = options.empty ? 'template0' : server.template;
  await retrying(() => asAdministrator(`create database ${name} template ${template} strategy file_copy`));
  return {
    url: server.url.replace(/^(postgres(?:ql)?:\/\/[^/]*\/)[^?]*/, `$1${name}`),
    drop: () => asAdministrator(`drop database if exists ${name} with (force)`),
  };
}

/** A second database with all that this one holds: the backup that somebody restores later. Ends what is connected to it. */
export async function copyDatabase(url: string): Promise<FreshDatabase> {
  const [, server, source] = /^(postgres(?:ql)?:\/\/[^/]*\/)([^?]*)/.exec(url) ?? [];
  const name = `test_${randomBytes(8).toString('hex')}`;
  await retrying(async () => {
    await asAdministrator(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${source}'`);
    await asAdministrator(`create database ${name} template ${source} strategy file_copy`);
  });
  return {
    url: url.replace(`${server}${source}`, `${server}${name}`),
    drop: () => asAdministrator(`drop database if exists ${name} with (force)`),
  };
}

async function asAdministrator(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('testDatabase').url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** A template that somebody is just connected to (another run, the autovacuum) cannot be copied: shortly it can. */
async function retrying(make: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await make();
    } catch (error) {
      if (attempt === 50 || (error as { code?: string }).code !== '55006') throw error;
      await wait(20);
    }
  }
}
