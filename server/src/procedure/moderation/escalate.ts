import type { Harm } from '@perisai/screening';
import * as cases from '../../cases/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import * as policy from '../../policy/index.ts';
import { append } from '../../records/index.ts';
import * as staff from '../../staff/index.ts';
import type { House } from '../house.ts';
import { breachOverdue, shortened } from './bring-forward.ts';
import { profileOf } from './profile.ts';

/**
 * A case turns out to be about something more urgent: what still runs ends no later than it would had that been said first, by whoever says it
 * now. Whoever held the case and may not see it any more holds it no longer, so that child abuse material waits for nobody's lease (invariant 3).
 * The caller holds the case's lock.
 * @param by the member of staff who says so; null: a report or a verdict
 * @param from when they said so
 */
export async function escalate(house: House, tx: Tx, of: cases.Case, harm: Harm, by: string | null, from: Date): Promise<cases.Case> {
  const clocks = await shortened(tx, of, { harm, profile: await profileOf(tx, of), from });
  const because = await append(house, tx, {
    kind: 'case.escalated',
    service: of.service,
    case: of.id,
    ...(by === null ? {} : { parties: [{ role: 'actor', party: by, purpose: 'staff' }] }),
    occurredAt: from,
    payload: { harm, priority: policy.harmEntry(harm).priority, clocks },
  });
  await cases.escalate(because);
  await breachOverdue(house, tx, of, of.id, clocks);
  const lease = await cases.leaseOn(tx, of.id, house.clock.now());
  const holder = lease && (await staff.member(tx, lease.staff));
  if (lease && !(holder && staff.may(holder, 'case.claim', { type: 'case', harm }).allowed)) await cases.dropLease(tx, of.id, lease.staff);
  return (await cases.lock(tx, of.id)) as cases.Case;
}
