import { forgetAnswers } from '../../foundation/http/idempotency.ts';
import type { House } from '../house.ts';
import { writeCounts } from './count.ts';
import { sweep } from './promises.ts';

/**
 * What time alone brings about. A job only says *look now*: what is due is read from our rows with the injected clock. Each may run twice,
 * or late, or on another machine.
 */
export function moderationJobs(house: House): Record<string, () => Promise<void>> {
  return {
    sweep: async () => void (await sweep(house)),
    'write-counts': async () => void (await writeCounts(house)),
    'forget-answers': async () => {
      while ((await house.db.begin('jobs', (tx) => forgetAnswers(tx, house.clock))) > 0);
    },
  };
}

/** When they run, in graphile-worker's crontab form. */
export const moderationCrontab = '* * * * * sweep ?max=3\n* * * * * write-counts ?max=3\n17 * * * * forget-answers ?max=3\n';
