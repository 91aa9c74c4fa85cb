import type { Check, Finding } from '../foundation/doctor.ts';
import { compare } from './anchor.ts';
import { isAnnounced } from './announced.ts';
import { countBackDated, treeSize } from './leaf.sql.ts';
import type { Spine } from './spine.ts';
import { lag } from './subscriber.sql.ts';

/** The limit of our transactions: a record may wait so long between its time and its place, and no longer. */
const backDatingMs = 60_000;
/** Leaves that are looked at: the whole log is an export's to tell. */
const newest = 20_000;
/** A subscriber that is so far behind is not keeping up. */
const farBehind = 10_000;

/** The log's own: its anchor, its key, its times, and whoever hears it. */
export function recordChecks(spine: Spine): Check[] {
  const asking = <T>(question: Parameters<typeof spine.db.begin<T>>[1]) => spine.db.begin('jobs', question);
  return [
    {
      name: 'log anchor',
      async run(): Promise<Finding> {
        const size = await asking((tx) => compare(spine, tx));
        if (size !== null)
          return { state: 'good', says: `The log is anchored at ${size} records, and the database is the one that was anchored.` };
        return { state: 'bad', says: spine.gate.reason, todo: 'Do as it says; until then nothing is accepted.' };
      },
    },
    {
      name: 'log key',
      async run(): Promise<Finding> {
        if (await asking((tx) => isAnnounced(tx, spine.signer.vkey)))
          return { state: 'good', says: `The log announced its key ${spine.signer.vkey}.` };
        return { state: 'warn', says: 'The log has not announced the key that signs it.', todo: 'Start Perisai, which announces it.' };
      },
    },
    {
      name: 'log times',
      async run(): Promise<Finding> {
        const size = await asking(treeSize);
        const first = Math.max(0, size - newest);
        const count = await asking((tx) => countBackDated(tx, first, size, backDatingMs));
        const says = `${count} of the newest ${size - first} records say that they were recorded more than a minute before an earlier one.`;
        // A demonstration moves its clock, and says on every page that it is one.
        if (count === 0 || spine.signer.vkey.startsWith('demo/')) return { state: 'good', says };
        return { state: 'bad', says, todo: 'Find out whether a clock was set back (keep it by NTP) or somebody wrote into the past.' };
      },
    },
    {
      name: 'subscribers',
      async run(): Promise<Finding> {
        const stuck = (await asking(lag)).filter(({ behind, failedAt }) => failedAt !== null || behind > farBehind);
        if (stuck.length === 0) return { state: 'good', says: 'Every subscriber hears the log.' };
        const says = stuck.map(
          ({ name, behind, failure }) => `${name} is ${behind} behind the newest record${failure === null ? '' : `: ${failure}`}.`,
        );
        return { state: 'bad', says: says.join(' '), todo: 'Mend what it names; it then hears the record again by itself.' };
      },
    },
  ];
}
