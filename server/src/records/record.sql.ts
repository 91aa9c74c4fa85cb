import type { LeafRecord } from '@perisai/log';
import { sql } from 'kysely';
import { later, reading, type Tx, technical } from '../foundation/db/transaction.ts';

/** A confidential value {salt, value}, sealed under the data key of a handle. */
export interface SealedField {
  readonly field: string;
  readonly handle: Buffer;
  readonly sealed: Buffer;
}

/** One statement, up to five tables: the record, its place in the case, its parties, its sealed fields, and its call to the sequencer. */
export function insertRecord(tx: Tx, leaf: LeafRecord, line: string, fields: readonly SealedField[]): void {
  const inCase = sql`, in_case as (insert into records.case_record (case_id, case_seq, record) values (${leaf.case}::uuid, ${leaf.case_seq}::int, ${leaf.id}::uuid))`;
  const party = sql`, party as (insert into records.record_party (record, handle, role)
    select distinct ${leaf.id}::uuid, handle, role from unnest(${leaf.parties.map((p) => Buffer.from(p.handle, 'base64'))}::bytea[], ${leaf.parties.map((p) => p.role)}::text[]) as p(handle, role))`;
  const secret = sql`, secret as (insert into records.confidential (record, field, handle, sealed)
    select ${leaf.id}::uuid, field, handle, sealed from unnest(${fields.map((f) => f.field)}::text[], ${fields.map((f) => f.handle)}::bytea[], ${fields.map((f) => f.sealed)}::bytea[]) as f(field, handle, sealed))`;
  const nothing = sql``;
  const inserted = sql`
    with record as (insert into records.record (id, kind, recorded_at, case_id, line) values (${leaf.id}::uuid, ${leaf.kind}, ${leaf.recorded_at}::timestamptz, ${leaf.case}::uuid, ${line}))
      ${leaf.case === null ? nothing : inCase} ${leaf.parties.length === 0 ? nothing : party} ${fields.length === 0 ? nothing : secret}
    insert into records.pending (record) values (${leaf.id}::uuid)`;
  later(inserted.execute(technical(tx)));
}

/** The last place taken in a case, 0 where there is none. Served by case_record's key. */
export async function lastInCase(tx: Tx, caseId: string): Promise<number> {
  const { rows } = await sql<{
    last: number;
  }>`select coalesce(max(case_seq), 0)::int as last from records.case_record where case_id = ${caseId}`.execute(reading(tx));
  return rows[0]?.last ?? 0;
}

/** Served by the keys of record and leaf. */
export async function findRecord(tx: Tx, id: string): Promise<{ line: string; index: number | null } | undefined> {
  const { rows } = await sql<{ line: string; index: number | null }>`
    select r.line, l.index from records.record r left join records.leaf l on l.record = r.id where r.id = ${id}`.execute(reading(tx));
  return rows[0];
}

/** The sealed fields of some records. Served by confidential's key. */
export async function findSealed(tx: Tx, ids: readonly string[]): Promise<(SealedField & { readonly record: string })[]> {
  const { rows } = await sql<SealedField & { record: string }>`
    select record, field, handle, sealed from records.confidential where record = any(${ids}::uuid[]) order by record, field`.execute(
    reading(tx),
  );
  return rows;
}

interface Happened {
  readonly case: string;
  readonly kind: string;
  readonly party: string;
  readonly since: Date;
  /** What its payload says in the open. */
  readonly saying?: Readonly<Record<string, string | number | null>>;
}

/** Did this person do that in a case, at that time or after? Served by the keys of case_record, record, record_party and handle. */
export async function happenedBy(tx: Tx, { case: of, kind, party, since, saying = {} }: Happened): Promise<boolean> {
  const { rows } = await sql<{ did: boolean }>`
    select exists (
      select from records.case_record c
      join records.record r on r.id = c.record
      join records.record_party p on p.record = c.record and p.role = 'actor'
      join records.handle h on h.handle = p.handle
      where c.case_id = ${of} and r.kind = ${kind} and r.recorded_at >= ${since} and h.party = ${party}
        and r.line::jsonb -> 'payload' @> ${JSON.stringify(saying)}::jsonb) as did`.execute(reading(tx));
  return rows[0]?.did === true;
}

/** The lines of all records of a kind that is rare: walks the partitions, so only for what there are a handful of. */
export async function recordsOfKind(tx: Tx, kind: string): Promise<string[]> {
  const { rows } = await sql<{ line: string }>`select line from records.record where kind = ${kind} order by id`.execute(reading(tx));
  return rows.map((row) => row.line);
}

/** Whose keys were destroyed, in the order of the records' ids, after one of them. Served by record_erasures. */
export async function erasedHandles(tx: Tx, after: string, limit: number): Promise<{ id: string; handle: string }[]> {
  const { rows } = await sql<{ id: string; handle: string }>`
    select id, line::jsonb #>> '{payload,handle}' as handle from records.record
    where kind = 'party.erased' and id > ${after} order by id limit ${limit}`.execute(reading(tx));
  return rows;
}
