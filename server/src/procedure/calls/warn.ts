import * as cases from '../../cases/index.ts';
import * as policy from '../../policy/index.ts';
import { append } from '../../records/index.ts';
import type { House } from '../house.ts';
import { call } from './call.ts';
import { headOf, lockWhose } from './whose.ts';

/**
 * Clocks that run out soon: once each it is on record that it was seen before, and shown wherever the case is; of child abuse material people are
 * called as well. Returns how many.
 */
export async function warnOfClocks(house: House, limit = 200): Promise<number> {
  const soon = await house.db.begin('jobs', (tx) => cases.clocksToWarn(tx, policy.alarmLeads, house.clock.now(), limit));
  for (const { case: caseId, subject, clock } of soon) {
    await house.db.begin('jobs', async (tx) => {
      const whose = await lockWhose(tx, { case: caseId, subject });
      const due = await cases.clockOf(tx, subject, clock);
      if (!due || due.stoppedAt !== null || due.breachedAt !== null || due.warnedAt !== null) return;
      await cases.warn(
        await append(house, tx, {
          kind: 'clock.warned',
          ...headOf(whose),
          payload: { clock, subject, due_at: due.dueAt.toISOString() },
        }),
      );
      if (whose.of?.harm === 'csam') await call(house, tx, { about: 'warning', ...whose, clock, subject, dueAt: due.dueAt });
    });
  }
  return soon.length;
}
