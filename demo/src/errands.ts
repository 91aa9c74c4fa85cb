import { randomUUID } from 'node:crypto';
import type { Sql } from './database.ts';

/** What each kind of errand has to remember. */
export interface Tasks {
  screen: { post: string; revision: number };
  report: { report: string; body: Record<string, unknown> };
  appeal: { appeal: string; body: Record<string, unknown> };
  /** `post` is the target's id, `of` its kind; an errand of an older Warung has none and is about an item. */
  acknowledge: { action: string; url: string; post: string; of?: string; seq: number; lie: boolean };
  reconcile: Record<string, never>;
}

export type Kind = keyof Tasks;

/** Something Warung owes Perisai. `key` is its Idempotency-Key, fixed before the first try. Of one lane, the oldest goes first and alone. */
export type Errand = { [K in Kind]: { id: string; kind: K; lane: string; key: string; task: Tasks[K]; attempts: number } }[Kind];

/** Writes an errand into the caller's transaction; it leaves after the commit, until Perisai has answered. Answers its id. */
export async function owe<K extends Kind>(sql: Sql, errand: { kind: K; lane: string; task: Tasks[K] }): Promise<string> {
  const id = randomUUID();
  await sql.query('insert into warung.errand (id, kind, lane, key, task) values ($1, $2, $3, $4, $5)', [
    id,
    errand.kind,
    errand.lane,
    randomUUID(),
    JSON.stringify(errand.task),
  ]);
  return id;
}

/** The oldest open errand of each lane, soonest first, with the milliseconds until it is due (≤ 0: now). */
export async function heads(sql: Sql): Promise<(Errand & { wait: number })[]> {
  const text = `select * from (
      select distinct on (lane) id, kind, lane, key, task, attempts, due_at,
        (extract(epoch from due_at - clock_timestamp()) * 1000)::float8 as wait
      from warung.errand where done_at is null order by lane, seq
    ) head order by due_at limit 64`;
  return (await sql.query<Errand & { wait: number }>(text)).rows;
}

/** Has it been tried, or done? */
export async function tried(sql: Sql, id: string): Promise<boolean> {
  const text = 'select 1 from warung.errand where id = $1 and (attempts > 0 or done_at is not null)';
  return (await sql.query(text, [id])).rowCount !== 0;
}

/** Done, or given up for the reason in `fault`. */
export async function close(sql: Sql, id: string, fault: string | null): Promise<void> {
  await sql.query('update warung.errand set done_at = now(), attempts = attempts + 1, fault = $2 where id = $1', [id, fault]);
}

/** To be tried again in `wait` ms. */
export async function postpone(sql: Sql, id: string, fault: string, wait: number): Promise<void> {
  await sql.query(
    `update warung.errand set attempts = attempts + 1, fault = $2, due_at = clock_timestamp() + $3 * interval '1 millisecond' where id = $1`,
    [id, fault, wait],
  );
}

/** Perisai answers again: whatever waited for that is due now. */
export async function hurry(sql: Sql): Promise<void> {
  await sql.query('update warung.errand set due_at = now() where done_at is null and due_at > now()');
}

/** How many errands are open. */
export async function open(sql: Sql): Promise<number> {
  return (await sql.query<{ n: number }>('select count(*)::int as n from warung.errand where done_at is null')).rows[0]?.n ?? 0;
}
