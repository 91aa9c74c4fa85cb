import type { Tx } from '../foundation/db/transaction.ts';
import { findDecision } from './decision.sql.ts';
import type { Decision } from './decision.ts';

/** What stands in the place of a decision. */
export interface Standing {
  /** Itself, or the last of those that superseded it for good. */
  readonly standing: Decision;
  /** The last of all: where something is hidden while it is looked at again, the temporary one. What is decided next takes its place. */
  readonly tip: Decision;
  /** Whether it is the decision itself that stands: hidden for a while and then as before, it is. */
  readonly still: boolean;
}

/** The decision for good that a temporary one hides while it is looked at again, itself where it is one; none where nothing had been decided. */
export async function hiddenBy(tx: Tx, temporary: Decision): Promise<Decision | undefined> {
  let before: Decision | undefined = temporary;
  while (before?.stage === 'temporary') before = before.supersedes === null ? undefined : await findDecision(tx, before.supersedes);
  return before;
}

/**
 * What was decided first of a decision that says the same again, since it was hidden for a while and is as before; else itself. Who made up their
 * mind, since when it counts, with what it was decided and who may appeal is a matter of the first.
 */
export async function originOf(tx: Tx, decision: Decision): Promise<Decision> {
  let first = decision;
  while (first.stage === 'final' && first.supersedes !== null) {
    const hid = (await findDecision(tx, first.supersedes)) as Decision;
    const before = hid.stage === 'temporary' ? await hiddenBy(tx, hid) : undefined;
    if (!before || before.determination !== first.determination || before.clause !== first.clause) return first;
    first = before;
  }
  return first;
}

/** What stands in the place of this decision. */
export async function standingFor(tx: Tx, contested: Decision): Promise<Standing> {
  let [standing, tip, still] = [contested, contested, true];
  while (tip.supersededBy !== null) {
    const next = (await findDecision(tx, tip.supersededBy)) as Decision;
    if (next.stage === 'final') {
      still &&= tip.stage === 'temporary' && next.determination === standing.determination && next.clause === standing.clause;
      standing = next;
    }
    tip = next;
  }
  return { standing, tip, still };
}
