import * as cases from '../../cases/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import * as policy from '../../policy/index.ts';
import { append } from '../../records/index.ts';
import type { House } from '../house.ts';

/** Where a harm stands among others: CSAM before all (invariant 3), then what the Act calls priority content. The smaller, the more urgent. */
export function urgency(harm: policy.HarmEntry['id']): number {
  return harm === 'csam' ? 0 : policy.harmEntry(harm).priority ? 1 : 2;
}

/**
 * Says what a case weighs beyond its harm: the severity of the reason, where one is known, and whether it is streamed now. What joins a case
 * may make it heavier, never lighter. The caller holds the case's lock.
 * @param work as it stands under that lock
 * @param opened the case was opened by this very reason
 * @returns whether it weighs something else now
 */
export async function weigh(
  house: House,
  tx: Tx,
  of: cases.Case,
  work: cases.Work,
  known: { readonly severity: policy.Severity | null; readonly live: boolean },
  opened: boolean,
): Promise<boolean> {
  const weight = { severity: known.severity ?? work.severity, live: work.live || known.live };
  const rank = cases.rankOf({ harm: of.harm, priority: of.priority, lane: work.lane, ...weight });
  if (rank === work.rank || (rank > work.rank && !opened)) return false;
  await cases.weigh(await append(house, tx, { kind: 'case.weighed', service: of.service, case: of.id, payload: weight }));
  return true;
}
