import { sql } from 'kysely';
import { reading, type Tx, technical } from '../foundation/db/transaction.ts';

export async function ensureSubscriber(tx: Tx, name: string): Promise<void> {
  await sql`insert into records.subscriber (name) values (${name}) on conflict do nothing`.execute(technical(tx));
}

/** Takes the cursor of a subscriber for this transaction; undefined while another process has it. */
export async function takeCursor(tx: Tx, name: string): Promise<number | undefined> {
  const { rows } = await sql<{ next: number }>`select next from records.subscriber where name = ${name} for update skip locked`.execute(
    technical(tx),
  );
  return rows[0]?.next;
}

export async function moveCursor(tx: Tx, name: string, next: number): Promise<void> {
  await sql`update records.subscriber set next = ${next}, failed_at = null, failure = null where name = ${name}`.execute(technical(tx));
}

export async function noteFailure(tx: Tx, name: string, at: Date, failure: string): Promise<void> {
  await sql`update records.subscriber set failed_at = ${at}, failure = ${failure} where name = ${name}`.execute(technical(tx));
}

/** The next record of these kinds from an index on, within a window of 10,000 leaves; and where the window ends. Served by the keys of leaf and record. */
export async function nextOfKinds(
  tx: Tx,
  from: number,
  kinds: readonly string[],
): Promise<{ hit: { index: number; record: string } | undefined; end: number }> {
  // The end first: leaves laid between the two statements are beyond it, and are heard next time instead of being passed over.
  const { rows: ends } = await sql<{
    end: number;
  }>`select coalesce(max(index) + 1, ${from}::bigint) as end from records.leaf where index >= ${from} and index < ${from + 10_000}`.execute(
    reading(tx),
  );
  const end = ends[0]?.end ?? from;
  const { rows } = await sql<{ index: number; record: string }>`
    select l.index, l.record from records.leaf l
    cross join lateral (select kind from records.record where id = l.record offset 0) r -- leaf by leaf: else the whole window is joined and sorted
    where l.index >= ${from} and l.index < ${end} and r.kind = any(${kinds}::text[]) order by l.index limit 1`.execute(reading(tx));
  return { hit: rows[0], end };
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
