import { type Kysely, Kysely as KyselyRoot, PostgresDialect, sql, type Transaction } from 'kysely';
import type { Pools } from './pools.ts';

/**
 * One open transaction. Opaque on purpose: whoever holds it can read through `reading`, write technical tables through `technical`, and
 * change state only through a `Because` that `records.append` made on it. So a change without a record does not compile.
 */
export class Tx {
  readonly #inner: Transaction<unknown>;
  readonly #after: (() => void)[] = [];

  constructor(inner: Transaction<unknown>) {
    this.#inner = inner;
  }

  /** Runs after the commit, in this process only. For nudges that shorten a beat: nothing may depend on it, a crash skips it. */
  afterCommit(nudge: () => void): void {
    this.#after.push(nudge);
  }

  /** @internal the one door to the connection, used by this file and by records/because.ts */
  static open(tx: Tx): Transaction<unknown> {
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
  const roots: Record<PoolName, Kysely<unknown>> = {
    doors: new KyselyRoot({ dialect: new PostgresDialect({ pool: pools.doors }) }),
    spine: new KyselyRoot({ dialect: new PostgresDialect({ pool: pools.spine }) }),
    jobs: new KyselyRoot({ dialect: new PostgresDialect({ pool: pools.jobs }) }),
  };
  return {
    async begin(pool, work) {
      let tx: Tx | undefined;
      const result = await roots[pool].transaction().execute((inner) => {
        tx = new Tx(inner);
        return work(tx);
      });
      if (tx) Tx.committed(tx);
      return result;
    },
    waiting: (pool) => pools[pool].waitingCount,
    end: () => pools.end(),
  };
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
