import { decodeBase64 } from '../base64.ts';
import type { Json } from '../jcs.ts';
import { parseCanonical } from '../jcs.ts';
import { blame, ExportError } from './failure.ts';

/** A line without its line end; numbers from 1. */
export interface Line {
  readonly number: number;
  readonly bytes: Uint8Array;
}

const lineFeed = 0x0a;

/**
 * The lines of a file, one after the other, holding no more than one in memory.
 * @throws {ExportError} `bad-text` where the last line has no LF, `too-long` where one has more than `maxBytes`.
 */
export async function* linesOf(file: string, chunks: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Line, void> {
  let number = 1;
  let begun: Uint8Array[] = [];
  let length = 0;
  const tooLong = (): ExportError => new ExportError('too-long', file, number, `has more than ${maxBytes} bytes`);
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      const piece = chunk.subarray(start, end);
      if (length + piece.length > maxBytes) throw tooLong();
      yield { number, bytes: length === 0 ? piece : Buffer.concat([...begun, piece]) };
      number++;
      begun = [];
      length = 0;
      start = end + 1;
    }
    if (start === chunk.length) continue;
    begun.push(chunk.subarray(start));
    length += chunk.length - start;
    if (length > maxBytes) throw tooLong();
  }
  if (length > 0) throw new ExportError('bad-text', file, number, 'does not end in LF');
}

/** A line of plain text: UTF-8, no byte order mark, no carriage return. */
export function textOf(file: string, { number, bytes }: Line): string {
  const text = blame('bad-text', file, number, () => utf8.decode(bytes));
  if (text.startsWith('\uFEFF')) throw new ExportError('bad-text', file, number, 'begins with a byte order mark');
  if (text.includes('\r')) throw new ExportError('bad-text', file, number, 'holds a carriage return: lines end in LF alone');
  return text;
}
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A line of JSON in canonical form. */
export function jsonOf(file: string, { number, bytes }: Line): Json {
  return blame('not-canonical', file, number, () => parseCanonical(bytes));
}

/** An object with exactly these keys. @throws {ExportError} `bad-shape`. */
export function exactKeys(file: string, line: number, value: Json, keys: readonly string[]): { readonly [key: string]: Json } {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ExportError('bad-shape', file, line, 'is not an object');
  const found = value as { readonly [key: string]: Json };
  for (const key of keys) if (!Object.hasOwn(found, key)) throw new ExportError('bad-shape', file, line, `has no key “${key}”`);
  const unknown = Object.keys(found).find((key) => !keys.includes(key));
  if (unknown !== undefined) throw new ExportError('bad-shape', file, line, `has the unknown key “${unknown}”`);
  return found;
}

/** Reads lists of base64 hashes. Proofs of neighbours end alike, so what a text decoded to is kept from one list to the next. */
export class HashReader {
  #texts: readonly Json[] = [];
  #hashes: readonly Uint8Array[] = [];

  /** @throws {ExportError} `bad-shape` where the value is no list of base64 of 32 bytes each. */
  read(file: string, line: number, value: Json | undefined): readonly Uint8Array[] {
    if (!Array.isArray(value)) throw new ExportError('bad-shape', file, line, 'has no list “hashes”');
    const texts: readonly Json[] = value;
    const shift = this.#texts.length - texts.length;
    const hashes = texts.map((text, i) => {
      const kept = this.#hashes[i + shift];
      if (kept !== undefined && text === this.#texts[i + shift]) return kept;
      const hash = typeof text === 'string' ? decodeBase64(text, 32) : null;
      if (hash === null) throw new ExportError('bad-shape', file, line, `has a hash ${i + 1} that is not base64 of 32 bytes`);
      return hash;
    });
    this.#texts = texts;
    this.#hashes = hashes;
    return hashes;
  }
}
