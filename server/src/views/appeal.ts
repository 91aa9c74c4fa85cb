import * as appeals from '../appeals/questions.ts';
import * as decisions from '../decisions/questions.ts';
import type { Tx } from '../foundation/db/transaction.ts';
import { Problem } from '../foundation/http/problems.ts';
import type { House } from '../procedure/house.ts';
import { reveal } from '../records/questions.ts';
import type { Member } from '../staff/questions.ts';
import { type CaseRead, type DecisionRead, type Looked, readCase } from './case-life.ts';

/** An appeal with the case it is about. */
export interface AppealRead {
  readonly appeal: appeals.Appeal;
  /** What the appellant wrote; null once that is erased. */
  readonly text: string | null;
  /** What was decided about the appeal, and why; null while it waits. */
  readonly ruling: string | null;
  readonly contested: DecisionRead;
  /** Who made up their mind to it: none of them hears the appeal. */
  readonly madeBy: decisions.MadeBy;
  /** Whether it stands; else another has taken its place. */
  readonly still: boolean;
  readonly dueAt: Date | null;
  readonly case: CaseRead;
  /** How many more of this author's were decided as one with it, and stand as it does. */
  readonly alike: number;
}

/** What a second person needs to hear an appeal, in one transaction. @throws Problem `appeal-unknown`, `forbidden`. */
export async function readAppeal(house: House, tx: Tx, member: Member, id: string, looked: Looked = {}): Promise<AppealRead> {
  const appeal = await appeals.appeal(tx, id);
  if (!appeal) throw new Problem('appeal-unknown', `There is no appeal ${id}.`);
  const read = await readCase(house, tx, member, appeal.case, looked);
  const told = await reveal(house, tx, 'appeal.received', appeal.record);
  const contested = read.decisions.find((decision) => decision.id === appeal.decision) as DecisionRead;
  const settled = read.moments.find(({ kind, payload }) => kind === 'appeal.decided' && payload['appeal'] === id);
  return {
    appeal,
    text: told?.text ?? null,
    ruling: settled ? ((await reveal(house, tx, 'appeal.decided', settled.record))?.reason ?? null) : null,
    contested,
    madeBy: await decisions.madeBy(tx, contested),
    still: (await decisions.standingFor(tx, contested)).still,
    dueAt: read.clocks.find(({ subject, clock }) => subject === id && clock === 'appeal.answer')?.dueAt ?? null,
    case: read,
    alike: await alikeTo(tx, appeal.decision),
  };
}

async function alikeTo(tx: Tx, id: string): Promise<number> {
  const contested = await decisions.originOf(tx, (await decisions.decision(tx, id)) as decisions.Decision);
  const bundle = await decisions.bundleOf(tx, contested.id);
  if (bundle === undefined) return 0;
  let alike = 0;
  for (const other of await decisions.inBundle(tx, bundle)) {
    const one = (await decisions.decision(tx, other)) as decisions.Decision;
    if (one.id === contested.id || one.account !== contested.account || one.determination !== contested.determination) continue;
    if ((await decisions.standingFor(tx, one)).still) alike++;
  }
  return alike;
}
