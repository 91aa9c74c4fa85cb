import * as cases from '../../cases/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { append } from '../../records/index.ts';
import { demand, type Member } from '../../staff/index.ts';
import type { House } from '../house.ts';
import { demandNotAside, lockItems } from '../moderation/lock.ts';

/** More than this fits into no one transaction and no one record. */
const most = 500;

export type Why = 'link' | 'text' | 'file' | 'author' | 'chosen';

/**
 * Brings cases into the bundle of another: they leave the queue, keep their reports and their clocks, and are decided with it. Nothing comes
 * into a bundle by itself: what is alike is suggested, a person chooses.
 * @returns how many came in: of another harm or service, decided, bundled already, or held by somebody else is left where it is
 * @throws Problem `forbidden`, `case-unknown`, `case-closed`, `case-claimed`, `case-bundled`, `case-merged`, `second-person-waits`, `decision-held`,
 * `conflict`.
 */
export async function gather(
  house: House,
  member: Member,
  { lead: id, cases: asked }: { readonly lead: string; readonly cases: readonly { readonly id: string; readonly why: readonly Why[] }[] },
): Promise<number> {
  demand(member, 'case.hand-over', 'case');
  return house.db.begin('doors', async (tx) => {
    const wanted = asked.filter((one) => one.id !== id);
    const [lead, ...others] = await lockTogether(tx, [id, ...wanted.map((one) => one.id)]);
    if (!lead) throw new Problem('case-unknown', `There is no case ${id}.`);
    demand(member, 'case.claim', { type: 'case', harm: lead.harm });
    if (lead.state !== 'open') throw new Problem('case-closed', 'This case has been decided.');
    await demandNotAside(tx, lead);
    const now = house.clock.now();
    const lease = await cases.leaseOn(tx, id, now);
    if (lease && lease.staff !== member.id) throw new Problem('case-claimed', 'Somebody else is working on this case.');
    if ((await cases.workOn(tx, id))?.bundle) throw new Problem('case-bundled', 'This case lies in a bundle itself.');
    if ((await cases.mergedInto(tx, id)).length > 0)
      throw new Problem('case-merged', 'Others were merged into this case: they are decided with it already.');
    const before = (await cases.bundledWith(tx, id)).length;
    if (before + others.length >= most) throw new Problem('conflict', `A bundle holds ${most} cases at most.`);
    let came = 0;
    for (const of of others) {
      const work = await cases.workOn(tx, of.id);
      const held = await cases.leaseOn(tx, of.id, now);
      if (of.state !== 'open' || of.awaiting || of.harm !== lead.harm || of.service !== lead.service) continue;
      if (!work || work.bundle || (held && held.staff !== member.id) || (await cases.bundledWith(tx, of.id)).length > 0) continue;
      if ((await cases.mergedInto(tx, of.id)).length > 0) continue;
      const why = wanted.find((one) => one.id === of.id)?.why ?? [];
      await cases.bundle(
        await append(house, tx, {
          kind: 'case.bundled',
          service: of.service,
          case: of.id,
          parties: [{ role: 'actor', party: member.id, purpose: 'staff' }],
          payload: { into: id, why: why.length === 0 ? ['chosen'] : [...why], due_at: work.dueAt.toISOString() },
        }),
      );
      await cases.dropLease(tx, of.id, member.id);
      came++;
    }
    return came;
  });
}

/**
 * Takes a case out of its bundle again: it waits in the queue as before.
 * @throws Problem `forbidden`, `case-unknown`, `case-closed`, `second-person-waits`, `decision-held`,
 * `conflict`.
 */
export async function takeOut(house: House, member: Member, id: string): Promise<void> {
  demand(member, 'case.hand-over', 'case');
  await house.db.begin('doors', async (tx) => {
    const bundle = (await cases.workOn(tx, id))?.bundle ?? null;
    const [of, lead] = await lockTogether(tx, [id, ...(bundle === null ? [] : [bundle])]);
    if (!of) throw new Problem('case-unknown', `There is no case ${id}.`);
    demand(member, 'case.claim', { type: 'case', harm: of.harm });
    if (of.state !== 'open') throw new Problem('case-closed', 'This case has been decided.');
    const work = await cases.workOn(tx, id);
    if (work?.state !== 'bundled' || work.bundle !== bundle) throw new Problem('conflict', 'This case lies in no bundle.');
    if (lead) await demandNotAside(tx, lead);
    await cases.unbundle(
      await append(house, tx, {
        kind: 'case.unbundled',
        service: of.service,
        case: id,
        parties: [{ role: 'actor', party: member.id, purpose: 'staff' }],
        payload: { from: work.bundle as string, by: 'person' },
      }),
    );
  });
}

/**
 * Takes several cases for a change: all their items first, in one order, then their rows, so that two who take several never wait for each other.
 * In the order asked for; one that does not exist is left out.
 */
export async function lockTogether(tx: Tx, ids: readonly string[]): Promise<cases.Case[]> {
  const asked = [...new Set(ids)];
  if (asked.length === 0) return [];
  const unlocked = await cases.casesOf(tx, asked);
  await lockItems(
    tx,
    unlocked.map(({ item }) => item),
  );
  const locked = new Map((await cases.lockAll(tx, asked)).map((of) => [of.id, of]));
  return asked.flatMap((id) => locked.get(id) ?? []);
}
