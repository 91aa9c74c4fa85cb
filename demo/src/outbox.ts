import type { Database, Sql } from './database.ts';
import type { Errand } from './errands.ts';
import { close, heads, hurry, postpone, tried } from './errands.ts';
import { PerisaiError } from './perisai.ts';

/**
 * One errand, run: `call` asks Perisai (outside any transaction); what it answers with is the effect, applied in the transaction
 * that closes the errand. A crash between the two asks again with the same Idempotency-Key.
 */
export type Run = (errand: Errand) => Promise<(sql: Sql) => Promise<void>>;
/** What remains of an errand that Perisai refused for good. */
export type Refused = (sql: Sql, errand: Errand, error: PerisaiError) => Promise<void>;

export interface Outbox {
  /** There may be something to send. */
  nudge(): void;
  /** Resolves when this errand has been tried once, or after `patience` ms: pages wait that long and then say that it is under way. */
  attempt(id: string, patience: number): Promise<void>;
  /** Takes up no further errand and resolves when the running ones have ended. */
  stop(): Promise<void>;
}

/** Errands that run at the same time. */
const breadth = 8;
/** How long a broken database is left alone, ms. */
const rest = 1_000;

/**
 * The loop that runs errands: at once, then again after `first` ms, doubling up to `cap` ms, for as long as Perisai doesn't answer.
 * Start-up, a new errand and a timer all call the same function. Two processes on one database would only ask twice with one key.
 */
export function openOutbox(
  database: Database,
  run: Run,
  refused: Refused,
  options: { first: number; cap: number; complain: (what: string, error: Error) => void },
): Outbox {
  const running = new Map<string, Promise<void>>();
  const waiting = new Map<string, () => void>();
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  let outage = false;

  async function carryOut(errand: Errand): Promise<void> {
    try {
      const effect = await run(errand);
      await database.transaction(async (sql) => {
        await effect(sql);
        await close(sql, errand.id, null);
      });
      if (outage) {
        outage = false;
        await hurry(database);
      }
    } catch (error) {
      if (!(error instanceof PerisaiError)) {
        options.complain(`${errand.kind} ${errand.id}`, error as Error);
        await postpone(database, errand.id, String(error), options.cap);
      } else if (error.final) {
        await database.transaction(async (sql) => {
          await refused(sql, errand, error);
          await close(sql, errand.id, error.message);
        });
        options.complain(`${errand.kind} ${errand.id} was refused`, error);
      } else {
        outage ||= error.status === 0 || error.status >= 500;
        await postpone(database, errand.id, error.message, Math.min(options.cap, options.first * 2 ** Math.min(errand.attempts, 20)));
      }
    }
  }

  async function look(): Promise<void> {
    clearTimeout(timer);
    const due = await heads(database);
    for (const errand of due.filter((each) => each.wait <= 0 && !running.has(each.id)).slice(0, Math.max(0, breadth - running.size))) {
      const task = carryOut(errand)
        .catch((error: Error) => options.complain('the outbox', error))
        .finally(() => {
          running.delete(errand.id);
          waiting.get(errand.id)?.();
          nudge();
        });
      running.set(errand.id, task);
    }
    const next = Math.min(...due.filter((each) => each.wait > 0).map((each) => each.wait));
    if (Number.isFinite(next)) later(next + 1);
  }

  function later(wait: number): void {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(nudge, wait);
  }

  function nudge(): void {
    again = true;
    if (looking !== null || stopped) return;
    looking = (async () => {
      while (again && !stopped) {
        again = false;
        await look();
      }
    })()
      .catch((error: Error) => {
        options.complain('the outbox', error);
        again = false;
        later(rest);
      })
      .finally(() => {
        looking = null;
        if (again) nudge();
      });
  }

  return {
    nudge,
    async attempt(id, patience) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const limit = setTimeout(resolve, patience);
      waiting.set(id, resolve);
      if (await tried(database, id)) resolve();
      nudge();
      await promise;
      clearTimeout(limit);
      waiting.delete(id);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await looking;
      await Promise.all(running.values());
    },
  };
}
