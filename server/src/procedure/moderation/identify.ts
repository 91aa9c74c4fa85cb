import type { Tx } from '../../foundation/db/transaction.ts';
import { keyedDigest } from '../../foundation/digest.ts';
import { append } from '../../records/index.ts';
import * as subjects from '../../subjects/index.ts';
import type { House } from '../house.ts';
import { standingOf } from './standing.ts';

/** What a platform knows an account by: already a hash when it comes to us. */
export interface Identifier {
  readonly kind: subjects.IdentifierKind;
  /** Hex of 32 bytes. */
  readonly hash: string;
}

/**
 * Keeps by what a platform knows an account, so that somebody whose account was ended is recognised when they register again (Code 4.2.5). What
 * is handed in is hashed once more under this installation's secret, lies under a purpose of its own, and is erased with it. Twice is once.
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
      parties: [{ role: 'account', party: account, purpose: 'linking' }],
      payload: { identifiers: fresh },
    }),
  );
  return fresh.length;
}

/** An account that was ended and is known by the same. */
export interface Resemblance {
  readonly account: string;
  readonly kinds: readonly string[];
}

/**
 * Ended accounts that this one shares an identifier with: a hint for the person who decides. It decides nothing: brothers share a telephone,
 * and a linked account's strikes are not counted.
 */
export async function resemblances(house: Pick<House, 'clock'>, tx: Tx, account: string): Promise<Resemblance[]> {
  const found: Resemblance[] = [];
  for (const one of await subjects.sharingWith(tx, account))
    if ((await standingOf(house, tx, one.account)).state === 'terminated') found.push(one);
  return found;
}
