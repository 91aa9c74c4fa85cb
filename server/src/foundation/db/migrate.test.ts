import { mkdtempSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FreshDatabase } from '../../../test/database.ts';
import { freshDatabase } from '../../../test/database.ts';
import { TestClock } from '../clock.ts';
import { silentLog } from '../log.ts';
import { migrate, pendingMigrations } from './migrate.ts';

let database: FreshDatabase;
let directory: string;
const clock = new TestClock('2026-11-24T03:00:00Z');
const run = () => migrate({ url: database.url, directory, log: silentLog, clock });
const file = (name: string, sql: string) => writeFileSync(join(directory, name), sql);

async function ask<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

beforeEach(async () => {
  database = await freshDatabase({ empty: true });
  directory = mkdtempSync(join(tmpdir(), 'perisai-migrations-'));
  file('20261124T090000-first.sql', 'create table fruit (name text primary key);');
  file('20261124T090001-second.sql', "insert into fruit values ('durian');");
});

afterEach(async () => {
  await database.drop();
  rmSync(directory, { recursive: true });
});

describe('migrations', () => {
  it('are applied in their order, once, with the time of the clock', async () => {
    expect(await run()).toEqual({ applied: ['20261124T090000-first.sql', '20261124T090001-second.sql'] });
    expect(await run()).toEqual({ applied: [] });
    expect(await ask('select name from fruit')).toEqual([{ name: 'durian' }]);
    expect(await ask('select distinct applied_at from perisai.migration')).toEqual([{ applied_at: clock.now() }]);
  });

  it('leave nothing of a file that fails, name its line, and go on with it when it is mended', async () => {
    file('20261124T090002-third.sql', 'create table half (n int);\n\nselect nonsense;');
    await expect(run()).rejects.toMatchObject({
      code: 'failed',
      file: '20261124T090002-third.sql',
      message: expect.stringContaining('line 3'),
    });
    expect(await ask("select to_regclass('half') as half")).toEqual([{ half: null }]);
    file('20261124T090002-third.sql', 'create table half (n int);');
    expect(await run()).toEqual({ applied: ['20261124T090002-third.sql'] });
  });

  it.each([
    ['changed', () => file('20261124T090000-first.sql', 'create table fruits (name text);')],
    ['missing', () => unlinkSync(join(directory, '20261124T090000-first.sql'))],
    ['newer-database', () => unlinkSync(join(directory, '20261124T090001-second.sql'))],
    ['out-of-order', () => file('20261124T080000-before.sql', 'select 1;')],
    ['bad-name', () => renameSync(join(directory, '20261124T090001-second.sql'), join(directory, 'second.sql'))],
  ])('are refused as %s', async (code, breakIt) => {
    await run();
    breakIt();
    await expect(run()).rejects.toMatchObject({ code });
  });

  it('do not mind how a line ends', async () => {
    file('20261124T090002-lines.sql', 'select 1;\nselect 2;\n');
    await run();
    file('20261124T090002-lines.sql', 'select 1;\r\nselect 2;\r\n');
    expect(await run()).toEqual({ applied: [] });
  });

  it('run once when four processes start at the same time', async () => {
    const applied = await Promise.all([run(), run(), run(), run()]);
    expect(applied.flatMap((result) => result.applied)).toHaveLength(2);
  });

  it('make partitions ahead with the time of the clock, at every start', async () => {
    file(
      '20261124T090002-records.sql',
      `create schema records;
       create table records.made (at timestamptz);
       create function records.make_partitions(at timestamptz) returns void language sql as 'insert into records.made values (at)';`,
    );
    await run();
    await run();
    expect(await ask('select at from records.made')).toEqual([{ at: clock.now() }, { at: clock.now() }]);
  });

  it('that are still to come can be listed without applying them', async () => {
    await run();
    file('20261124T090002-third.sql', 'select 1;');
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    expect(await pendingMigrations(client, directory)).toEqual(['20261124T090002-third.sql']);
    await client.end();
  });

  it('give the application a role that owns nothing and cannot log in', async () => {
    await run();
    const [role] = await ask<{ rolcanlogin: boolean; rolsuper: boolean }>(
      "select rolcanlogin, rolsuper, rolcreatedb from pg_roles where rolname = 'perisai_app'",
    );
    expect(role).toEqual({ rolcanlogin: false, rolsuper: false, rolcreatedb: false });
    expect(await ask("select relname from pg_class where pg_get_userbyid(relowner) = 'perisai_app'")).toEqual([]);
  });

  it('work for an owner who is no superuser', async () => {
    const owner = `owner_${process.pid}`;
    await ask(`create role ${owner} login createrole password 'durian'`);
    const [{ name }] = (await ask<{ name: string }>('select current_database() as name')) as [{ name: string }];
    await ask(`grant perisai_app to ${owner} with admin option`);
    await ask(`alter database ${name} owner to ${owner}`);
    try {
      const url = database.url.replace(/\/\/[^@]*@/, `//${owner}:durian@`);
      expect((await migrate({ url, directory, log: silentLog, clock })).applied).toHaveLength(2);
      const client = new pg.Client({ connectionString: url, options: '-c role=perisai_app' });
      await client.connect();
      expect((await client.query('select current_user as who')).rows).toEqual([{ who: 'perisai_app' }]);
      await client.end();
    } finally {
      await ask(
        `reassign owned by ${owner} to current_user; drop owned by ${owner}; alter database ${name} owner to current_user; drop role ${owner}`,
      );
    }
  });
});
