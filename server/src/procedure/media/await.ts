import type { Tx } from '../../foundation/db/transaction.ts';
import { append, type Party } from '../../records/index.ts';
import * as subjects from '../../subjects/index.ts';
import type { House } from '../house.ts';
import { isMissing, type MediaInput } from '../moderation/media.ts';
import { failMedia, keepFetched } from './keep.ts';

/** The files of a revision as they were handed in. */
interface HandedIn {
  readonly service: string;
  readonly revision: string;
  readonly author: Party;
  readonly media: readonly MediaInput[];
}

/** Writes down which files of a new snapshot are still to come, and lays them out to be fetched; what is known not to be had is on record, too. */
export async function awaitMissing(house: House, tx: Tx, files: HandedIn): Promise<void> {
  for (const [place, file] of files.media.entries()) if (isMissing(file)) await awaitOne(house, tx, files, place, file);
}

/** The same revision is handed in once more: a file that could not be had the first time gets another chance, under its new address. */
export async function awaitMissingAgain(house: House, tx: Tx, files: HandedIn): Promise<void> {
  if (!files.media.some(({ url }) => url !== undefined)) return;
  const before = await subjects.mediaOf(tx, files.revision);
  for (const [place, file] of files.media.entries()) {
    if (file.url === undefined || before.findLast((one) => one.place === place)?.state !== 'failed') continue;
    const id = await awaitOne(house, tx, files, place, file);
    if (file.fetched) await keepFetched(house, tx, { id, service: files.service, case: null, author: files.author, bytes: file.fetched });
  }
}

async function awaitOne(
  house: House,
  tx: Tx,
  { service, revision, author }: HandedIn,
  place: number,
  { url = '', sha256 = '', size = 0, type = '', fetched, failed }: MediaInput,
): Promise<string> {
  const media = house.ids.next();
  const because = await append(house, tx, {
    kind: 'media.awaited',
    service,
    parties: [author],
    payload: { media, revision, place, file: { url, sha256, size, type } },
  });
  await subjects.awaitMedia(because);
  if (failed) await failMedia(house, tx, { id: media, service, case: null, reason: failed });
  else if (fetched === undefined) await subjects.queueFetch(tx, media, house.clock.now());
  return media;
}
