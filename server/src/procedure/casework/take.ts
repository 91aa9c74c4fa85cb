import * as cases from '../../cases/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import type { Party } from '../../records/index.ts';
import { demand, type Member } from '../../staff/index.ts';
import * as subjects from '../../subjects/index.ts';
import type { House } from '../house.ts';
import { demandOpen, lockCase } from '../moderation/lock.ts';

/**
 * Takes an open case for a change of the work on it: by who holds it, or by anybody where nobody does.
 * @throws Problem `forbidden`, `case-unknown`, `case-closed`, `case-merged`, `case-claimed`.
 */
export async function takeForWork(house: House, tx: Tx, member: Member, id: string): Promise<cases.Case> {
  const of = await lockCase(tx, id);
  demand(member, 'case.claim', { type: 'case', harm: of.harm });
  demandOpen(of);
  const lease = await cases.leaseOn(tx, id, house.clock.now());
  if (lease && lease.staff !== member.id) throw new Problem('case-claimed', 'Somebody else is working on this case.');
  return of;
}

/**
 * Who wrote a note, and under whose key it lies: that of the person whom the case is about, so that it goes with what it speaks of; else the
 * writer's own.
 */
export async function partiesOf(tx: Tx, of: cases.Case, member: Member): Promise<Party[]> {
  const author = (await subjects.item(tx, of.item))?.author ?? null;
  return [
    { role: 'actor', party: member.id, purpose: 'staff' },
    author === null ? { role: 'about', party: member.id, purpose: 'staff' } : { role: 'about', party: author, purpose: 'evidence' },
  ];
}
