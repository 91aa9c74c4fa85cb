import * as cases from '../cases/questions.ts';
import * as enforcement from '../enforcement/questions.ts';
import type { Tx } from '../foundation/db/transaction.ts';
import * as intake from '../intake/questions.ts';
import type { Spine } from '../records/questions.ts';
import * as subjects from '../subjects/questions.ts';
import { type Material, materialOf } from './material.ts';

/** A case that was merged into the one that is read. */
export interface Merged {
  readonly of: cases.Case;
  readonly item: subjects.Item | undefined;
  /** As the platform shows their name; null once erased. */
  readonly author: string | null;
  /** What is shown of its item on the platform, if it did what it was last asked. */
  readonly desired: enforcement.DesiredState;
  readonly reports: readonly intake.Report[];
  readonly clocks: readonly cases.Clock[];
  /** What it said in its newest revision; null where that was erased. */
  readonly newest: Material | null;
}

/** What was merged into a case, in the order of their ids. */
export async function readMerged(spine: Pick<Spine, 'keys'>, tx: Tx, lead: string): Promise<readonly Merged[]> {
  const read: Merged[] = [];
  for (const of of await cases.mergedInto(tx, lead)) {
    const item = await subjects.item(tx, of.item);
    const author = item?.author ? await subjects.account(tx, item.author) : undefined;
    const [newest = null] = await materialOf({ keys: spine.keys }, tx, (await cases.revisionsOf(tx, of.id)).slice(-1));
    read.push({
      of,
      item,
      newest,
      author: author ? (author.handle ?? author.externalId) : null,
      desired: (await enforcement.newestAction(tx, of.item))?.desired ?? 'visible',
      reports: await intake.reportsOf(tx, of.id),
      clocks: await cases.clocksOf(tx, of.id),
    });
  }
  return read;
}
