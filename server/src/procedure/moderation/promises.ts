import type { ClockName } from '../../cases/index.ts';
import * as cases from '../../cases/index.ts';
import * as intake from '../../intake/index.ts';
import * as notices from '../../notices/index.ts';
import type { Kind } from '../../records/index.ts';
import type { House } from '../house.ts';
import { expirePeriods, recordBreaches } from './expire.ts';
import { tellStatus } from './explain.ts';
import { lockCase } from './lock.ts';

/** What is owed: from which record to which, within what time, by which law; and what is done so that it is kept, or seen when it isn't. */
export interface Promised {
  readonly clock: ClockName;
  readonly from: readonly Kind[];
  readonly to: readonly Kind[];
  /** Act, Code or our own word; the lengths stand in `catalogue/clocks.json`. */
  readonly law: string;
  /** How it is kept without anybody thinking of it; null where a person must act. */
  readonly kept: string | null;
}

/** Clocks, sweeper, staff page and metrics all read this table. */
export const promises: readonly Promised[] = [
  {
    clock: 'acknowledge',
    from: ['report.received'],
    to: ['notice.handed'],
    law: 'Act 866 s.21',
    kept: 'the subscriber acknowledge-report writes at once; the outbox tries until it is handed over',
  },
  {
    clock: 'protect',
    from: ['case.opened'],
    to: ['action.acknowledged'],
    law: 'Act 866 ss.22, 23',
    kept: 'priority content is hidden in the transaction that receives it; other content waits for a person',
  },
  { clock: 'determine', from: ['case.opened'], to: ['decision.made'], law: 'Act 866 ss.22, 23', kept: null },
  {
    clock: 'enforce',
    from: ['decision.made'],
    to: ['action.acknowledged'],
    law: 'Act 866 ss.22, 23',
    kept: 'the outbox sends until the platform acknowledges',
  },
  {
    clock: 'answer.status',
    from: ['report.received'],
    to: ['notice.handed'],
    law: 'Act 866 s.21',
    kept: 'an hour before it is due the sweeper writes where the matter stands',
  },
  {
    clock: 'answer.outcome',
    from: ['report.received'],
    to: ['notice.handed'],
    law: 'Code 4.4',
    kept: 'the subscriber explain-decision writes when it is decided',
  },
  { clock: 'appeal.answer', from: ['appeal.received'], to: ['notice.handed'], law: 'own promise (Code 4.4 names no period)', kept: null },
];

const statusLead = 60 * 60_000;

/** Reporters whose status falls due within the hour, and who have no answer yet, are told where the matter stands. Returns how many. */
export async function tellWaiting(house: House, limit = 100): Promise<number> {
  const due = await house.db.begin('jobs', (tx) =>
    cases.clocksDue(tx, 'answer.status', new Date(house.clock.now().getTime() + statusLead), limit),
  );
  let told = 0;
  for (const { subject, case: caseId } of due) {
    await house.db.begin('jobs', async (tx) => {
      const of = await lockCase(tx, caseId);
      const report = await intake.report(tx, subject);
      const written = report && (await notices.noticesOnReport(tx, report.id)).some(({ template }) => template === 'report.status');
      if (!report || written || !(await cases.isRunning(tx, subject, 'answer.status'))) return;
      await tellStatus(house, tx, of, report);
      told++;
    });
  }
  return told;
}

/** One round of the sweeper: everything that time alone brings about. Each part is idempotent; a crash leaves the rest for the next round. */
export async function sweep(house: House): Promise<{ readonly lapsed: number; readonly told: number; readonly breached: number }> {
  const lapsed = await expirePeriods(house);
  const told = await tellWaiting(house);
  const breached = await recordBreaches(house);
  return { lapsed, told, breached };
}
