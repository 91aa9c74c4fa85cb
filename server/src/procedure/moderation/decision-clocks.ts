import * as cases from '../../cases/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import * as policy from '../../policy/index.ts';
import { profileOf } from './profile.ts';

type Clocks = ReturnType<typeof policy.enforceClock | typeof policy.interruptClock>;

/**
 * The clocks that a decision starts with what it asks of the platform. One for good is carried out in the time that law or promise gives it. One
 * for the time being has the time that its case has to protect people; but what is on the air is interrupted within minutes, so that from then on
 * that clock has no more than these.
 */
export async function clocksBy(
  tx: Tx,
  of: cases.Case,
  {
    stage,
    needed,
    restoring,
    now,
  }: { readonly stage: 'temporary' | 'final'; readonly needed: policy.Measure; readonly restoring: boolean; readonly now: Date },
): Promise<Clocks> {
  const onTheAir = needed === 'interrupt';
  if (stage === 'final') return policy.enforceClock(of.harm, await profileOf(tx, of), now, { restoring, onTheAir });
  if (!onTheAir) return [];
  const running = await cases.clockOf(tx, of.id, 'protect');
  // A promise that is broken stays on the list as it was broken.
  if (running !== undefined && running.breachedAt !== null) return [];
  const sooner = (dueAt: Date) => running !== undefined && running.stoppedAt === null && running.dueAt <= dueAt;
  return policy.interruptClock(of.harm, await profileOf(tx, of), now).filter(({ due_at }) => !sooner(new Date(due_at)));
}
