import { bad, type Check, good, warn } from '../foundation/doctor.ts';
import { isAnnounced } from './announced.ts';
import { newestHandles } from './handle.sql.ts';
import { countBackDated, treeSize } from './leaf.sql.ts';
import type { Spine } from './spine.ts';

/** The limit of our transactions: a record may wait so long between its time and its place, and no longer. */
const backDatingMs = 60_000;
/** Leaves that are looked at: the whole log is the verifier's to tell, which counts the same in an export. */
const newest = 20_000;

/** People whose keys are looked for: each may be a question to the operator's key service. */
const newestPeople = 100;
/** Whose key may have been made after this process opened the key store is not asked for. */
const settledMs = 60_000;

/** What the doctor asks of the log beside its anchor: its key, its times, and the keys of whom it speaks. Reads only. */
export function recordChecks({ db, signer, keys, clock }: Pick<Spine, 'db' | 'signer' | 'keys' | 'clock'>): Check[] {
  return [
    {
      name: 'log key',
      run: async () =>
        (await db.begin('jobs', (tx) => isAnnounced(tx, signer.vkey)))
          ? good(`The log announced the key that signs it, ${signer.vkey}.`)
          : warn('The log has not announced the key that signs it.', 'Start Perisai, which announces it.'),
    },
    {
      name: 'log times',
      run: async () => {
        const { first, size, count } = await db.begin('jobs', async (tx) => {
          const end = await treeSize(tx);
          const begin = Math.max(0, end - newest);
          return { first: begin, size: end, count: await countBackDated(tx, begin, end, backDatingMs) };
        });
        const says = `${count} of the newest ${size - first} records say that they were recorded more than a minute before an earlier one.`;
        // A demonstration moves its clock, and says on every page that it is one.
        if (count === 0 || signer.vkey.startsWith('demo/')) return good(says);
        return bad(says, 'Find out whether a clock was set back (keep it by NTP) or somebody wrote into the past.');
      },
    },
    {
      name: 'data keys',
      run: async () => {
        const before = new Date(clock.now().getTime() - settledMs);
        const handles = await db.begin('jobs', (tx) => newestHandles(tx, before, newestPeople));
        const found = await Promise.all(handles.map((handle) => keys.get(handle)));
        const lost = found.filter((key) => key === null).length;
        if (lost === 0) return good('The people of whom the newest records speak have their keys.');
        return bad(
          `${lost} of ${handles.length} people of whom the newest records speak have no key: the key store is older than the database.`,
          'Stop Perisai and bring back the newest backup of the key store; until then their texts cannot be read, and nothing is taken from them.',
        );
      },
    },
  ];
}
