import * as cases from '../../cases/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import * as subjects from '../../subjects/index.ts';

/**
 * Takes a case for a change: first its item, then its row, in this order everywhere. The item's lock keeps the actions on one target in one
 * order even where two of its cases change at once; the row's keeps the case's records in one order.
 * @throws Problem `case-unknown`.
 */
export async function lockCase(tx: Tx, id: string): Promise<cases.Case> {
  const unlocked = await cases.caseOf(tx, id);
  if (unlocked) await subjects.lock(tx, unlocked.item);
  const locked = unlocked && (await cases.lock(tx, id));
  if (!locked) throw new Problem('case-unknown', `There is no case ${id}.`);
  return locked;
}

/**
 * Takes an account as a target, after the case: measures on one account have one order, whichever of its cases they come from. Not the lock
 * under which an account is noted, which is taken before items.
 */
export function lockAccount(tx: Tx, target: string): Promise<void> {
  return subjects.lock(tx, `measures on ${target}`);
}
