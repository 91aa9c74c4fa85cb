import { sql } from 'kysely';
import { reading, type Tx, technical } from '../foundation/db/transaction.ts';

// One sequencer in the whole installation: whoever holds this lock. Any constant will do, as long as nobody else uses it.
const sequencerLock = 7_357_001;

/** Whether this transaction is the sequencer now; freed with the transaction, so that a dead one never blocks the next. */
export async function becomeSequencer(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${sequencerLock}) as mine`.execute(reading(tx));
  return rows[0]?.mine ?? false;
}

/** How many leaves there are. Served by leaf's key. */
export async function treeSize(tx: Tx): Promise<number> {
  const { rows } = await sql<{ size: number }>`select coalesce(max(index) + 1, 0) as size from records.leaf`.execute(reading(tx));
  return rows[0]?.size ?? 0;
}

/** The hash of one leaf. Served by leaf's key. */
export async function leafHashAt(tx: Tx, index: number): Promise<Buffer | undefined> {
  const { rows } = await sql<{ hash: Buffer }>`select hash from records.leaf where index = ${index}`.execute(reading(tx));
  return rows[0]?.hash;
}

// Records are looked up one by one, by a lateral subquery that `offset 0` keeps from being planned as a join: a join reads every record there is
// and sorts them on disk, so that a beat would take longer with each year of records.

/** Committed records that have no place yet, in the order of their insertion. Served by pending's key. */
export async function nextPending(tx: Tx, limit: number): Promise<{ seq: number; record: string; line: string }[]> {
  const { rows } = await sql<{ seq: number; record: string; line: string }>`
    select p.seq, p.record, r.line from (select seq, record from records.pending order by seq limit ${limit}) p
    cross join lateral (select line from records.record where id = p.record offset 0) r order by p.seq`.execute(reading(tx));
  return rows;
}

/** Lays leaves from `first` on and takes them out of pending: one statement, so that neither happens without the other. */
export async function layLeaves(
  tx: Tx,
  first: number,
  leaves: readonly { readonly seq: number; readonly record: string; readonly hash: Uint8Array }[],
): Promise<void> {
  await sql`
    with done as (delete from records.pending where seq = any(${leaves.map((leaf) => leaf.seq)}::bigint[]))
    insert into records.leaf (index, record, hash)
    select ${first}::bigint + place - 1, record, hash
    from unnest(${leaves.map((leaf) => leaf.record)}::uuid[], ${leaves.map((leaf) => leaf.hash)}::bytea[]) with ordinality as laid(record, hash, place)`.execute(
    technical(tx),
  );
}

/** Leaves [first, first + limit) with their lines, ascending. A leaf without a record stands for a declared gap: line null. */
export async function leavesFrom(
  tx: Tx,
  first: number,
  limit: number,
): Promise<{ index: number; record: string | null; hash: Buffer; line: string | null }[]> {
  const { rows } = await sql<{ index: number; record: string | null; hash: Buffer; line: string | null }>`
    select l.index, l.record, l.hash, r.line from records.leaf l
    left join lateral (select line from records.record where id = l.record offset 0) r on true
    where l.index >= ${first} and l.index < ${first + limit} order by l.index`.execute(reading(tx));
  return rows;
}

/** The newest checkpoint that the database knows of. */
export async function lastCheckpoint(tx: Tx): Promise<{ size: number; note: string } | undefined> {
  const { rows } = await sql<{ size: number; note: string }>`select size, note from records.checkpoint order by size desc limit 1`.execute(
    reading(tx),
  );
  return rows[0];
}

export async function insertCheckpoint(tx: Tx, size: number, note: string, sealedAt: Date): Promise<void> {
  await sql`insert into records.checkpoint (size, note, sealed_at) values (${size}, ${note}, ${sealedAt}) on conflict (size) do nothing`.execute(
    technical(tx),
  );
}

/** The leaves of one case from an index on, ascending. Served by case_record's key and leaf's unique record. */
export async function leavesOfCase(
  tx: Tx,
  caseId: string,
  first: number,
  limit: number,
): Promise<{ index: number; record: string | null; hash: Buffer; line: string | null }[]> {
  const { rows } = await sql<{ index: number; record: string | null; hash: Buffer; line: string | null }>`
    select l.index, l.record, l.hash, r.line from records.case_record c join records.leaf l on l.record = c.record join records.record r on r.id = c.record
    where c.case_id = ${caseId} and l.index >= ${first} order by l.index limit ${limit}`.execute(reading(tx));
  return rows;
}

/**
 * How many of the leaves [first, last) say that they were recorded more than `toleranceMs` before one that stands earlier: a sign of
 * back-dating. Read from the lines, which are sealed, not from the column beside them. Served by the keys of leaf and record.
 */
export async function countBackDated(tx: Tx, first: number, last: number, toleranceMs: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (
      select at, max(at) over (order by index rows between unbounded preceding and 1 preceding) as greatest
      from records.leaf l join records.record r on r.id = l.record cross join lateral (select (r.line::jsonb ->> 'recorded_at')::timestamptz as at) as sealed
      where l.index >= ${first} and l.index < ${last}
    ) as told where at < greatest - ${toleranceMs} * interval '1 millisecond'`.execute(reading(tx));
  return rows[0]?.count ?? 0;
}
