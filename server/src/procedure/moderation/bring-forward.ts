import type { Harm } from '@perisai/screening';
import * as cases from '../../cases/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import * as policy from '../../policy/index.ts';
import { append } from '../../records/index.ts';
import { breach } from '../calls/breach.ts';
import { carry } from '../casework/carry.ts';
import type { House } from '../house.ts';

type Started = readonly { readonly clock: cases.ClockName; readonly due_at: string }[];

interface Told {
  readonly harm: Harm;
  readonly profile: policy.SurfaceProfile;
  /** When the provider was told. */
  readonly from: Date;
}

/**
 * What runs of a case and would end earlier had it been opened by this, and what has not begun yet, where it was opened by a mere resemblance; what
 * is broken already stays as it was broken.
 */
export async function shortened(tx: Tx, of: cases.Case, { harm, profile, from }: Told): Promise<ReturnType<typeof policy.caseClocks>> {
  const given = policy.caseClocks(harm, profile, from);
  const running = await cases.ownDeadlines(tx, of.id);
  const begun = new Set((await cases.clocksOf(tx, of.id)).flatMap(({ subject, clock }) => (subject === of.id ? [clock] : [])));
  return given.filter(
    ({ clock, due_at }) =>
      !begun.has(clock) || running.some((one) => one.clock === clock && one.breachedAt === null && new Date(due_at) < one.dueAt),
  );
}

/**
 * A report joins a case and was received before the one that opened it: what is promised runs from the earliest receipt. Or it is the first that
 * joins what was opened by a mere resemblance. The caller holds the case's lock.
 */
export async function bringForward(house: House, tx: Tx, of: cases.Case, told: Told): Promise<void> {
  const earlier = await shortened(tx, of, told);
  if (earlier.length === 0) return;
  const because = await append(house, tx, {
    kind: 'case.brought-forward',
    service: of.service,
    case: of.id,
    occurredAt: told.from,
    payload: { clocks: earlier },
  });
  await cases.bringForward(because);
  await breachOverdue(house, tx, of, of.id, earlier);
  if (of.mergedInto !== null) await carry(house, tx, (await cases.lock(tx, of.mergedInto)) as cases.Case);
}

/**
 * What came so late that its time was over when it came is a promise that was not kept, like any other: on record with its coming, not in the
 * sweeper's next round. The caller holds the case's lock.
 */
export async function breachOverdue(house: House, tx: Tx, of: cases.Case, subject: string, started: Started): Promise<void> {
  const now = house.clock.now();
  for (const { clock, due_at } of started) {
    const dueAt = new Date(due_at);
    if (dueAt < now) await breach(house, tx, { of, service: of.service }, { clock, subject, dueAt }, 'not kept in time');
  }
}
