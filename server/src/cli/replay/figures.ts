import { openCheckpoint } from '@perisai/log';
import { sql } from 'kysely';
import { reading, type Tx } from '../../foundation/db/transaction.ts';
import type { House } from '../../procedure/house.ts';

export type Counts = Readonly<Record<string, number>>;

/** What the house has of one service, counted from its tables and, apart from them, from its records. */
export interface Figures {
  readonly verdicts: Counts;
  readonly cases: Counts;
  /** By stage and determination: `final remove`. */
  readonly decisions: Counts;
  readonly actions: Counts;
  readonly notices: Counts;
  readonly clocks: readonly { readonly clock: string; readonly kept: number; readonly late: number; readonly running: number }[];
  /** Of the log from `from` on. */
  readonly records: Counts;
  /** By the signed checkpoint outside the database: leaves from `from` on. */
  readonly sealed: number;
  /** What was allowed, by the records that count it. */
  readonly allowed: number;
}

/** Reads all of it. The house is at rest: nothing is written meanwhile. */
export async function figuresOf(house: Pick<House, 'db' | 'blobs' | 'signer'>, service: string, from: number): Promise<Figures> {
  return house.db.begin('doors', async (tx) => ({
    verdicts: await counts(
      tx,
      sql`select verdict as name, count(*) as n from screening.verdict where service = ${service} group by 1 order by 1`,
    ),
    cases: await counts(tx, sql`select state as name, count(*) as n from cases."case" where service = ${service} group by 1 order by 1`),
    decisions: await counts(
      tx,
      sql`select stage || ' ' || determination as name, count(*) as n from decisions.decision where service = ${service} group by 1 order by 1`,
    ),
    actions: await counts(
      tx,
      sql`select state as name, count(*) as n from enforcement.action where service = ${service} group by 1 order by 1`,
    ),
    notices: await counts(
      tx,
      sql`select state as name, count(*) as n from notices.notice where service = ${service} group by 1 order by 1`,
    ),
    clocks: await clocks(tx, service),
    records: await counts(
      tx,
      sql`select r.kind as name, count(*) as n from records.leaf l join records.record r on r.id = l.record where l.index >= ${from} group by 1 order by 1`,
    ),
    sealed: (await sealedSize(house)) - from,
    allowed: await allowed(tx, service, from),
  }));
}

async function counts(tx: Tx, statement: ReturnType<typeof sql>): Promise<Counts> {
  const { rows } = await statement.execute(reading(tx));
  return Object.fromEntries((rows as { name: string; n: number }[]).map(({ name, n }) => [name, n]));
}

async function clocks(tx: Tx, service: string): Promise<Figures['clocks']> {
  const { rows } = await sql<Figures['clocks'][number]>`
    select k.clock, count(*) filter (where k.stopped_at <= k.due_at) as kept, count(*) filter (where k.stopped_at > k.due_at) as late,
      count(*) filter (where k.stopped_at is null) as running
    from cases.clock k join cases."case" c on c.id = k.case_id where c.service = ${service} group by 1 order by 1`.execute(reading(tx));
  return rows;
}

async function allowed(tx: Tx, service: string, from: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select coalesce(sum((r.line::jsonb #>> '{payload,allowed}')::int), 0)::int as n
    from records.leaf l join records.record r on r.id = l.record
    where l.index >= ${from} and r.kind = 'screening.counted' and r.line::jsonb ->> 'service' = ${service}`.execute(reading(tx));
  return rows[0]?.n ?? 0;
}

/** How many records the newest signed checkpoint covers. */
export async function sealedSize({ blobs, signer }: Pick<House, 'blobs' | 'signer'>): Promise<number> {
  const note = await blobs.get('log/checkpoint');
  return note === null ? 0 : openCheckpoint(note.toString('utf8'), signer.vkey).size;
}
