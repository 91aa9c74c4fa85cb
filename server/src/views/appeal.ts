import * as appeals from '../appeals/questions.ts';
import type { Tx } from '../foundation/db/transaction.ts';
import { Problem } from '../foundation/http/problems.ts';
import type { House } from '../procedure/house.ts';
import { reveal } from '../records/questions.ts';
import { type CaseRead, type DecisionRead, readCase } from './case-life.ts';
import type { Material } from './material.ts';

/** An appeal with the case it is about. */
export interface AppealRead {
  readonly appeal: appeals.Appeal;
  /** What the appellant wrote; null once that is erased. */
  readonly text: string | null;
  /** What was decided about the appeal, and why; null while it waits. */
  readonly ruling: string | null;
  readonly contested: DecisionRead;
  readonly dueAt: Date | null;
  readonly case: CaseRead;
}

/** What a second person needs to hear an appeal, in one transaction. @throws Problem `appeal-unknown`. */
export async function readAppeal(house: House, tx: Tx, id: string, shown?: readonly Material[]): Promise<AppealRead> {
  const appeal = await appeals.appeal(tx, id);
  if (!appeal) throw new Problem('appeal-unknown', `There is no appeal ${id}.`);
  const read = await readCase(house, tx, appeal.case, shown);
  const told = await reveal(house, tx, 'appeal.received', appeal.record);
  const settled = read.moments.find(({ kind, payload }) => kind === 'appeal.decided' && payload['appeal'] === id);
  return {
    appeal,
    text: told?.text ?? null,
    ruling: settled ? ((await reveal(house, tx, 'appeal.decided', settled.record))?.reason ?? null) : null,
    contested: read.decisions.find((decision) => decision.id === appeal.decision) as DecisionRead,
    dueAt: read.clocks.find(({ subject, clock }) => subject === id && clock === 'appeal.answer')?.dueAt ?? null,
    case: read,
  };
}
