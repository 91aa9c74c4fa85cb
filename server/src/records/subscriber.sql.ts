import { sql } from 'kysely';
import { later, reading, type Tx, technical } from '../foundation/db/transaction.ts';

export async function ensureSubscriber(tx: Tx, name: string): Promise<void> {
  await sql`insert into records.subscriber (name) values (${name}) on conflict do nothing`.execute(technical(tx));
}

/** Takes cursors for this transaction; those that another transaction has are left out. */
export async function takeCursors(tx: Tx, names: readonly string[]): Promise<{ name: string; next: number }[]> {
  const { rows } = await sql<{
    name: string;
    next: number;
  }>`select name, next from records.subscriber where name = any(${names}::text[]) for update skip locked`.execute(technical(tx));
  return rows;
}

export function moveCursors(tx: Tx, names: readonly string[], next: number): void {
  if (names.length === 0) return;
  const moved = sql`update records.subscriber set next = ${next}, failed_at = null, failure = null where name = any(${names}::text[])`;
  later(moved.execute(technical(tx)));
}

export async function noteFailure(tx: Tx, name: string, at: Date, failure: string): Promise<void> {
  await sql`update records.subscriber set failed_at = ${at}, failure = ${failure} where name = ${name}`.execute(technical(tx));
}

/** So many leaves are looked at in one statement. */
export const windowOfLeaves = 10_000;

async function endOfWindow(tx: Tx, from: number): Promise<number> {
  const { rows } = await sql<{ end: number }>`
    select coalesce(max(index) + 1, ${from}::bigint) as end from records.leaf where index >= ${from} and index < ${from + windowOfLeaves}`.execute(
    reading(tx),
  );
  return rows[0]?.end ?? from;
}

/** The next record of these kinds from an index on, within a window; and where the window ends. Served by the keys of leaf and record. */
export async function nextOfKinds(
  tx: Tx,
  from: number,
  kinds: readonly string[],
): Promise<{ hit: { index: number; record: string } | undefined; end: number }> {
  const [end, { rows }] = await Promise.all([
    // First, so that a leaf laid between the two statements is beyond the end: it is heard, now or next time, and not passed over.
    endOfWindow(tx, from),
    sql<{ index: number; record: string }>`
      select l.index, l.record from records.leaf l
      cross join lateral (select kind from records.record where id = l.record offset 0) r -- leaf by leaf: else the whole window is joined and sorted
      where l.index >= ${from} and l.index < ${from + windowOfLeaves} and r.kind = any(${kinds}::text[]) order by l.index limit 1`.execute(
      reading(tx),
    ),
  ]);
  return { hit: rows[0], end };
}

/** Which of these kinds there are from an index on, within a window; and where the window ends. Served by the keys of leaf and record. */
export async function kindsFrom(tx: Tx, from: number, kinds: readonly string[]): Promise<{ kinds: ReadonlySet<string>; end: number }> {
  const [end, { rows }] = await Promise.all([
    endOfWindow(tx, from),
    sql<{ kind: string }>`
      select distinct r.kind from records.leaf l
      cross join lateral (select kind from records.record where id = l.record offset 0) r
      where l.index >= ${from} and l.index < ${from + windowOfLeaves} and r.kind = any(${kinds}::text[])`.execute(reading(tx)),
  ]);
  return { kinds: new Set(rows.map(({ kind }) => kind)), end };
}

/** A durable subscriber, and how far it is. */
export interface Lag {
  readonly name: string;
  /** Leaves that it has not passed yet, of whatever kind. */
  readonly behind: number;
  /** Of the record that it is stuck at; null while all goes well. */
  readonly failedAt: Date | null;
  readonly failure: string | null;
}

/** How far each subscriber is behind the log. Served by leaf's key; a row a subscriber, of which there are a dozen. */
export async function lag(tx: Tx): Promise<Lag[]> {
  const { rows } = await sql<Lag>`
    select name, greatest(size - next, 0) as behind, failed_at as "failedAt", failure
    from records.subscriber cross join (select coalesce(max(index) + 1, 0) as size from records.leaf) as log order by name`.execute(
    reading(tx),
  );
  return rows;
}
