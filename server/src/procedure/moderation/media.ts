import type { Tx } from '../../foundation/db/transaction.ts';
import { digest } from '../../foundation/digest.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { keepBytes, type Party } from '../../records/index.ts';
import type { House } from '../house.ts';

/** A file of an item: its hashes as the platform knows them, or its bytes (base64), from which they are computed. */
export interface MediaInput {
  readonly sha256?: string;
  readonly sha1?: string;
  readonly md5?: string;
  readonly type?: string;
  readonly bytes?: string;
}

/** The hashes of a file; the bytes' own where they came along, so that nobody's word is taken for them. */
export function hashesOf(media: MediaInput): { sha256?: string; sha1?: string; md5?: string } {
  if (media.bytes === undefined)
    return { ...(media.sha256 && { sha256: media.sha256 }), ...(media.sha1 && { sha1: media.sha1 }), ...(media.md5 && { md5: media.md5 }) };
  const bytes = Buffer.from(media.bytes, 'base64');
  return { sha256: digest('sha256', bytes), sha1: digest('sha1', bytes), md5: digest('md5', bytes) };
}

/** Where a file of a revision is kept. */
export function mediaPath(revision: string, sha256: string): string {
  return `media/${revision}/${sha256}`;
}

/**
 * Keeps the files of a revision under the author's key. What came as hashes only is noted as not kept: the snapshot is incomplete.
 * @throws Problem `item-conflict` where a stated hash is not that of the bytes.
 */
export async function keepMedia(house: House, tx: Tx, revision: string, owner: Party, media: readonly MediaInput[]) {
  return Promise.all(
    media.map(async (file) => {
      const hashes = hashesOf(file);
      if (file.sha256 && hashes.sha256 && file.sha256 !== hashes.sha256)
        throw new Problem('item-conflict', 'The stated SHA-256 of a file is not that of its bytes.');
      const kept = file.bytes !== undefined && hashes.sha256 !== undefined;
      if (kept)
        await keepBytes(house, tx, owner, mediaPath(revision, hashes.sha256 as string), Buffer.from(file.bytes as string, 'base64'));
      return { sha256: hashes.sha256 ?? null, sha1: hashes.sha1 ?? null, md5: hashes.md5 ?? null, type: file.type ?? null, kept };
    }),
  );
}
