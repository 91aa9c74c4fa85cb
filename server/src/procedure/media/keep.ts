import type { Tx } from '../../foundation/db/transaction.ts';
import { digest } from '../../foundation/digest.ts';
import { append, keepBytes, type Party, reveal } from '../../records/index.ts';
import * as subjects from '../../subjects/index.ts';
import type { House } from '../house.ts';

interface Settled {
  readonly id: string;
  readonly service: string;
  /** In whose life it is told; null where there is none. The caller holds its lock. */
  readonly case: string | null;
}

/** The hashes of a file that is here. */
export interface Hashes {
  readonly sha256: string;
  readonly sha1: string;
  readonly md5: string;
}

/** Keeps a file that was awaited, under the author's key. With the last one the snapshot is whole. */
export async function keepFetched(
  house: House,
  tx: Tx,
  { id, service, case: of, author, bytes }: Settled & { readonly author: Party; readonly bytes: Buffer },
): Promise<Hashes> {
  const media = (await subjects.media(tx, id)) as subjects.AwaitedMedia;
  const asked = await reveal(house, tx, 'media.awaited', media.record);
  const hashes = { sha256: digest('sha256', bytes), sha1: digest('sha1', bytes), md5: digest('md5', bytes) };
  await keepBytes(house, tx, author, subjects.mediaPath(media.revision, hashes.sha256), bytes);
  await subjects.keepMedia(
    await append(house, tx, {
      kind: 'media.kept',
      service,
      ...(of === null ? {} : { case: of }),
      parties: [author],
      payload: {
        media: id,
        revision: media.revision,
        completes: await completes(house, tx, media),
        file: { ...hashes, type: asked?.file?.type ?? '', size: bytes.length },
      },
    }),
  );
  await subjects.endFetch(tx, id);
  return hashes;
}

/** Writes down that a file is not to be had, and why: the snapshot stays incomplete until it is handed in again. */
export async function failMedia(
  house: House,
  tx: Tx,
  { id, service, case: of, reason }: Settled & { readonly reason: string },
): Promise<void> {
  await subjects.failMedia(
    await append(house, tx, {
      kind: 'media.failed',
      service,
      ...(of === null ? {} : { case: of }),
      payload: { media: id, reason },
    }),
  );
  await subjects.endFetch(tx, id);
  house.log.warn({ media: id, service, reason }, 'a file could not be fetched: its snapshot is incomplete. It can be handed in again');
}

/** Whether all other files of the revision are kept already. */
async function completes(house: House, tx: Tx, { revision, place }: subjects.AwaitedMedia): Promise<boolean> {
  const sealed = (await subjects.revision(tx, revision)) as { readonly record: string };
  const files = (await reveal(house, tx, 'content.snapshotted', sealed.record))?.media ?? [];
  const late = (await subjects.mediaOf(tx, revision)).filter(({ state }) => state === 'kept').map((one) => one.place);
  return files.every(({ kept }, n) => kept || n === place || late.includes(n));
}
