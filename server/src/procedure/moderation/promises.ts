import type { ClockName } from '../../cases/index.ts';
import * as cases from '../../cases/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import * as intake from '../../intake/index.ts';
import * as notices from '../../notices/index.ts';
import type { Kind } from '../../records/index.ts';
import { repeatCalls, warnOfClocks } from '../calls/index.ts';
import { returnRested } from '../casework/park.ts';
import type { House } from '../house.ts';
import { endMeasures, expirePeriods, recordBreaches } from './expire.ts';
import { tellStatus } from './explain.ts';
import { type Healing, sendActionsAgain, sendNoticesAgain } from './heal.ts';
import { lockCase } from './lock.ts';
import { releaseDue } from './release.ts';
import { endSecrecies } from './secrecy.ts';

/** What is owed: from which record to which, within what time, by which law; and what is done so that it is kept, or seen when it isn't. */
export interface Promised {
  readonly clock: ClockName;
  readonly from: readonly Kind[];
  readonly to: readonly Kind[];
  /** Act, Code or our own word; the lengths stand in `catalogue/clocks.json`. */
  readonly law: string;
  /** How it is kept without anybody thinking of it; null where a person must act. */
  readonly kept: string | null;
  /** What is done at once when it is found broken, beside the breach on record; null where only a person can mend it. */
  readonly heals: { readonly does: string; readonly verb: Healing } | null;
}

const noticesAgain = { does: 'sends again what was written and no channel has taken', verb: sendNoticesAgain };
const actionsAgain = { does: 'sends again what the platform has not acknowledged', verb: sendActionsAgain };

/**
 * Clocks, sweeper, staff page and metrics all read this table. A promise is broken when `cases.overdueClocks` finds its clock: past its time,
 * not stopped, no breach on record.
 */
export const promises: readonly Promised[] = [
  {
    clock: 'acknowledge',
    from: ['report.received'],
    to: ['notice.handed'],
    law: 'Act 866 s.21',
    kept: 'the subscriber acknowledge-report writes at once; the outbox tries until it is handed over',
    heals: noticesAgain,
  },
  {
    clock: 'protect',
    from: ['case.opened', 'decision.made'],
    to: ['action.acknowledged'],
    law: 'Act 866 ss.22, 23',
    kept: 'priority content is hidden in the transaction that receives it; other content waits for a person',
    heals: actionsAgain,
  },
  { clock: 'determine', from: ['case.opened'], to: ['decision.made'], law: 'Act 866 ss.22, 23', kept: null, heals: null },
  {
    clock: 'enforce',
    from: ['decision.made'],
    to: ['action.acknowledged'],
    law: 'Act 866 ss.22, 23',
    kept: 'the outbox sends until the platform acknowledges',
    heals: actionsAgain,
  },
  {
    clock: 'answer.status',
    from: ['report.received'],
    to: ['notice.handed'],
    law: 'Act 866 s.21',
    kept: 'an hour before it is due the sweeper writes where the matter stands',
    heals: { does: 'says now where the matter stands, or sends again what was written', verb: tellNow },
  },
  {
    clock: 'answer.outcome',
    from: ['report.received'],
    to: ['notice.handed'],
    law: 'Code 4.4',
    kept: 'the subscriber explain-decision writes when it is decided',
    heals: noticesAgain,
  },
  {
    clock: 'appeal.answer',
    from: ['appeal.received'],
    to: ['notice.handed'],
    law: 'own promise (Code 4.4 names no period)',
    kept: null,
    heals: noticesAgain,
  },
  {
    clock: 'instruction',
    from: ['instruction.received', 'instruction.advanced'],
    to: ['instruction.answered', 'instruction.advanced'],
    law: 'Act 866 ss.25, 27, 30, 37',
    kept: 'what is asked about content is decided when it is entered; the outbox sends until the platform acknowledges',
    heals: actionsAgain,
  },
  {
    clock: 'inquiry.answer',
    from: ['inquiry.received'],
    to: ['notice.handed'],
    law: 'Act 866 ss.21–23, 26',
    kept: null,
    heals: noticesAgain,
  },
];

const heals = new Map(promises.map((promised) => [promised.clock, promised.heals?.verb ?? null]));

const statusLead = 60 * 60_000;

/** Where the matter stands, to who has not been told; else what was written goes out again. */
async function tellNow(house: House, tx: Tx, of: cases.Case, clock: cases.Clock): Promise<void> {
  const report = await intake.report(tx, clock.subject);
  if (report && !(await isTold(tx, report))) await tellStatus(house, tx, of, report);
  await sendNoticesAgain(house, tx, of, clock);
}

/** Whether a reporter was written more than that we have their report. */
async function isTold(tx: Tx, report: intake.Report): Promise<boolean> {
  return (await notices.noticesOnReport(tx, report.id)).some(({ template }) => template !== 'report.acknowledged');
}

/** Reporters whose status falls due within the hour, and who have no answer yet, are told where the matter stands. Returns how many. */
async function tellWaiting(house: House, limit = 100): Promise<number> {
  const due = await house.db.begin('jobs', (tx) =>
    cases.clocksDue(tx, 'answer.status', new Date(house.clock.now().getTime() + statusLead), limit),
  );
  let told = 0;
  for (const { subject, case: caseId } of due) {
    await house.db.begin('jobs', async (tx) => {
      const of = await lockCase(tx, caseId as string);
      const report = await intake.report(tx, subject);
      if (!report || (await isTold(tx, report)) || !(await cases.isRunning(tx, subject, 'answer.status'))) return;
      await tellStatus(house, tx, of, report);
      told++;
    });
  }
  return told;
}

/** How much of each there was. */
type Swept = Readonly<Record<'lapsed' | 'ended' | 'told' | 'warned' | 'breached' | 'repeated', number>>;

/**
 * One round of the sweeper: everything that time alone brings about. Each part is idempotent; a crash leaves the rest for the next round. A part
 * that fails keeps no other from its work: least of all a breach from being on record.
 * @throws the first failure, once every part had its turn
 */
export async function sweep(house: House): Promise<Swept> {
  const failures: unknown[] = [];
  const part = async <T>(work: Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      failures.push(error);
      return otherwise;
    }
  };
  await part<unknown>(returnRested(house), null);
  await part(releaseDue(house), 0);
  await part<unknown>(endSecrecies(house), null);
  const lapsed = await part(expirePeriods(house), 0);
  const ended = await part(endMeasures(house), 0);
  const told = await part(tellWaiting(house), 0);
  const warned = await part(warnOfClocks(house), 0);
  const breached = await part(
    recordBreaches(house, (clock) => heals.get(clock) ?? null),
    0,
  );
  const repeated = await part(repeatCalls(house), 0);
  if (failures.length > 0) throw failures[0];
  return { lapsed, ended, told, warned, breached, repeated };
}
