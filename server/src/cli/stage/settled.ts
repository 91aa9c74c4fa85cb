import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { reading } from '../../foundation/db/transaction.ts';
import type { House } from '../../procedure/house.ts';

interface Rest {
  readonly pending: number;
  readonly laid: number;
  readonly sealed: number;
  readonly heard: number;
  readonly unsent: number;
}

const patience = 60_000;

/**
 * Waits until a running house has nothing left to do by itself: every record is sealed and heard by every subscriber, every message has
 * reached its platform. Looked at in one statement, so that no effect slips between two looks.
 * @throws Error where it makes no headway for a minute
 */
export async function settled({ db }: Pick<House, 'db'>): Promise<void> {
  let before = '';
  for (let until = Date.now() + patience; ; await wait(50)) {
    const rest = await db.begin('doors', async (tx) => {
      const { rows } = await sql<Rest>`select
        (select count(*) from records.pending) as pending,
        (select coalesce(max(index) + 1, 0) from records.leaf) as laid,
        (select coalesce(max(size), 0) from records.checkpoint) as sealed,
        (select coalesce(min(next), 0) from records.subscriber) as heard,
        (select count(*) from perisai.outbox where done_at is null and dead_at is null and answered_at is null) as unsent`.execute(
        reading(tx),
      );
      return rows[0] as Rest;
    });
    if (rest.pending === 0 && rest.sealed === rest.laid && rest.heard >= rest.laid && rest.unsent === 0) return;
    const now = JSON.stringify(rest);
    if (now !== before) until = Date.now() + patience;
    else if (Date.now() > until) throw new Error(`The house does not come to rest: ${now}`);
    before = now;
  }
}
