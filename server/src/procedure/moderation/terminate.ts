import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import * as policy from '../../policy/index.ts';
import { reveal } from '../../records/index.ts';
import { demand, type Member } from '../../staff/index.ts';
import type { House } from '../house.ts';
import { lockCase } from './lock.ts';
import { sanction } from './sanction.ts';

/** Whether the ladder leads from this measure to the end of the account, for which a second person is awaited. */
export async function awaitsSecond(house: House, tx: Tx, { follows, determination, state }: decisions.Decision): Promise<boolean> {
  if (follows === null || state === 'superseded' || determination === 'terminate-account') return false;
  const item = await decisions.decision(tx, follows);
  return item !== undefined && (await reveal(house, tx, 'decision.made', item.record))?.plan?.suggested === 'terminate-account';
}

/**
 * A second person ends the account of somebody for whom the ladder has that; until then it is suspended (ladder.json). A decision of its own,
 * with its own reason and appeal; it takes the place of the suspension.
 * @throws Problem `forbidden`, `same-person`, `decision-unknown`, `measure-too-grave`, `reason-missing`.
 */
export async function terminate(
  house: House,
  member: Member,
  input: { readonly decision: string; readonly reason: string },
): Promise<decisions.Decision> {
  if (input.reason.trim().length < 3) throw new Problem('reason-missing', 'Say why, in a sentence the person concerned will read.');
  return house.db.begin('doors', async (tx) => {
    const known = await decisions.decision(tx, input.decision);
    if (known?.targetKind !== 'account' || known.account === null)
      throw new Problem('decision-unknown', `There is no measure ${input.decision} on an account.`);
    const of = await lockCase(tx, known.case);
    const suspension = (await decisions.decision(tx, known.id)) as decisions.Decision;
    demand(member, 'account.terminate', { type: 'decision', decidedBy: suspension.decidedBy });
    if (!(await awaitsSecond(house, tx, suspension)))
      throw new Problem('measure-too-grave', 'The ladder does not lead from this measure to the end of the account.');
    return sanction(house, tx, {
      case: of,
      account: known.account,
      follows: (await decisions.decision(tx, suspension.follows as string)) as decisions.Decision,
      measure: 'terminate-account',
      clause: suspension.clause === null ? null : ((await policy.named(tx, suspension.policy))?.clauseOf(suspension.clause) ?? null),
      reason: input.reason.trim(),
      by: member.id,
      supersedes: suspension,
    });
  });
}
