import * as cases from '../../cases/index.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { covers, demand, lanesOf, type Member } from '../../staff/index.ts';
import type { House } from '../house.ts';
import { demandNotAside, demandOpen } from './lock.ts';

const until = (house: House) => new Date(house.clock.now().getTime() + house.leaseMinutes * 60_000);

/**
 * Takes a case to work on, or renews the hold. It ends by itself.
 * @throws Problem `forbidden`, `case-unknown`, `case-closed`, `case-merged`, `case-claimed`.
 */
export async function claim(house: House, member: Member, caseId: string): Promise<Date> {
  return house.db.begin('doors', async (tx) => {
    const of = await cases.caseOf(tx, caseId);
    if (!of) throw new Problem('case-unknown', `There is no case ${caseId}.`);
    demand(member, 'case.claim', { type: 'case', harm: of.harm });
    demandOpen(of);
    await demandNotAside(tx, of);
    const work = await cases.workOn(tx, caseId);
    if (work?.state === 'bundled') throw new Problem('case-bundled', 'This case is decided together with others.');
    if (work?.raised) demand(member, 'case.take-raised', 'case');
    if (!(await cases.takeLease(tx, caseId, member.id, house.clock.now(), until(house))))
      throw new Problem('case-claimed', 'Somebody else is working on this case.');
    return until(house);
  });
}

/**
 * Takes the worst case of the queue that nobody works on and that is for this person: in their language and handed to nobody else, or due
 * within the hour. Null when there is none. Two people never get the same.
 */
export async function claimWorst(house: House, member: Member, of: cases.QueueFilter): Promise<string | null> {
  const taker = {
    id: member.id,
    languages: member.languages,
    takesRaised: covers(member, 'case.take-raised'),
    lanes: lanesOf(member, 'case.claim'),
  };
  return house.db.begin('doors', async (tx) => (await cases.leaseWorst(tx, of, taker, house.clock.now(), until(house))) ?? null);
}

/** Gives a case back; also one that this person may not see any more. */
export async function release(house: House, member: Member, caseId: string): Promise<void> {
  await house.db.begin('doors', (tx) => cases.dropLease(tx, caseId, member.id));
}
