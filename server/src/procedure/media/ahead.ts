import { fetchFile } from '../../foundation/fetch-file.ts';
import * as subjects from '../../subjects/index.ts';
import type { House } from '../house.ts';
import type { MediaInput } from '../moderation/media.ts';

/** How long somebody who asks for a verdict is kept waiting for a file. */
const patienceMs = 1_500;

/**
 * Fetches files that were handed in by address while the platform waits for its verdict, so that they are screened before anything is shown.
 * What does not come in time is fetched afterwards; what is not to be had says so.
 */
export async function fetchAhead(house: House, service: string, media: readonly MediaInput[]): Promise<readonly MediaInput[]> {
  if (!media.some(({ url }) => url !== undefined)) return media;
  const hosts = await house.db.begin('doors', (tx) => subjects.mediaHostsOf(tx, service));
  return Promise.all(
    media.map(async (file) => {
      const { url, sha256, size } = file;
      if (url === undefined || sha256 === undefined || size === undefined) return file;
      const fetched = await fetchFile({ url, sha256, size }, hosts, { timeoutMs: patienceMs });
      if ('bytes' in fetched) return { ...file, fetched: fetched.bytes };
      return fetched.again ? file : { ...file, failed: fetched.failure };
    }),
  );
}
