import type { Tx } from '../foundation/db/transaction.ts';
import { findBundle, inBundle } from './bundle.sql.ts';
import type { Decision } from './decision.ts';
import { findEnding } from './ending.sql.ts';
import { findAloneAmong } from './glass.sql.ts';
import { findProposalAmong } from './proposal.sql.ts';
import { originOf } from './standing.ts';

/** Who made up their mind to a decision; null: a machine, nobody, or somebody erased since. None of them is the second person on it. */
export interface MadeBy {
  readonly decidedBy: string | null;
  /** Who proposed it, where it needed two. */
  readonly proposedBy: string | null;
  /** Who reviewed what was decided alone; who suspended the account that another ended. */
  readonly others: readonly (string | null)[];
}

/** Who made up their mind to a decision. What was decided as one was proposed as one, what follows for an account with it. */
export async function madeBy(tx: Tx, decision: Decision): Promise<MadeBy> {
  const first = await originOf(tx, decision);
  const about = first.follows ?? first.id;
  const bundle = await findBundle(tx, about);
  const made = [...new Set([...(bundle === undefined ? [about] : await inBundle(tx, bundle)), first.id])];
  const ending = first.targetKind === 'account' && first.supersedes !== null ? await findEnding(tx, first.supersedes) : undefined;
  return {
    decidedBy: first.decidedBy,
    proposedBy: (await findProposalAmong(tx, made))?.proposedBy ?? null,
    others: [(await findAloneAmong(tx, made))?.reviewedBy ?? null, ending?.proposedBy ?? null],
  };
}
