import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import * as instructions from '../../instructions/index.ts';
import * as subjects from '../../subjects/index.ts';

/**
 * Takes a case for a change: first its item and all that hang together with it, then its row, in this order everywhere. The item's lock keeps the
 * actions on one target in one order even where two of its cases change at once; the row's keeps the case's records in one order.
 * @throws Problem `case-unknown`.
 */
export async function lockCase(tx: Tx, id: string): Promise<cases.Case> {
  const unlocked = await cases.caseOf(tx, id);
  if (unlocked) await lockItems(tx, [unlocked.item]);
  const locked = unlocked && (await cases.lock(tx, id));
  if (!locked) throw new Problem('case-unknown', `There is no case ${id}.`);
  return locked;
}

/** Where the work on a case is done: in itself, or in the one that it was merged into. */
export async function leadOf(tx: Tx, of: cases.Case): Promise<cases.Case> {
  return of.mergedInto === null ? of : ((await cases.lock(tx, of.mergedInto)) as cases.Case);
}

/** @throws Problem `case-merged`, `case-closed`. */
export function demandOpen(of: cases.Case, detail = 'This case has been decided.'): void {
  if (of.state === 'merged') throw new Problem('case-merged', `This case is decided as one with case ${of.mergedInto}.`);
  if (of.state !== 'open') throw new Problem('case-closed', detail);
}

/**
 * What was decided and waits, for a second person or for its time to undo to be over, stays what it was.
 * @throws Problem `second-person-waits`, `decision-held`
 */
export async function demandNotAside(tx: Tx, of: cases.Case): Promise<void> {
  if (!of.awaiting) return;
  if (await decisions.heldIn(tx, of.id)) throw new Problem('decision-held', 'A decision about this case is about to be carried out.');
  throw new Problem('second-person-waits', 'A decision about this case waits for a second person already.');
}

/**
 * Takes items, and those whose cases were merged with one of theirs: whoever changes one of them changes what is decided about all.
 * @param ask what is to be known of them under their locks; it is sent along
 */
export async function lockItems<Answer = void>(tx: Tx, items: readonly string[], ask?: () => Promise<Answer>): Promise<Answer> {
  let [wanted, answer] = [items, undefined as Answer];
  for (let held = false; !held; ) {
    const locking = wanted;
    // Asked again each time: two cases may be merged between the question and the locks; nobody merges what is locked.
    held = await subjects.lockWhile(tx, locking, async () => {
      [wanted, answer] = await Promise.all([cases.itemsWith(tx, items), ask?.() as Promise<Answer>]);
      return wanted.every((item) => locking.includes(item));
    });
  }
  return answer;
}

/**
 * Takes an account as a target, after the case: measures on one account have one order, whichever of its cases they come from. Not the lock
 * under which an account is noted, which is taken before items.
 */
export function lockAccount(tx: Tx, target: string): Promise<void> {
  return lockAccounts(tx, [target]);
}

/** Several accounts, in one order. */
export function lockAccounts(tx: Tx, targets: readonly string[]): Promise<void> {
  return subjects.lockAll(
    tx,
    targets.map((target) => `measures on ${target}`),
  );
}

/** Takes what the regulator asks for a change. @throws Problem `instruction-unknown`. */
export async function lockInstruction(tx: Tx, id: string): Promise<instructions.Instruction> {
  await subjects.lock(tx, id);
  const found = await instructions.instruction(tx, id);
  if (!found) throw new Problem('instruction-unknown', `There is no instruction ${id}.`);
  return found;
}
