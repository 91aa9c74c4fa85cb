import * as appeals from '../../appeals/index.ts';
import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import type { Language } from '../../foundation/i18n/language.ts';
import * as intake from '../../intake/index.ts';
import * as policy from '../../policy/index.ts';
import { append } from '../../records/index.ts';
import type { House } from '../house.ts';
import { appealOpenUntil } from './appeal-window.ts';
import { lockCase } from './lock.ts';
import { rowOf } from './row.ts';

export interface AppealInput {
  readonly decision: string;
  readonly role: 'author' | 'reporter';
  /** Our id of who appeals. */
  readonly by: string;
  readonly text: string;
  readonly language: Language;
}

/**
 * Receives an appeal: somebody else will look (invariant 6). The decision stands meanwhile.
 * @throws Problem `decision-unknown`, `appeal-not-open`, `appeal-exists`.
 */
export async function receiveAppeal(
  house: House,
  tx: Tx,
  service: string,
  input: AppealInput,
): Promise<{ readonly appeal: string; readonly answerBy: Date }> {
  const known = await decisions.knownOutside(tx, await decisions.decision(tx, input.decision));
  if (!known || known.service !== service)
    throw new Problem('decision-unknown', `There is no decision ${input.decision} for this service.`);
  const of = await lockCase(tx, known.case);
  const decision = await decisions.knownOutside(tx, await decisions.decision(tx, known.id));
  if (!decision) throw new Problem('decision-unknown', `There is no decision ${input.decision} for this service.`);
  await demandOpen(house, tx, of, decision, input);
  const id = house.ids.next();
  const clocks = policy.appealClock(of.harm, house.clock.now());
  const because = await append(house, tx, {
    kind: 'appeal.received',
    service,
    case: of.id,
    parties: [{ role: 'appellant', party: input.by, purpose: 'report' }],
    payload: { appeal: id, decision: decision.id, role: input.role, language: input.language, text: input.text, clocks },
  });
  await appeals.receive(because);
  await cases.startClocks(because, id);
  return { appeal: id, answerBy: new Date(clocks[0]?.due_at as string) };
}

/** May this person appeal against this decision now? What the outcomes' table says, within the window, once a side. */
async function demandOpen(house: House, tx: Tx, of: cases.Case, decision: decisions.Decision, input: AppealInput): Promise<void> {
  const cell = (await rowOf(tx, decision))[input.role];
  if ('nothing' in cell || !cell.appeal) throw new Problem('appeal-not-open', 'This decision cannot be appealed from this side.');
  if (decision.supersededBy !== null)
    throw new Problem('appeal-not-open', 'This decision does not stand any more: another has taken its place.');
  if ((await appealOpenUntil(tx, of, decision, input.role, input.by, house.clock.now())) === null)
    throw new Problem('appeal-not-open', 'The time for an appeal is over.');
  const concerned =
    input.role === 'author'
      ? decision.account === input.by
      : (await intake.reportsOf(tx, decision.case)).some((report) => report.reporter === input.by);
  if (!concerned) throw new Problem('appeal-not-open', 'Only the author and those who reported may appeal.');
  if (await appeals.appealBy(tx, decision.id, input.role, input.by))
    throw new Problem('appeal-exists', 'There is an appeal of yours against this decision already.');
}
