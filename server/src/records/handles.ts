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
 * that uses it can commit; if it never does, the key is an orphan and the sweeper takes it away.
 */
export async function handlesOf(spine: Spine, tx: Tx, parties: readonly Party[]): Promise<ReadonlyMap<Party, string>> {
  const cache = known.get(tx) ?? new Map<string, string>();
  known.set(tx, cache);
  const missing = () => parties.filter((party) => !cache.has(nameOf(party)));
  if (missing().length > 0) await holdHandles(tx, missing());
  await lookUp(tx, missing(), cache);
  const unborn = [...new Map(missing().map((party) => [nameOf(party), party])).values()];
  if (unborn.length > 0) {
    const born = unborn.map((party) => ({ handle: spine.random.bytes(16), party: party.party, purpose: party.purpose }));
    await Promise.all(born.map(({ handle }) => spine.keys.create(handle.toString('base64'))));
    await insertHandles(tx, born);
    // Read back: somebody else may have been first.
    await lookUp(tx, unborn, cache);
  }
  return new Map(parties.map((party) => [party, cache.get(nameOf(party)) as string]));
}

async function lookUp(tx: Tx, parties: readonly Party[], into: Map<string, string>): Promise<void> {
  if (parties.length === 0) return;
  for (const row of await findHandles(tx, parties)) into.set(nameOf(row), row.handle.toString('base64'));
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
