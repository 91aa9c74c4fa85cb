import { type CompiledQuery, DefaultQueryExecutor, type Kysely, Kysely as KyselyRoot, PostgresDialect, sql } from 'kysely';
import type pg from 'pg';
import { Line } from './line.ts';
import type { NamingClient, Pools } from './pools.ts';

/**
 * One open transaction. Opaque on purpose: whoever holds it can read through `reading`, write technical tables through `technical`, and
 * change state only through a `Because` that `records.append` made on it. So a change without a record does not compile.
 */
export class Tx {
  readonly #inner: Kysely<unknown>;
  readonly #after: (() => void)[] = [];

  constructor(inner: Kysely<unknown>) {
    this.#inner = inner;
  }

  /** Runs after the commit, in this process only. For nudges that shorten a beat: nothing may depend on it, a crash skips it. */
  afterCommit(nudge: () => void): void {
    this.#after.push(nudge);
  }

  /** @internal the one door to the connection, used by this file and by records/because.ts */
  static open(tx: Tx): Kysely<unknown> {
    return tx.#inner;
  }

  /** @internal */
  static committed(tx: Tx): void {
    for (const nudge of tx.#after) nudge();
  }
}

export type PoolName = 'doors' | 'spine' | 'jobs';

/** Transactions on three pools, so that a busy door never starves the sealer or a timer. */
export interface Database {
  /** Read committed; commits when `work` resolves, rolls back when it throws. Durable when it returns. */
  begin<T>(pool: PoolName, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Requests that wait for a connection of that pool: the doors answer 503 when this grows. */
  waiting(pool: PoolName): number;
  end(): Promise<void>;
}

export function openDatabase(pools: Pools): Database {
  return {
    begin: (pool, work) => transact(pools[pool], work),
    waiting: (pool) => pools[pool].waitingCount,
    end: () => pools.end(),
  };
}

async function transact<T>(pool: pg.Pool, work: (tx: Tx) => Promise<T>): Promise<T> {
  // every connection of our pools is one
  const client = (await pool.connect()) as pg.PoolClient & NamingClient;
  const line = new Line(client);
  const tx = new Tx(statementsOn(line));
  let lost = false;
  let result: T;
  try {
    line.begin();
    result = await work(tx);
    await line.commit();
  } catch (error) {
    await line.rollback().catch(() => {
      lost = true;
    });
    throw error;
  } finally {
    client.release(lost);
  }
  Tx.committed(tx);
  return result;
}

const dialect = new PostgresDialect({ pool: () => Promise.reject(new Error('Connections are taken by transact.')) });
const [driver, compiler, adapter] = [dialect.createDriver(), dialect.createQueryCompiler(), dialect.createAdapter()];

/** Not `Kysely.transaction()`, which sends each statement only when the one before is answered. */
function statementsOn(line: Line): Kysely<unknown> {
  return new KyselyRoot({ config: { dialect }, dialect, driver, executor: new OnLine(line) });
}

/** A statement that cannot even be put into words is one that fails, also where nobody waits for it. */
class OnLine extends DefaultQueryExecutor {
  readonly #line: Line;

  constructor(line: Line) {
    super(compiler, adapter, { provideConnection: (consumer) => consumer(line) });
    this.#line = line;
  }

  override compileQuery(...given: Parameters<DefaultQueryExecutor['compileQuery']>): CompiledQuery {
    try {
      return super.compileQuery(...given);
    } catch (error) {
      this.#line.fail(error);
      throw error;
    }
  }
}

/**
 * For a statement whose answer tells nothing: it goes with the next one that somebody waits for, the commit at the latest, and what it fails of
 * is thrown there, and nothing is kept without it. A builder's `insert` without `returning` and `on conflict` does so by itself.
 */
export function later(statement: Promise<unknown>): void {
  statement.catch(() => undefined);
}

/** Asks the database for nothing, to know that it answers. */
export async function ping(db: Database): Promise<void> {
  await db.begin('doors', (tx) => sql`select 1`.execute(reading(tx)));
}

/** Typed statements on one open transaction. */
export type Statements<Tables> = Kysely<Tables>;

/** Typed SELECTs. Used in `*.sql.ts` and `views/` only; a write through it is refused by review, and by grant where it matters. */
export function reading<Tables>(tx: Tx): Statements<Tables> {
  return Tx.open(tx) as unknown as Statements<Tables>;
}

/**
 * Typed statements on technical tables (sessions, leases, idempotency keys, cursors, jobs, outbox): they say nothing about what happened,
 * need no record and stand outside the fold. The list of them is `records/fold.ts`.
 */
export function technical<Tables>(tx: Tx): Statements<Tables> {
  return Tx.open(tx) as unknown as Statements<Tables>;
}
