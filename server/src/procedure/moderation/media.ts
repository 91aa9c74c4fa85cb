import type { Tx } from '../../foundation/db/transaction.ts';
import { digest } from '../../foundation/digest.ts';
import type { FetchFailure } from '../../foundation/fetch-file.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { keepBytes, type Party } from '../../records/index.ts';
import { mediaPath } from '../../subjects/index.ts';
import type { House } from '../house.ts';

/** A file of an item: its hashes as the platform knows them, its bytes (base64), from which they are computed, or the address where it lies. */
export interface MediaInput {
  readonly sha256?: string;
  readonly sha1?: string;
  readonly md5?: string;
  readonly type?: string;
  readonly bytes?: string;
  /** From where it is fetched; then hash, size and type are said, too. */
  readonly url?: string;
  readonly size?: number;
  /** It was fetched while the platform waited. */
  readonly fetched?: Buffer;
  /** It was asked for, and is not to be had. */
  readonly failed?: FetchFailure;
}

/** The bytes of a file, where they are here. */
function bytesOf({ bytes, fetched }: MediaInput): Buffer | null {
  return fetched ?? (bytes === undefined ? null : Buffer.from(bytes, 'base64'));
}

/** Whether a file was handed in by its address and is not here. */
export function isMissing(file: MediaInput): boolean {
  return file.url !== undefined && bytesOf(file) === null;
}

/** @throws Problem `field-missing`, `field-wrong` where an address stands without what it must be, or beside the bytes. */
export function checkMedia(media: readonly MediaInput[] = []): void {
  for (const [n, { url, bytes, sha256, size, type }] of media.entries()) {
    if (url === undefined) continue;
    const at = `/item/media/${n}`;
    const missing = Object.entries({ sha256, size, type }).find(([, value]) => value === undefined)?.[0];
    if (missing !== undefined)
      throw new Problem('field-missing', `${at}/${missing}: A file that is to be fetched needs sha256, size and type.`);
    if (bytes !== undefined) throw new Problem('field-wrong', `${at}: A file is handed in as bytes or by its address, not as both.`);
  }
}

/** The hashes of a file; the bytes' own where they came along, so that nobody's word is taken for them. */
function hashesOf(media: MediaInput): { sha256?: string; sha1?: string; md5?: string } {
  const bytes = bytesOf(media);
  if (bytes === null)
    return { ...(media.sha256 && { sha256: media.sha256 }), ...(media.sha1 && { sha1: media.sha1 }), ...(media.md5 && { md5: media.md5 }) };
  return { sha256: digest('sha256', bytes), sha1: digest('sha1', bytes), md5: digest('md5', bytes) };
}

/** All that an item is known by in the banks: its files, and the parts of a live session. */
export function knownBy({ media = [], segments = [] }: { media?: readonly MediaInput[]; segments?: readonly { sha256?: string }[] }) {
  return [...media.map(hashesOf), ...segments.flatMap(({ sha256 }) => (sha256 === undefined ? [] : [{ sha256 }]))];
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
      const bytes = bytesOf(file);
      const kept = bytes !== null;
      if (kept) await keepBytes(house, tx, owner, mediaPath(revision, hashes.sha256 as string), bytes);
      return { sha256: hashes.sha256 ?? null, sha1: hashes.sha1 ?? null, md5: hashes.md5 ?? null, type: file.type ?? null, kept };
    }),
  );
}
