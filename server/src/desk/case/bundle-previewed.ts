import * as cases from '../../cases/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { partsOf, sharesOf } from '../../procedure/casework/index.ts';
import type { Visit } from '../frame.ts';
import { fitting } from './bundle-form.ts';
import { judgementOf } from './bundle-judgement.ts';
import type { BundlePreview } from './bundle-shares.ts';
import { suggested } from './case.ts';
import type { BundleAbout, Typed } from './shown.ts';

/**
 * What would follow for each author from what is typed; before anything is typed, from the clause that was suggested. Null where nothing was, and
 * where what is typed can't be decided: the step says why when it is sent.
 */
export async function previewBundle(
  visit: Visit,
  tx: Tx,
  { case: about, bundle }: BundleAbout,
  typed: Typed = {},
): Promise<BundlePreview | null> {
  const { members } = bundle;
  const clause = about.guidelines.clauseOf(typed.clause ?? suggested(about) ?? '') ?? null;
  const fits = fitting(members);
  const determination = fits.find((one) => one === (typed.determination ?? clause?.determination)) ?? fits[0] ?? 'none';
  if (about.of.state !== 'open' || members.length < 2 || (clause === null && typed.determination !== 'none')) return null;
  const judgement = {
    ...judgementOf({ measure: 'suggested', ...typed, clause: clause?.id ?? '' }, determination),
    // A reason is asked for when it is decided.
    reason: typed.reason || '…………',
  };
  try {
    const all = await cases.casesOf(
      tx,
      members.map(({ id }) => id),
    );
    const shares = await sharesOf(visit.house, tx, await partsOf(tx, all, judgement), judgement);
    const names = new Map(members.flatMap(({ author, authorName }) => (author && authorName ? [[author, authorName] as const] : [])));
    return { guidelines: about.guidelines, determination, clause: judgement.clause, shares, names, less: typed.less ?? [] };
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}
