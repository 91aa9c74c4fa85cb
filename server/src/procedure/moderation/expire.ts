import * as calls from '../../calls/index.ts';
import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import * as policy from '../../policy/index.ts';
import { append } from '../../records/index.ts';
import { breach } from '../calls/breach.ts';
import { call } from '../calls/call.ts';
import { lockWhose } from '../calls/whose.ts';
import type { House } from '../house.ts';
import { showAgain } from './anew.ts';
import type { Healing } from './heal.ts';
import { lapseUndelivered } from './lapse.ts';
import { lockCase } from './lock.ts';
import { endMeasure } from './sanction.ts';

const day = 24 * 3_600_000;

/**
 * Periods of temporary inaccessibility that ran out undetermined: the harm's `onLapse` says whether the content stays hidden (priority) or
 * is shown again; a breach is on record either way, and again every 24 hours while it stays undecided. Returns how many.
 */
export async function expirePeriods(house: House, limit = 100): Promise<number> {
  const now = house.clock.now();
  const again = new Date(now.getTime() - day);
  const expired = await house.db.begin('jobs', (tx) => decisions.expiredPeriods(tx, now, again, limit));
  for (const { id, case: caseId } of expired) {
    await house.db.begin('jobs', async (tx) => {
      const of = await lockCase(tx, caseId);
      const decision = (await decisions.decision(tx, id)) as decisions.Decision;
      if (decision.supersededBy !== null || (decision.lapsedAt !== null && decision.lapsedAt >= again)) return;
      const onLapse = policy.harmEntry(of.harm).onLapse;
      const because = await append(house, tx, {
        kind: 'period.lapsed',
        service: of.service,
        case: of.id,
        payload: { decision: id, on_lapse: onLapse },
      });
      await decisions.lapse(because);
      // A day later it lapses again; who has not answered since is called again anyhow.
      const rings = (await calls.ringingIn(tx, of.id)).some(({ about, subject }) => about === 'lapse' && subject === id);
      if (!rings)
        await call(house, tx, {
          about: 'lapse',
          of,
          service: of.service,
          subject: id,
          ...(decision.expiresAt && { dueAt: decision.expiresAt }),
        });
      house.log.warn({ case: of.id, decision: id, onLapse }, 'a period of temporary inaccessibility lapsed undetermined');
      if (onLapse === 'restore') {
        await lapseUndelivered(house, tx, of, decision);
        await showAgain(house, tx, of, decision);
      }
    });
  }
  return expired.length;
}

/** Measures of limited length whose time is over end by themselves, the longest overdue first. Returns how many. */
export async function endMeasures(house: House, limit = 100): Promise<number> {
  const over = await house.db.begin('jobs', (tx) => decisions.endingMeasures(tx, house.clock.now(), limit));
  let ended = 0;
  for (const { id, case: caseId } of over)
    if (await house.db.begin('jobs', async (tx) => endMeasure(house, tx, await lockCase(tx, caseId), id))) ended++;
  return ended;
}

/**
 * Clocks that ran past their time, also where it was done too late before we looked: a breach is a record, once a clock, and what can be mended
 * without a person is mended with it. Returns how many.
 */
export async function recordBreaches(house: House, healing: (clock: cases.ClockName) => Healing | null, limit = 200): Promise<number> {
  const overdue = await house.db.begin('jobs', (tx) => cases.overdueClocks(tx, house.clock.now(), limit));
  for (const { case: caseId, subject, clock, dueAt } of overdue) {
    await house.db.begin('jobs', async (tx) => {
      const whose = await lockWhose(tx, { case: caseId, subject });
      const due = await cases.clockOf(tx, subject, clock);
      if (!due || due.breachedAt !== null || due.dueAt.getTime() !== dueAt.getTime()) return;
      const { stoppedAt } = due;
      if (stoppedAt !== null && stoppedAt <= dueAt) return;
      await breach(house, tx, whose, due, (await isKept(tx, whose.of, clock)) ? 'kept secret' : 'not kept in time');
      // What has been done since is mended.
      if (whose.of !== null && stoppedAt === null) await healing(clock)?.(house, tx, whose.of, due);
    });
  }
  return overdue.length;
}

/** An answer that is late because what it would tell is kept secret: nobody forgot it. */
async function isKept(tx: Tx, of: cases.Case | null, clock: cases.ClockName): Promise<boolean> {
  return of !== null && clock === 'answer.outcome' && (await cases.secreciesOf(tx, of.id)).some(({ state }) => state === 'running');
}
