import type * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import * as policy from '../../policy/index.ts';
import { append } from '../../records/index.ts';
import { demand, type Member } from '../../staff/index.ts';
import type { House } from '../house.ts';
import { leadsToEnd } from './ending.ts';
import { demandNotAside, lockCase } from './lock.ts';
import { sanction } from './sanction.ts';

/** Whether the ladder leads from this measure to the end of the account, for which a second person is awaited. */
export async function awaitsSecond(house: House, tx: Tx, measure: decisions.Decision): Promise<boolean> {
  const { id, follows, determination, state, appeal } = measure;
  if (follows === null || state !== 'standing' || determination !== 'suspend-account' || appeal !== null) return false;
  const ending = await decisions.ending(tx, id);
  // What was suspended before endings waited in sight waits by its plan alone.
  return ending ? ending.state === 'waiting' : leadsToEnd(house, tx, follows);
}

interface Word {
  /** The decision that suspended the account. */
  readonly decision: string;
  readonly reason: string;
}

/**
 * A second person ends the account of somebody for whom the ladder has that; until then it is suspended (ladder.json). A decision of its own,
 * with its own reason and appeal; it takes the place of the suspension.
 * @throws Problem `forbidden`, `same-person`, `decision-unknown`, `measure-too-grave`, `reason-missing`.
 */
export async function terminate(house: House, member: Member, word: Word): Promise<decisions.Decision> {
  return house.db.begin('doors', async (tx) => {
    const { of, suspension } = await awaited(house, tx, word);
    demand(member, 'account.terminate', { type: 'decision', ...(await decisions.madeBy(tx, suspension)), harm: of.harm });
    return endAccount(house, tx, member, { of, suspension, reason: word.reason.trim(), outcome: 'ended' });
  });
}

/**
 * A second person leaves the account suspended, and says why to whoever works here; it opens again when its time is over.
 * @throws Problem as `terminate`.
 */
export async function keepSuspended(house: House, member: Member, word: Word): Promise<void> {
  await house.db.begin('doors', async (tx) => {
    const { of, suspension } = await awaited(house, tx, word);
    demand(member, 'account.terminate', { type: 'decision', ...(await decisions.madeBy(tx, suspension)), harm: of.harm });
    if (!(await decisions.ending(tx, suspension.id)))
      throw new Problem('conflict', 'It waits for nobody: let its time run out, or end it.');
    await settle(house, tx, member, of, { suspension: suspension.id, outcome: 'kept', decision: null, reason: word.reason.trim() });
  });
}

export interface Ending {
  readonly of: cases.Case;
  readonly suspension: decisions.Decision;
  readonly reason: string;
  readonly outcome: 'ended' | 'alone';
}

/** What waits for a second person, under the lock of its case. @throws Problem `decision-unknown`, `measure-too-grave`, `reason-missing`. */
export async function awaited(house: House, tx: Tx, { decision, reason }: Word): Promise<Pick<Ending, 'of' | 'suspension'>> {
  if (reason.trim().length < 3) throw new Problem('reason-missing', 'Say why, in a sentence the person concerned will read.');
  const known = await decisions.decision(tx, decision);
  if (known?.targetKind !== 'account' || known.account === null)
    throw new Problem('decision-unknown', `There is no measure ${decision} on an account.`);
  const of = await lockCase(tx, known.case);
  // A ruling on the suspension that is about to be carried out is not overtaken.
  await demandNotAside(tx, of);
  const suspension = (await decisions.decision(tx, known.id)) as decisions.Decision;
  if (!(await awaitsSecond(house, tx, suspension)))
    throw new Problem('measure-too-grave', 'The ladder does not lead from this measure to the end of the account, or it has been settled.');
  return { of, suspension };
}

/** The account ends. The caller has asked whether this person may, and holds the case's lock. */
export async function endAccount(
  house: House,
  tx: Tx,
  member: Member,
  { of, suspension, reason, outcome }: Ending,
): Promise<decisions.Decision> {
  const made = await sanction(house, tx, {
    case: of,
    account: suspension.account as string,
    follows: (await decisions.decision(tx, suspension.follows as string)) as decisions.Decision,
    measure: 'terminate-account',
    clause: suspension.clause === null ? null : ((await policy.named(tx, suspension.policy))?.clauseOf(suspension.clause) ?? null),
    reason,
    by: member.id,
    supersedes: suspension,
  });
  if (await decisions.ending(tx, suspension.id))
    await settle(house, tx, member, of, { suspension: suspension.id, outcome, decision: made.id, reason: null });
  return made;
}

interface Settling {
  readonly suspension: string;
  readonly outcome: 'ended' | 'kept' | 'alone';
  readonly decision: string | null;
  readonly reason: string | null;
}

async function settle(house: House, tx: Tx, member: Member, of: cases.Case, payload: Settling): Promise<void> {
  await decisions.settleEnding(
    await append(house, tx, {
      kind: 'ending.settled',
      service: of.service,
      case: of.id,
      parties: [{ role: 'actor', party: member.id, purpose: 'staff' }],
      payload,
    }),
  );
}
