import type { Job } from 'graphile-worker';
import { Logger, run } from 'graphile-worker';
import type pg from 'pg';
import { JOBS_SCHEMA } from './db/migrate.ts';
import type { Log } from './log.ts';
import { errorLine } from './log.ts';

/** What a task may know of its job. */
export interface JobContext {
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** True when a failure now is the end of this job. */
  readonly lastAttempt: boolean;
  /** Aborted some seconds after a stop was asked for: what takes longer ends here and is tried again after the next start. */
  readonly signal: AbortSignal | undefined;
}

/** Does one job: runs at least once, perhaps late, perhaps twice. A throw means "later again", with growing pauses (e^attempt seconds). */
export type Task = (payload: unknown, context: JobContext) => Promise<void>;

export interface Jobs {
  /** Takes no more jobs, and returns when those that run have ended. */
  stop(): Promise<void>;
}

export interface JobsOptions {
  readonly pool: pg.Pool;
  readonly tasks: Readonly<Record<string, Task>>;
  /** graphile-worker's crontab form; times are the database's, so they say only how often. */
  readonly crontab?: string;
  readonly log: Log;
}

/**
 * Runs background jobs from the database (graphile-worker), two at a time, beside the one connection that hears of new ones.
 * Deadlines are rows of ours read with the injected clock: a job only says "look now".
 */
export async function startJobs({ pool, tasks, crontab = '', log }: JobsOptions): Promise<Jobs> {
  const runner = await run({
    pgPool: pool,
    schema: JOBS_SCHEMA,
    taskList: Object.fromEntries(Object.entries(tasks).map(([name, task]) => [name, guarded(name, task, log)])),
    crontab,
    concurrency: 2,
    noHandleSignals: true,
    // without these two the runner notes the end of a job without waiting for it: a stop could come before, and a lost connection would
    // end the process by an unhandled rejection
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    // our clients name statements by themselves
    noPreparedStatements: true,
    logger: new Logger(() => (level, message) => {
      // its messages quote errors, and these rows: what failed is written by `guarded`, the rest only while debugging
      if (level === 'error' || level === 'warning') log.warn({ source: 'graphile-worker' }, 'the job runner reports a failure');
      else log.debug({ source: 'graphile-worker' }, message.replace(/\n.*/s, ''));
    }),
  });
  // ended by itself (its connection is gone for good, say): without this the process would end on the rejection
  runner.promise.catch((error: unknown) => log.error({ err: error }, 'the job runner has ended'));
  let stopping: Promise<void> | undefined;
  return {
    stop() {
      stopping ??= runner.stop();
      return stopping;
    },
  };
}

interface TaskHelpers {
  readonly job: Job;
  readonly abortSignal?: AbortSignal | undefined;
}

/** The runner keeps the message of what a task throws in its table and its log; messages quote rows, so it gets the code only. */
function guarded(name: string, task: Task, log: Log) {
  return async (payload: unknown, { job, abortSignal }: TaskHelpers) => {
    const lastAttempt = job.attempts >= job.max_attempts;
    try {
      await task(payload, { attempt: job.attempts, lastAttempt, signal: abortSignal });
    } catch (error) {
      log[lastAttempt ? 'error' : 'warn']({ task: name, job: job.id, attempt: job.attempts, err: error }, 'a job failed');
      const { type, code } = errorLine(error);
      throw new Error(code === undefined ? String(type) : `${String(type)} ${String(code)}`);
    }
  };
}

export interface JobOptions {
  /** Of jobs with the same key that have not begun, only the newest stays. */
  jobKey?: string;
  /** By the database's clock. At once by default. */
  runAt?: Date;
  /** 25 by default: about three days. */
  maxAttempts?: number;
}

/** Whatever sends a statement in the caller's transaction. */
export interface StatementClient {
  query(text: string, values: unknown[]): Promise<unknown>;
}

/** The statement by which a job comes into being; its values are those of `addJobValues`. */
const addJobSql = `select ${JOBS_SCHEMA}.add_job($1::text, payload => $2::json, run_at => $3::timestamptz, max_attempts => $4::int, job_key => $5::text)`;

/** The five values for `addJobSql`, in their order. */
function addJobValues(
  name: string,
  payload: unknown,
  options: JobOptions = {},
): [string, string, string | null, number | null, string | null] {
  return [name, JSON.stringify(payload ?? {}), options.runAt?.toISOString() ?? null, options.maxAttempts ?? null, options.jobKey ?? null];
}

/** Adds a job in the transaction of `client`: it runs when that commits, and never if it doesn't. */
export async function addJob(client: StatementClient, name: string, payload: unknown, options?: JobOptions): Promise<void> {
  await client.query(addJobSql, addJobValues(name, payload, options));
}
