import { forgetAnswers } from '../../foundation/http/idempotency.ts';
import { forgetAttempts } from '../../foundation/outbox/delivery-log.ts';
import { forgetMessages } from '../../foundation/outbox/outbox.ts';
import type { House } from '../house.ts';
import { writeRuleCounts } from '../rules/count.ts';
import { writeCounts } from './count.ts';
import { forgetAddresses } from './forget-addresses.ts';
import { sweep } from './promises.ts';

/**
 * What time alone brings about. A job only says *look now*: what is due is read from our rows with the injected clock. Each may run twice,
 * or late, or on another machine.
 */
export function moderationJobs(house: House): Record<string, () => Promise<void>> {
  return {
    sweep: async () => void (await sweep(house)),
    'write-counts': async () => {
      await writeCounts(house);
      await writeRuleCounts(house);
    },
    'forget-answers': async () => {
      while ((await house.db.begin('jobs', (tx) => forgetAnswers(tx, house.clock))) > 0);
    },
    'forget-addresses': async () => void (await forgetAddresses(house)),
    'forget-messages': async () => {
      while ((await house.db.begin('jobs', (tx) => forgetMessages(tx, house.clock.now()))) > 0);
      while ((await house.db.begin('jobs', (tx) => forgetAttempts(tx, house.clock.now()))) > 0);
    },
  };
}

/** When they run, in graphile-worker's crontab form. */
export const moderationCrontab =
  '* * * * * sweep ?max=3\n* * * * * write-counts ?max=3\n17 * * * * forget-answers ?max=3\n43 * * * * forget-messages ?max=3\n29 18 * * * forget-addresses ?max=3\n';
