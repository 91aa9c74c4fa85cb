import * as cases from '../../cases/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { append } from '../../records/index.ts';
import { demand, type Member } from '../../staff/index.ts';
import type { House } from '../house.ts';
import { guidelinesFor } from '../moderation/guidelines.ts';
import { demandNotAside } from '../moderation/lock.ts';
import { withhold } from '../moderation/withhold.ts';
import { lockTogether, type Why } from './bundle.ts';
import { carry } from './carry.ts';

/** More than this is a campaign, and lies better in a bundle. */
const most = 50;

export interface Merge {
  /** The case that is merged, and closed by it. */
  readonly case: string;
  /** The case that survives. */
  readonly into: string;
  readonly why: readonly Why[];
}

/**
 * Says that two open cases are one matter: from here on it is decided in the case that survives, and that decision is made about the item of the
 * merged case, too, told to its author and to whoever reported it. The merged case keeps its reports and its clocks, so that a merge never gives
 * more time and can be taken back; the surviving one takes the earlier deadlines, the worse harm and the more pressing place in the queue. What is
 * suspected to be priority content by that is hidden with it (Act 866 s.22). Nothing is merged by itself: what is alike is suggested, a person
 * chooses.
 * @throws Problem `forbidden`, `case-unknown`, `case-closed`, `case-claimed`, `case-bundled`, `case-merged`, `merge-refused`,
 * `second-person-waits`, `decision-held`.
 */
export async function merge(house: House, member: Member, { case: id, into, why }: Merge): Promise<void> {
  demand(member, 'case.hand-over', 'case');
  if (id === into) throw new Problem('merge-refused', 'A case is not merged into itself.');
  await house.db.begin('doors', async (tx) => {
    const both = await lockTogether(tx, [into, id]);
    const [lead, of] = [both.find((one) => one.id === into), both.find((one) => one.id === id)];
    if (!lead || !of) throw new Problem('case-unknown', `There is no case ${lead ? id : into}.`);
    for (const one of [lead, of]) await demandFree(house, tx, member, one);
    if (of.service !== lead.service) throw new Problem('merge-refused', 'The cases are about different services.');
    // Child abuse material has a lane of its own: nothing else lies in it, and it lies in no other (invariant 3).
    if ((of.harm === 'csam') !== (lead.harm === 'csam'))
      throw new Problem('merge-refused', 'Child sexual abuse material is merged with nothing else.');
    if ((await cases.mergedInto(tx, id)).length > 0)
      throw new Problem('merge-refused', 'Others were merged into this case: merge the other into it, or take them out first.');
    if ((await cases.mergedInto(tx, into)).length >= most)
      throw new Problem('merge-refused', `More than ${most} are a campaign: bundle them.`);
    await cases.merge(
      await append(house, tx, {
        kind: 'case.merged',
        service: of.service,
        case: id,
        parties: [{ role: 'actor', party: member.id, purpose: 'staff' }],
        payload: { into, why: why.length === 0 ? ['chosen'] : [...why] },
      }),
    );
    await cases.dropLease(tx, id, member.id);
    await protect(house, tx, member, await carry(house, tx, lead));
  });
}

/**
 * Takes a merge back while the surviving case is open: the case waits in the queue again, with its own reports and clocks, as if it had never been
 * merged; who reported its item meanwhile goes with it, who reported the other item stays there.
 * @throws Problem `forbidden`, `case-unknown`, `case-claimed`, `conflict` where it was not merged, `merge-settled` where that is decided,
 * `second-person-waits`, `decision-held`.
 */
export async function unmerge(house: House, member: Member, id: string): Promise<void> {
  demand(member, 'case.hand-over', 'case');
  await house.db.begin('doors', async (tx) => {
    const [of] = await lockTogether(tx, [id]);
    if (!of) throw new Problem('case-unknown', `There is no case ${id}.`);
    if (of.mergedInto === null) throw new Problem('conflict', 'This case is not merged into another.');
    const lead = (await cases.lock(tx, of.mergedInto)) as cases.Case;
    if (lead.state !== 'open')
      throw new Problem(
        'merge-settled',
        'The case that it was merged into has been decided, and this one with it. An appeal is the way now.',
      );
    demand(member, 'case.claim', { type: 'case', harm: of.harm });
    await demandNotAside(tx, lead);
    await demandUnclaimed(house, tx, member, lead);
    await cases.unmerge(
      await append(house, tx, {
        kind: 'case.unmerged',
        service: of.service,
        case: id,
        parties: [{ role: 'actor', party: member.id, purpose: 'staff' }],
        payload: { from: lead.id, by: 'person' },
      }),
    );
    await carry(house, tx, lead);
  });
}

/** Open, in no bundle, and in nobody else's hands. */
async function demandFree(house: House, tx: Tx, member: Member, of: cases.Case): Promise<void> {
  // Who may not see a case does not learn of it by merging.
  demand(member, 'case.claim', { type: 'case', harm: of.harm });
  if (of.state === 'merged') throw new Problem('case-merged', 'This case has been merged into another.');
  if (of.state !== 'open') throw new Problem('case-closed', 'This case has been decided.');
  const work = await cases.workOn(tx, of.id);
  if (work?.bundle || (await cases.bundledWith(tx, of.id)).length > 0)
    throw new Problem('case-bundled', 'This case lies in a bundle. Take it out first.');
  if (work?.raised) demand(member, 'case.take-raised', 'case');
  await demandNotAside(tx, of);
  await demandUnclaimed(house, tx, member, of);
}

async function demandUnclaimed(house: House, tx: Tx, member: Member, of: cases.Case): Promise<void> {
  const lease = await cases.leaseOn(tx, of.id, house.clock.now());
  if (lease && lease.staff !== member.id) throw new Problem('case-claimed', 'Somebody else is working on this case.');
}

/** What turns out to be priority content is made inaccessible first (invariant 5). */
async function protect(house: House, tx: Tx, member: Member, lead: cases.Case): Promise<void> {
  if (!lead.priority) return;
  for (const of of [lead, ...(await cases.mergedInto(tx, lead.id))]) {
    const revision = (await cases.revisionsOf(tx, of.id)).at(-1) as string;
    await withhold(house, tx, of, revision, (await guidelinesFor(tx, revision)).clauseFor(lead.harm), member.id, '');
  }
}
