import { randomUUID } from 'node:crypto';
import { connectPool } from '../server/src/foundation/db/pools.ts';

const statements = 20;

/**
 * Transactions a second of a bare client that writes twenty small rows, one a statement, durably, eight transactions at a time: what this
 * machine gives at this moment to somebody who neither checks, seals nor answers HTTP.
 */
export async function bareTransactions(ownerUrl: string, seconds: number): Promise<number> {
  const pool = connectPool({ url: ownerUrl, name: 'baseline', max: 8 });
  await pool.query(`
    set role none;
    create schema if not exists bench;
    create table if not exists bench.bare (id uuid primary key, line text not null);
    grant usage on schema bench to perisai_app;
    grant insert on bench.bare to perisai_app;
    set role perisai_app`);
  let done = 0;
  const end = performance.now() + seconds * 1_000;
  const loop = async () => {
    const client = await pool.connect();
    while (performance.now() < end) {
      await client.query('begin');
      for (let n = 0; n < statements; n += 1)
        await client.query('insert into bench.bare (id, line) values ($1, $2)', [randomUUID(), 'x'.repeat(200)]);
      await client.query('commit');
      done += 1;
    }
    client.release();
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: 8 }, loop));
  await pool.end();
  return done / ((performance.now() - start) / 1_000);
}
