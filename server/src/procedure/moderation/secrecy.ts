import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import * as instructions from '../../instructions/index.ts';
import { append, type Because } from '../../records/index.ts';
import { demand, type Member } from '../../staff/index.ts';
import type { House } from '../house.ts';
import { explainDecision } from './explain.ts';
import { lockCase } from './lock.ts';

const day = 24 * 3_600_000;

export interface SecrecyInput {
  readonly case: string;
  readonly basis: cases.SecrecyBasis;
  readonly until: Date;
  readonly reason: string;
}

/**
 * Keeps what will be decided in a case from everybody outside, until a day: an authority asked for it, or it was referred to an enforcement
 * agency, of which a reporter is never told (Act 866 s.29). Before anything is decided: what people were told nobody takes back.
 * @throws Problem `forbidden`, `case-unknown`, `note-missing`, `secrecy-refused`.
 */
export async function imposeSecrecy(house: House, member: Member, { case: id, basis, until, reason }: SecrecyInput): Promise<string> {
  if (reason.trim().length < 3) throw new Problem('note-missing', 'Say who asked for it, or to whom it was referred.');
  return house.db.begin('doors', async (tx) => {
    const of = await lockCase(tx, id);
    demand(member, 'secrecy.impose', { type: 'case', harm: of.harm });
    const now = house.clock.now();
    if (!(until > now && until.getTime() <= now.getTime() + cases.secrecyDays * day))
      throw new Problem('secrecy-refused', `It ends on a day within the next ${cases.secrecyDays}.`);
    if (of.state !== 'open' || (await cases.bundledWith(tx, id)).length > 0 || (await cases.workOn(tx, id))?.state === 'bundled')
      throw new Problem('secrecy-refused', 'Only what is decided in this case alone, and has not been decided, can be kept secret.');
    if ((await decisions.decisionsOf(tx, id)).some(({ stage }) => stage === 'final'))
      throw new Problem('secrecy-refused', 'People were told of a decision in this case already.');
    if ((await cases.secreciesOf(tx, id)).some(({ state }) => state === 'running'))
      throw new Problem('secrecy-refused', 'Secrecy runs on this case already.');
    const secrecy = house.ids.next();
    const because = await append(house, tx, {
      kind: 'secrecy.imposed',
      service: of.service,
      case: id,
      parties: [{ role: 'actor', party: member.id, purpose: 'staff' }],
      payload: { secrecy, basis, until: until.toISOString(), reason: reason.trim() },
    });
    await cases.imposeSecrecy(because);
    return secrecy;
  });
}

/** A person ends it before its day. @throws Problem `forbidden`, `secrecy-refused`. */
export async function liftSecrecy(house: House, member: Member, id: string): Promise<void> {
  await house.db.begin('doors', async (tx) => {
    const known = await cases.secrecy(tx, id);
    if (!known) throw new Problem('secrecy-refused', 'There is no such secrecy.');
    const of = await lockCase(tx, known.case);
    demand(member, 'secrecy.impose', { type: 'case', harm: of.harm });
    if (!(await end(house, tx, of, id, member.id))) throw new Problem('secrecy-refused', 'It has ended already.');
  });
}

/** What has run its time ends by itself. Returns how many. */
export async function endSecrecies(house: House, limit = 100): Promise<number> {
  const over = await house.db.begin('jobs', (tx) => cases.endingSecrecies(tx, house.clock.now(), limit));
  let ended = 0;
  for (const { id, case: of } of over)
    if (await house.db.begin('jobs', async (tx) => end(house, tx, await lockCase(tx, of), id, null))) ended++;
  return ended;
}

async function end(house: House, tx: Tx, of: cases.Case, id: string, by: string | null): Promise<boolean> {
  const secrecy = (await cases.secrecy(tx, id)) as cases.Secrecy;
  if (secrecy.state !== 'running') return false;
  const kept: string[] = [];
  // What was merged into the case was decided with it.
  for (const one of [of, ...(await cases.mergedInto(tx, of.id))])
    for (const decision of await decisions.decisionsOf(tx, one.id))
      if (decision.supersededBy === null && (await cases.isSecret(tx, decision))) kept.push(decision.id);
  const because = await append(house, tx, {
    kind: 'secrecy.ended',
    service: of.service,
    case: of.id,
    parties: by === null ? [] : [{ role: 'actor', party: by, purpose: 'staff' }],
    payload: { secrecy: id, by: by === null ? 'time' : 'person', decisions: kept },
  });
  await cases.endSecrecy(because);
  return true;
}

/** Hears that secrecy has ended: whoever was owed a notice of what was decided meanwhile, and stands, is told now. */
export async function explainKept(house: House, tx: Tx, heard: Because<'secrecy.ended'>): Promise<void> {
  for (const id of heard.payload.decisions) {
    const decision = await decisions.decision(tx, id);
    if (!decision) continue;
    // The author is told of an instruction of the regulator once it is done, as always.
    const instruction = await instructions.instructionOf(tx, id);
    await explainDecision(house, tx, decision, { late: instruction === undefined || instruction.state === 'answered' });
  }
}
