import type { Case } from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import * as notices from '../../notices/index.ts';
import * as policy from '../../policy/index.ts';

type Decision = decisions.Decision;

/**
 * Until when this person may appeal against this decision: 180 days from when the notice that told them was handed over, or from the decision where
 * nobody told them (catalogue/clocks.json, “appeal.ask”). While the notice is on its way their time has not begun. Null where it is over, or where
 * what was decided does not stand any more.
 */
export async function appealOpenUntil(
  tx: Tx,
  of: Case,
  decision: Decision,
  side: 'author' | 'reporter',
  person: string,
  now: Date,
): Promise<Date | null> {
  if (decision.supersededBy !== null || decision.appealUntil === null) return null;
  // Each reporter is told of the decision in their own case; an author of all that was decided as one.
  const told = side === 'author' ? await decisions.toldWith(tx, decision) : [decision.id];
  const last = (await notices.noticesAbout(tx, told)).filter(({ to, role }) => to === person && role === side).at(-1);
  const until = last === undefined ? decision.appealUntil : new Date(policy.appealUntil(of.harm, last.handedAt ?? now));
  return until >= now ? until : null;
}
