import * as appeals from '../../appeals/index.ts';
import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import * as subjects from '../../subjects/index.ts';

/** What two accounts have in common, one of which is ended. */
export interface Match {
  readonly ended: string;
  /** The decision that ended it, and stands. */
  readonly by: decisions.Decision;
  readonly shared: subjects.Sharing['shared'];
}

/** Ended accounts that this one has something in common with, those that were ended first at the front; and whether it is itself ended. */
export async function matchesOf(
  tx: Tx,
  account: string,
  sharing: readonly subjects.Sharing[],
): Promise<{ readonly matches: Match[]; readonly isEnded: boolean }> {
  const ending = await decisions.terminating(tx, [account, ...sharing.map((one) => one.account)]);
  const matches = ending.flatMap((by) => {
    const found = sharing.find((one) => one.account === by.account);
    return found ? [{ ended: found.account, by, shared: found.shared }] : [];
  });
  return { matches, isEnded: ending.some((one) => one.account === account) };
}

/** What speaks against its being the same person. */
export type Doubt = 'one-thing' | 'common' | 'before' | 'contested' | 'age' | 'language';

/** An ended account whose holder this may be: a hint for the person who decides. */
export interface Resemblance extends Match {
  readonly kinds: readonly string[];
  /** What the case was about in which it was ended: not everybody may read it. */
  readonly harm: string | undefined;
  readonly confidence: subjects.Confidence;
  readonly doubts: readonly Doubt[];
}

/**
 * Ended accounts whose holder may have come back with this one: those that share something with it now, but for the ones of which a person found
 * that it is somebody else. Of an account that is itself ended, those that it was linked to before: whoever hears the appeal sees them. It decides nothing: brothers share a telephone, and a linked account's strikes are not counted.
 */
export async function resemblances(tx: Tx, account: string): Promise<Resemblance[]> {
  const sharing = await subjects.sharingWith(tx, account);
  if (sharing.length === 0) return [];
  const { matches, isEnded } = await matchesOf(tx, account, sharing);
  const links = await subjects.linksOf(tx, account);
  const found: Resemblance[] = [];
  for (const match of matches) {
    const state = links.find(({ ended }) => ended === match.ended)?.state;
    if (state === 'undone' || (isEnded && state === undefined)) continue;
    found.push({
      ...match,
      kinds: match.shared.map(({ kind }) => kind),
      harm: (await cases.caseOf(tx, match.by.case))?.harm,
      confidence: subjects.confidenceOf(match.shared),
      doubts: await doubtsOf(tx, account, match),
    });
  }
  return found;
}

async function doubtsOf(tx: Tx, account: string, { ended, by, shared }: Match): Promise<Doubt[]> {
  const [one, other] = [await subjects.account(tx, account), await subjects.account(tx, ended)];
  const since = await subjects.identifiedSince(tx, account);
  const differ = (a: string | null | undefined, b: string | null | undefined) => a != null && b != null && a !== b;
  const said: readonly (readonly [Doubt, boolean])[] = [
    ['one-thing', shared.length === 1],
    ['common', shared.some(subjects.isCommon)],
    ['before', since !== null && since < by.decidedAt],
    ['contested', await appeals.isContested(tx, by.id)],
    ['age', differ(one?.ageBand, other?.ageBand)],
    ['language', differ(one?.language, other?.language)],
  ];
  return said.flatMap(([doubt, holds]) => (holds ? [doubt] : []));
}
