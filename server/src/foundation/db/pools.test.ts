import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FreshDatabase } from '../../../test/database.ts';
import { freshDatabase } from '../../../test/database.ts';
import { createLog } from '../log.ts';
import type { Pools } from './pools.ts';
import { connectPool, connectPools } from './pools.ts';

let database: FreshDatabase;
let pools: Pools;
const lines: string[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  pools = connectPools({ url: database.url, log: createLog('info', { write: (line) => void lines.push(line) }) });
});

afterAll(async () => {
  await pools.end();
  await database.drop();
});

describe('a pool', () => {
  it("runs with the application's rights although the url is the owner's", async () => {
    const { rows } = await pools.doors.query('select current_user as who, session_user <> current_user as other');
    expect(rows).toEqual([{ who: 'perisai_app', other: true }]);
    await expect(pools.doors.query('create table perisai.mine (id int)')).rejects.toMatchObject({ code: '42501' });
  });

  it('bounds statements and transactions and tells its name', async () => {
    const shown = await pools.spine.query(
      `select current_setting('statement_timeout') statement, current_setting('idle_in_transaction_session_timeout') idle,
        current_setting('transaction_timeout', true) whole, current_setting('server_version_num')::int version, current_setting('application_name') name`,
    );
    const { version, whole, ...rest } = shown.rows[0];
    expect(rest).toEqual({ statement: '30s', idle: '1min', name: 'perisai spine' });
    expect(whole).toBe(version >= 170000 ? '1min' : null);
  });

  it('prepares a statement once a connection, and neither long lists nor statements without values', async () => {
    const client = await pools.jobs.connect();
    try {
      for (const n of [1, 2, 3]) await client.query('select $1::int + 1 as n', [n]);
      const many = Array.from({ length: 80 }, (_, n) => n);
      await client.query(`select 1 where 1 in (${many.map((n) => `$${n + 1}::int`).join()})`, many);
      await client.query('select 1; select 2', []);
      const { rows } = await client.query('select statement, from_sql from pg_prepared_statements');
      expect(rows).toEqual([{ statement: 'select $1::int + 1 as n', from_sql: false }]);
    } finally {
      client.release();
    }
  });

  it('names at most 500 statements on one connection and sends the rest unnamed', async () => {
    const client = await pools.jobs.connect();
    try {
      for (let n = 0; n < 510; n += 1) await client.query(`select $1::int as a${n}`, [n]);
      const { rows } = await client.query('select count(*) from pg_prepared_statements');
      expect(rows).toEqual([{ count: 500 }]);
    } finally {
      client.release(true);
    }
  });

  it('reads int8 as number, a day as text, an instant as Date', async () => {
    const { rows } = await pools.doors.query(
      "select 9007199254740991::int8 n, array[1, null]::int8[] ns, date '2026-11-24' d, array[date '2026-11-24'] ds, timestamptz '2026-11-24T00:00:00+08' t",
    );
    expect(rows).toEqual([
      { n: 9007199254740991, ns: [1, null], d: '2026-11-24', ds: ['2026-11-24'], t: new Date('2026-11-23T16:00:00Z') },
    ]);
  });

  it('refuses an int8 that a number would change', async () => {
    await expect(pools.doors.query('select 9007199254740993::int8 n')).rejects.toThrow(RangeError);
    expect((await pools.doors.query('select 1::int8 n')).rows).toEqual([{ n: 1 }]);
  });

  it('survives the loss of an idle and of a lent connection, and says so without values', async () => {
    const pool = connectPool({
      url: database.url,
      name: 'lost',
      max: 2,
      log: createLog('info', { write: (line) => void lines.push(line) }),
    });
    const lent = await pool.connect();
    const idle = await pool.connect();
    const gone = Promise.all([lent, idle].map((client) => new Promise((resolve) => client.once('end', resolve))));
    idle.release();
    const owner = new pg.Client({ connectionString: database.url });
    await owner.connect();
    await owner.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'perisai lost' and datname = current_database()",
    );
    await owner.end();
    await gone;
    lent.release(true);
    expect((await pool.query('select 1 as n')).rows).toEqual([{ n: 1 }]);
    await pool.end();
    expect(lines.join('')).toContain('57P01');
  });

  it('keeps the settings that the url brings', async () => {
    const separator = database.url.includes('?') ? '&' : '?';
    const pool = connectPool({
      url: `${database.url}${separator}options=${encodeURIComponent('-c search_path=perisai')}`,
      name: 'own',
      max: 1,
    });
    const { rows } = await pool.query("select current_setting('search_path') as path, current_user as who");
    expect(rows).toEqual([{ path: 'perisai', who: 'perisai_app' }]);
    await pool.end();
  });
});
