import type { Tx } from '../../foundation/db/transaction.ts';
import { keyedDigest } from '../../foundation/digest.ts';
import { append } from '../../records/index.ts';
import * as subjects from '../../subjects/index.ts';
import type { House } from '../house.ts';
import { namedNow, noteAccounts } from './snapshot.ts';

/** What a platform knows an account by: already a hash when it comes to us. */
export interface Identifier {
  readonly kind: subjects.IdentifierKind;
  /** Hex of 32 bytes. */
  readonly hash: string;
}

/**
 * Keeps by what a platform knows an account, so that somebody whose account was ended is recognised when they register again (Code 4.2.5). What
 * is handed in is hashed once more under this installation's secret, lies under a purpose of its own, and is erased with it. Twice is once.
 * Who resembles whom is looked for by who hears the record (`recogniseIdentified`): neither the answer nor its time says anything of it.
 * Returns how many were new.
 */
export async function identify(
  house: House,
  tx: Tx,
  service: string,
  externalId: string,
  identifiers: readonly Identifier[],
): Promise<number> {
  const account = subjects.accountId(house.secret, service, externalId);
  const linking = { role: 'account', party: account, purpose: 'linking' } as const;
  // Whoever is recognised is to be named to the platform: so the account is noted, as whoever writes or reports is.
  await noteAccounts(house, tx, service, await namedNow(house, tx, service, [{ id: externalId }]), [linking]);
  const kept = await subjects.identifiersOf(tx, account);
  const given = new Map(
    identifiers.map(({ kind, hash }) => {
      const digest = keyedDigest(house.secret, 'identifier', service, kind, hash);
      return [`${kind} ${digest}`, { kind, digest }];
    }),
  );
  const fresh = [...given.values()].filter(({ kind, digest }) => !kept.some((one) => one.kind === kind && one.digest === digest));
  if (fresh.length === 0) return 0;
  await subjects.identify(
    await append(house, tx, {
      kind: 'account.identified',
      service,
      parties: [linking],
      payload: { identifiers: fresh },
    }),
  );
  return fresh.length;
}
