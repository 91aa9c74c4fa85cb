import { decodeBase64 } from '../base64.ts';
import type { Opening } from '../commitment.ts';
import { commit, isCommitment, openingHolds, pointerStep } from '../commitment.ts';
import type { Json } from '../jcs.ts';
import type { LeafRecord } from '../record.ts';
import { maxRecordBytes } from '../tile.ts';
import type { Bag } from './bag.ts';
import { bagFiles } from './bag.ts';
import { DigestTable } from './digest-table.ts';
import { ExportError } from './failure.ts';
import type { Line } from './lines.ts';
import { exactKeys, jsonOf, linesOf } from './lines.ts';

const file = bagFiles.openings;
// A disclosed text may be long; this only bounds memory.
const maxOpeningBytes = 1 << 26;

/** What the openings say, before the records have been asked whether they hold it. */
export interface Openings {
  /** For each opening the commitment a record must hold, and where; taken from the table as records hold them. */
  readonly expected: DigestTable;
  /** Hashes of the bag's blobs that stand in an opening. */
  readonly media: ReadonlySet<string>;
}

/** Reads `openings.jsonl`, in any order of its lines; empty where there is none. */
export async function readOpenings(bag: Bag): Promise<Openings> {
  const expected = new DigestTable();
  const blobs = new Set(bag.media);
  const media = new Set<string>();
  if (bag.paths.has(file)) {
    for await (const line of linesOf(file, bag.read(file), maxOpeningBytes)) {
      const opening = openingOf(line);
      const commitment = commit(decodeBase64(opening.salt, 32) as Uint8Array, opening.value);
      const before = expected.add(expectation(opening.id, opening.field, commitment), line.number);
      if (before !== null) throw new ExportError('duplicate', file, line.number, `opens the same field as line ${before}`);
      if (blobs.size > 0) eachText(opening.value as Json, (text) => blobs.has(text) && media.add(text));
    }
  }
  return { expected, media };
}

/** Takes from the openings what this record holds. */
export function takeHeld({ expected }: Openings, record: LeafRecord): void {
  if (expected.size > 0)
    eachCommitment(record.payload, '/payload', (field, commitment) => expected.take(expectation(record.id, field, commitment)));
}

/** After all records: every opening must have been held by one. Where one was not, reads again to say why. */
export async function checkAllHeld(bag: Bag, { expected }: Openings): Promise<void> {
  const left = expected.firstLeft();
  if (left === null) return;
  const opening = openingOf(await lineAt(bag, left));
  const failed = (why: string): ExportError => new ExportError('bad-opening', file, left, why);
  for await (const line of linesOf(bagFiles.records, bag.read(bagFiles.records), maxRecordBytes)) {
    const record = jsonOf(bagFiles.records, line) as unknown as LeafRecord;
    if (record.id !== opening.id) continue;
    if (openingHolds(record, opening)) continue;
    throw failed(`its salt and value do not open what the record (records.jsonl line ${line.number}) holds at ${opening.field}`);
  }
  throw failed(`opens a field of the record ${opening.id}, which is not in this export`);
}

/** Every text in a value, keys too. */
export function eachText(value: Json, visit: (text: string) => void): void {
  if (typeof value === 'string') visit(value);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      if (!Array.isArray(value)) visit(key);
      eachText(inner as Json, visit);
    }
  }
}

async function lineAt(bag: Bag, number: number): Promise<Line> {
  for await (const line of linesOf(file, bag.read(file), maxOpeningBytes)) if (line.number === number) return line;
  throw new ExportError('bad-opening', file, number, 'was there a moment ago: the export changes while it is read');
}

function openingOf(line: Line): Opening {
  const { id, field, salt, value } = exactKeys(file, line.number, jsonOf(file, line), ['field', 'id', 'salt', 'value']);
  const failed = (why: string): ExportError => new ExportError('bad-shape', file, line.number, why);
  if (typeof id !== 'string') throw failed('has no text as “id”');
  if (typeof field !== 'string' || !/^(\/([^~]|~[01])*)?$/u.test(field)) throw failed('has no JSON pointer as “field”');
  if (typeof salt !== 'string' || decodeBase64(salt, 32) === null) throw failed('has no base64 of 32 bytes as “salt”');
  return { id, field, salt, value };
}

function eachCommitment(value: Json, pointer: string, visit: (field: string, commitment: string) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if (isCommitment(value)) visit(pointer, value.commitment);
  else for (const [key, inner] of Object.entries(value)) eachCommitment(inner as Json, pointer + pointerStep(key), visit);
}

const expectation = (id: string, field: string, commitment: string): string => `${id}\n${field}\n${commitment}`;
