import type { Tx } from '../foundation/db/transaction.ts';
import { findBundle, inBundle } from './bundle.sql.ts';
import type { Decision } from './decision.ts';
import { findAloneAmong } from './glass.sql.ts';
import { findProposalAmong } from './proposal.sql.ts';

/** Who made up their mind to a decision; null: a machine, nobody, or somebody erased since. None of them is the second person on it. */
export interface MadeBy {
  readonly decidedBy: string | null;
  /** Who proposed it, where it needed two; of what was decided alone, who reviewed it. */
  readonly proposedBy: string | null;
}

/** Who made up their mind to a decision. What was decided as one was proposed as one, what follows for an account with it. */
export async function madeBy(tx: Tx, { id, follows, decidedBy }: Decision): Promise<MadeBy> {
  const about = follows ?? id;
  const bundle = await findBundle(tx, about);
  const made = bundle === undefined ? [about] : await inBundle(tx, bundle);
  return { decidedBy, proposedBy: (await findProposalAmong(tx, made))?.proposedBy ?? (await findAloneAmong(tx, made))?.reviewedBy ?? null };
}
