import type { Harm } from '@perisai/screening';
import * as cases from '../../cases/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import * as policy from '../../policy/index.ts';
import { append } from '../../records/index.ts';
import * as staff from '../../staff/index.ts';
import type { House } from '../house.ts';

/**
 * A case turns out to be about something more urgent. Whoever held it and may not see it any more holds it no longer, so that child abuse
 * material waits for nobody's lease (invariant 3). The caller holds the case's lock.
 * @param by the member of staff who says so; null: a report or a verdict
 */
export async function escalate(house: House, tx: Tx, of: cases.Case, harm: Harm, by: string | null): Promise<cases.Case> {
  const because = await append(house, tx, {
    kind: 'case.escalated',
    service: of.service,
    case: of.id,
    ...(by === null ? {} : { parties: [{ role: 'actor', party: by, purpose: 'staff' }] }),
    payload: { harm, priority: policy.harmEntry(harm).priority },
  });
  await cases.escalate(because);
  const lease = await cases.leaseOn(tx, of.id, house.clock.now());
  const holder = lease && (await staff.member(tx, lease.staff));
  if (lease && !(holder && staff.may(holder, 'case.claim', { type: 'case', harm }).allowed)) await cases.dropLease(tx, of.id, lease.staff);
  return (await cases.lock(tx, of.id)) as cases.Case;
}
