import { sql } from 'kysely';
import { reading, type Tx, technical } from '../foundation/db/transaction.ts';
import type { Purpose } from './kinds.ts';

interface HandleRow {
  handle: Buffer;
  party: string;
  purpose: Purpose;
}
interface Tables {
  'records.handle': HandleRow;
}

const lockOf = (place: { readonly party: string; readonly purpose: Purpose }) => `${place.purpose}:${place.party}`;

/**
 * Keeps the handles of these parties from being forgotten until the transaction ends. A statement of its own, before they are looked up: else
 * a record could be committed under a handle whose erasure is committing at that moment, with a text that nobody will ever read.
 */
export async function holdHandles(tx: Tx, parties: readonly { readonly party: string; readonly purpose: Purpose }[]): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(hashtextextended(name, 7358)) from unnest(${parties.map(lockOf)}::text[]) as held(name)`.execute(
    reading(tx),
  );
}

/** Waits for every open transaction that uses this handle, and keeps the next ones waiting until this one ends. */
export async function claimHandle(tx: Tx, party: { readonly party: string; readonly purpose: Purpose }): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${lockOf(party)}, 7358))`.execute(reading(tx));
}

/** Served by handle's unique (party, purpose). By two lists, which PostgreSQL plans once; pairs, or a join with them, it would plan each time. */
export async function findHandles(tx: Tx, parties: readonly { readonly party: string; readonly purpose: Purpose }[]): Promise<HandleRow[]> {
  const ofAny = [[...new Set(parties.map(({ party }) => party))], [...new Set(parties.map(({ purpose }) => purpose))]] as const;
  const { rows } = await sql<HandleRow>`
    select handle, party, purpose from records.handle where party = any(${ofAny[0]}::uuid[]) and purpose = any(${ofAny[1]}::text[])`.execute(
    reading(tx),
  );
  return rows.filter((row) => parties.some(({ party, purpose }) => row.party === party && row.purpose === purpose));
}

/** Whoever is first for a (party, purpose) wins. Gives the rows that were; the caller reads the others. */
export async function insertHandles(tx: Tx, born: HandleRow[]): Promise<HandleRow[]> {
  return technical<Tables>(tx)
    .insertInto('records.handle')
    .values(born)
    .onConflict((on) => on.columns(['party', 'purpose']).doNothing())
    .returning(['handle', 'party', 'purpose'])
    .execute();
}

/** Which parties these handles (base64) mean, by handle; an erased one is not in the answer. Served by the primary key. */
export async function partiesOf(tx: Tx, handles: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (handles.length === 0) return new Map();
  const bytes = handles.map((handle) => Buffer.from(handle, 'base64'));
  const { rows } = await sql<{
    handle: Buffer;
    party: string;
  }>`select handle, party from records.handle where handle = any(${bytes}::bytea[])`.execute(reading(tx));
  return new Map(rows.map((row) => [row.handle.toString('base64'), row.party]));
}

/** Handles (base64) of people of whom the newest of the records before a time speak, and who are not erased. Served by leaf's and record_party's keys. */
export async function newestHandles(tx: Tx, before: Date, limit: number): Promise<string[]> {
  const { rows } = await sql<{ handle: string }>`
    select encode(h.handle, 'base64') as handle
    from (select index, record from records.leaf order by index desc limit 5000) l
    join records.record r on r.id = l.record
    join records.record_party p on p.record = l.record
    join records.handle h on h.handle = p.handle
    where r.recorded_at < ${before} group by h.handle order by max(l.index) desc limit ${limit}`.execute(reading(tx));
  return rows.map(({ handle }) => handle);
}

/** Takes the row from handle to party away: part of an erasure. */
export async function deleteHandle(tx: Tx, handle: Buffer): Promise<void> {
  await technical<Tables>(tx).deleteFrom('records.handle').where('handle', '=', handle).execute();
}
