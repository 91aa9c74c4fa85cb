import { TestClock } from '../src/foundation/clock.ts';
import { connectPools } from '../src/foundation/db/pools.ts';
import { openDatabase } from '../src/foundation/db/transaction.ts';
import { silentLog } from '../src/foundation/log.ts';
import { dispatchDue } from '../src/foundation/outbox/dispatch.ts';

/**
 * A process that sends what is due and comes as far as the receiver's 2xx: it says so, and stands still before it commits what follows. The
 * test kills it there. Arguments: the database, the receiver, the time.
 */
const [databaseUrl = '', url = '', time = ''] = process.argv.slice(2);
await dispatchDue({
  db: openDatabase(connectPools({ url: databaseUrl })),
  clock: new TestClock(time),
  log: silentLog,
  endpointOf: async () => ({ url, secrets: [] }),
  paceOf: async () => ({ perSecond: 100, atOnce: 100 }),
  mail: () => Promise.reject(new Error('there is no mail')),
  refused: async () => false,
  givenUp: async () => undefined,
  taken: () => {
    process.stdout.write('taken\n');
    return new Promise(() => undefined);
  },
});
