import { sql } from 'kysely';
import { inLanes } from '../../cases/questions.ts';
import { reading, type Tx } from '../../foundation/db/transaction.ts';
import type { Lanes } from '../../staff/questions.ts';

/** A file of a snapshot that is not there. */
export interface MissingMediaRow {
  readonly id: string;
  readonly service: string;
  readonly state: 'awaited' | 'failed';
  /** Why it is not to be had. */
  readonly reason: string | null;
  readonly awaitedAt: Date;
  /** The newest case that is about it; null where there is none. */
  readonly case: string | null;
  readonly harm: string | null;
  readonly tries: number | null;
  /** What the last try said. */
  readonly failure: string | null;
  readonly nextAt: Date | null;
}

/** Minutes after which a file that is still awaited is an alarm. */
const patienceMinutes = 10;

/**
 * Files whose absence somebody should see, the longest missing first: awaited for more than ten minutes, or not to be had; until their case is
 * closed, and, where there is none, for a week. What was handed in again is not looked for twice. Walks media_missing, then case_by_item.
 */
export async function missingMedia(tx: Tx, lanes: Lanes, now: Date, limit: number): Promise<readonly MissingMediaRow[]> {
  const before = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
  const { rows } = await sql<MissingMediaRow>`
    select m.id, i.service, m.state, m.reason, m.awaited_at as "awaitedAt", c.id as case, c.harm, f.tries, f.failure, f.next_at as "nextAt"
    from subjects.media m
    join subjects.revision r on r.id = m.revision
    join subjects.item i on i.id = r.item
    left join perisai.media_fetch f on f.media = m.id
    left join lateral (
      select c.id, c.state, c.harm from cases.case c join cases.target t on t.case_id = c.id and t.item = c.item and t.revision = m.revision
      where c.item = r.item order by c.opened_at desc limit 1) c on true
    where m.state <> 'kept' and not r.complete and (c.id is null or ${inLanes(lanes)})
      and (m.state = 'failed' or m.awaited_at < ${before(patienceMinutes)})
      and (c.state <> 'closed' or (c.state is null and m.awaited_at > ${before(7 * 24 * 60)}))
      and not exists (select from subjects.media later where later.revision = m.revision and later.place = m.place
        and (later.awaited_at, later.id) > (m.awaited_at, m.id))
    order by m.awaited_at, m.id limit ${limit}`.execute(reading(tx));
  return rows;
}
