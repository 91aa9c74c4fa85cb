import type pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../test/database.ts';
import { connectPools, type Pools } from './db/pools.ts';
import { addJob, type Jobs, startJobs, type Task } from './jobs.ts';
import { createLog, silentLog } from './log.ts';

let database: FreshDatabase;
let pools: Pools;
let jobs: Jobs | undefined;

beforeAll(async () => {
  database = await freshDatabase();
  pools = connectPools({ url: database.url });
});

afterEach(() => jobs?.stop());

afterAll(async () => {
  await pools.end();
  await database.drop();
});

async function transaction(end: 'commit' | 'rollback', work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
  const client = await pools.doors.connect();
  await client.query('begin');
  await work(client);
  await client.query(end);
  client.release();
}

/** A task and the promise of its next call's payload. */
function heard(): { task: Task; next: Promise<unknown> } {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  return { task: async (payload) => resolve(payload), next: promise };
}

describe('jobs', () => {
  it('run as the application, after the transaction that added them, and never when that is rolled back', async () => {
    const { task, next } = heard();
    jobs = await startJobs({ pool: pools.jobs, tasks: { look: task }, log: silentLog });
    await transaction('rollback', (client) => addJob(client, 'look', { at: 'nothing' }));
    await transaction('commit', (client) => addJob(client, 'look', { at: 'case' }));
    expect(await next).toEqual({ at: 'case' });
  });

  it('with the same key are one, the newest, until it begins', async () => {
    const seen: unknown[] = [];
    await transaction('commit', async (client) => {
      await addJob(client, 'count', { n: 1 }, { jobKey: 'same' });
      await addJob(client, 'count', { n: 2 }, { jobKey: 'same' });
      await addJob(client, 'last', {});
    });
    const { task, next } = heard();
    jobs = await startJobs({ pool: pools.jobs, tasks: { count: async (payload) => void seen.push(payload), last: task }, log: silentLog });
    await next;
    await jobs.stop();
    expect(seen).toEqual([{ n: 2 }]);
  });

  it('that fail are kept for later, with the code of the error and none of its words', async () => {
    const lines: string[] = [];
    const log = createLog('info', { write: (line) => void lines.push(line) });
    const told = Promise.withResolvers<boolean>();
    const fail: Task = async (_, { attempt, lastAttempt }) => {
      told.resolve(attempt === 1 && !lastAttempt);
      await pools.doors.query("select 'Aminah'::int");
    };
    jobs = await startJobs({ pool: pools.jobs, tasks: { fail }, log });
    await transaction('commit', (client) => addJob(client, 'fail', { who: 'Aminah' }, { jobKey: 'failing' }));
    expect(await told.promise).toBe(true);
    await jobs.stop();
    const kept = await pools.doors.query("select last_error, attempts from graphile_worker.jobs where key = 'failing'");
    expect(kept.rows).toEqual([{ last_error: expect.stringMatching(/^error 22P02/), attempts: 1 }]);
    expect(kept.rows[0].last_error).not.toContain('Aminah');
    expect(lines.join('')).toContain('22P02');
    expect(lines.join('')).not.toContain('Aminah');
  });

  it('wait for their time by the database', async () => {
    const { task, next } = heard();
    const early: unknown[] = [];
    jobs = await startJobs({ pool: pools.jobs, tasks: { later: async (payload) => void early.push(payload), now: task }, log: silentLog });
    await transaction('commit', async (client) => {
      await addJob(client, 'later', {}, { runAt: new Date(Date.now() + 3_600_000), maxAttempts: 3 });
      await addJob(client, 'now', {});
    });
    await next;
    expect(early).toEqual([]);
    const kept = await pools.doors.query("select max_attempts from graphile_worker.jobs where task_identifier = 'later'");
    expect(kept.rows).toEqual([{ max_attempts: 3 }]);
  });

  it('that run are waited for by a stop, and what became of them is kept', async () => {
    const begun = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const slow: Task = async () => {
      begun.resolve();
      await goOn.promise;
    };
    const running = await startJobs({ pool: pools.jobs, tasks: { slow }, log: silentLog });
    await transaction('commit', (client) => addJob(client, 'slow', {}));
    await begun.promise;
    const stopped = running.stop();
    goOn.resolve();
    await stopped;
    expect((await pools.doors.query("select 1 from graphile_worker.jobs where task_identifier = 'slow'")).rowCount).toBe(0);
  });

  it('can be stopped twice', async () => {
    const one = await startJobs({ pool: pools.jobs, tasks: { look: async () => undefined }, crontab: '* * * * * look', log: silentLog });
    await one.stop();
    await one.stop();
  });
});
