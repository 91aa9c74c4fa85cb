import * as appeals from '../../appeals/index.ts';
import * as decisions from '../../decisions/index.ts';
import * as enforcement from '../../enforcement/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import * as instructions from '../../instructions/index.ts';
import * as policy from '../../policy/index.ts';
import { outcomeOf, outcomeTable, type Row } from './outcomes.ts';

type Decision = decisions.Decision;

/** The row of the outcomes' table that a decision is; of what is as it was before, the row that it was. */
export async function rowOf(tx: Tx, told: Decision): Promise<Row> {
  const again = (await decisions.originOf(tx, told)).id !== told.id;
  const decision = again ? { ...told, appeal: null } : told;
  const measured = (await enforcement.actionsOf(tx, decision.id)).length > 0;
  const appeal = decision.appeal === null ? undefined : await appeals.appeal(tx, decision.appeal);
  const instructed = (await instructions.instructionOf(tx, decision.id)) !== undefined;
  const overtaken = decision.appeal !== null && !measured && (await isOvertaken(tx, decision));
  return outcomeTable[outcomeOf(decision, { measured, partly: appeal?.outcome === 'partly', overtaken, instructed })];
}

/** Whether there was nothing left to carry out: the platform says that its target is gone, or nobody can be told any more which it was. */
export async function isMoot(tx: Tx, decision: Decision): Promise<boolean> {
  return (await enforcement.actionsOf(tx, decision.id)).at(-1)?.state === 'moot';
}

/** Whether, when this decision was made in appeal, a newer case had asked for something else of the same target. */
async function isOvertaken(tx: Tx, decision: Decision): Promise<boolean> {
  if (decision.targetKind !== 'item') return false;
  const newest = await enforcement.newestActionAt(tx, decision.target, decision.decidedAt);
  const wanted = policy.desiredFor(decision.determination as policy.Determination);
  return newest !== undefined && newest.case !== decision.case && newest.desired !== wanted;
}
