import { encodeBase64 } from '../base64.ts';
import type { Opening } from '../commitment.ts';
import { canonicalize } from '../jcs.ts';
import type { LeafRecord } from '../record.ts';
import { leafBytes } from '../record.ts';

/** A line of `records.jsonl`: the leaf's bytes, byte for byte what was hashed, and LF. */
export function recordLine(leaf: LeafRecord | Uint8Array): Uint8Array {
  return Buffer.concat([leaf instanceof Uint8Array ? leaf : leafBytes(leaf), Buffer.of(0x0a)]);
}

/** A line of `proofs.jsonl`. */
export function proofLine(id: string, index: number, hashes: readonly Uint8Array[]): string {
  return `${canonicalize({ hashes: hashes.map(encodeBase64), id, index })}\n`;
}

/** A line of `openings.jsonl`. */
export function openingLine({ id, field, salt, value }: Opening): string {
  return `${canonicalize({ field, id, salt, value })}\n`;
}

/** `consistency.json`: two checkpoint notes and the proof that the new tree begins with the old. */
export function consistencyText(oldNote: string, newNote: string, hashes: readonly Uint8Array[]): string {
  return `${canonicalize({ hashes: hashes.map(encodeBase64), new: newNote, old: oldNote })}\n`;
}

/** `log.vkey` and `old-log.vkey`. */
export function vkeyText(vkey: string): string {
  return `${vkey}\n`;
}

/** A file that has been written: path in the bag, SHA-256 in hex, bytes. */
export interface WrittenFile {
  readonly path: string;
  readonly sha256: string;
  readonly size: number;
}

/** `manifest-sha256.txt` of the files in `data/`, or `tagmanifest-sha256.txt` of the others but itself. */
export function manifestText(files: readonly WrittenFile[]): string {
  return files.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join('');
}

/**
 * `bag-info.txt`.
 * @param payload every file in `data/`.
 * @param labels further reserved or own labels (`Source-Organization`); values of one line.
 * @param baggingDate `2026-11-24`.
 */
export function bagInfoText(
  payload: readonly WrittenFile[],
  baggingDate: string,
  labels: { readonly [label: string]: string } = {},
): string {
  const size = payload.reduce((sum, file) => sum + file.size, 0);
  const all = { ...labels, 'Bagging-Date': baggingDate, 'Payload-Oxum': `${size}.${payload.length}` };
  return Object.entries(all)
    .map(([label, value]) => {
      if (/[\r\n]/.test(value) || !/^[^:\s]+$/.test(label)) throw new RangeError(`${label} is not a label with a value of one line`);
      return `${label}: ${value}\n`;
    })
    .join('');
}
