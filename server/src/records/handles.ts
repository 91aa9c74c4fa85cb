import type { Tx } from '../foundation/db/transaction.ts';
import { claimHandle, deleteHandle, findHandles, holdHandles, insertHandles } from './handle.sql.ts';
import type { Purpose } from './kinds.ts';
import type { Spine } from './spine.ts';

/** Somebody a record speaks of: our id of the account, contact or staff member, the part they play, and which of their keys is meant. */
export interface Party {
  readonly role: string;
  readonly party: string;
  readonly purpose: Purpose;
}

const known = new WeakMap<Tx, Map<string, string>>();
const nameOf = (party: Pick<Party, 'party' | 'purpose'>) => `${party.purpose}:${party.party}`;

/**
 * The handles of these parties, made where there is none yet. A new handle's data key is durable in the key store *before* the transaction
 * that uses it can commit; if it never does, the key stays behind as an orphan that opens nothing.
 *
 * A step that writes several records calls it first with everybody they will speak of: then all keys are made durable by one write, and the
 * records find their handles known. Call it after accounts and before items are locked: whoever is first with a handle keeps others waiting.
 */
export async function handlesOf(spine: Spine, tx: Tx, parties: readonly Party[]): Promise<ReadonlyMap<Party, string>> {
  const cache = known.get(tx) ?? new Map<string, string>();
  known.set(tx, cache);
  const missing = () => parties.filter((party) => !cache.has(nameOf(party)));
  const wanted = missing();
  if (wanted.length > 0) await Promise.all([holdHandles(tx, wanted), lookUp(tx, wanted, cache)]);
  const unborn = new Map(missing().map((party) => [nameOf(party), party]));
  if (unborn.size > 0) {
    // In one order, so that two transactions that meet the same people never wait for each other.
    const inOrder = [...unborn].sort(([a], [b]) => (a < b ? -1 : 1));
    const born = inOrder.map(([, { party, purpose }]) => ({ handle: spine.random.bytes(16), party, purpose }));
    const [ours] = await Promise.all([insertHandles(tx, born), ...born.map(({ handle }) => spine.keys.create(handle.toString('base64')))]);
    note(ours, cache);
    // Somebody else was first with the rest.
    await lookUp(tx, missing(), cache);
  }
  return new Map(parties.map((party) => [party, cache.get(nameOf(party)) as string]));
}

async function lookUp(tx: Tx, parties: readonly Party[], into: Map<string, string>): Promise<void> {
  if (parties.length > 0) note(await findHandles(tx, parties), into);
}

function note(rows: readonly (Pick<Party, 'party' | 'purpose'> & { readonly handle: Buffer })[], into: Map<string, string>): void {
  for (const row of rows) into.set(nameOf(row), row.handle.toString('base64'));
}

/**
 * Takes the row from handle to party away: part of an erasure. Waits for transactions that write about that person now; the next record about
 * them gets a new handle. What the caller reads after it stays true until it commits.
 * @returns the handle, base64; null where there was none.
 */
export async function forgetParty(tx: Tx, party: string, purpose: Purpose): Promise<string | null> {
  await claimHandle(tx, { party, purpose });
  const [row] = await findHandles(tx, [{ party, purpose }]);
  if (!row) return null;
  known.delete(tx);
  await deleteHandle(tx, row.handle);
  return row.handle.toString('base64');
}

/**
 * The uuid that names a person in records and state tables, where an id of theirs would outlive their erasure: their handle for that purpose.
 * Theirs as long as they are not erased; whoever comes back afterwards has another one.
 */
export async function handleAsId(spine: Spine, tx: Tx, party: Party): Promise<string> {
  const handle = Buffer.from((await handlesOf(spine, tx, [party])).get(party) as string, 'base64').toString('hex');
  return handle.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
