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
