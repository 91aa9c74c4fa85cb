import type { Checkpoint } from '../checkpoint.ts';
import { InclusionVerifier } from '../inclusion.ts';
import { leafHash } from '../merkle.ts';
import type { LeafRecord } from '../record.ts';
import { checkLeaf, LeafError } from '../record.ts';
import { maxRecordBytes } from '../tile.ts';
import type { Bag } from './bag.ts';
import { bagFiles } from './bag.ts';
import { DigestTable } from './digest-table.ts';
import type { ExportErrorCode } from './failure.ts';
import { ExportError } from './failure.ts';
import type { Line } from './lines.ts';
import { exactKeys, HashReader, jsonOf, linesOf } from './lines.ts';
import type { Openings } from './openings.ts';
import { eachText, takeHeld } from './openings.ts';

/** What was found in the records. */
export interface RecordsReport {
  readonly records: number;
  /** Records whose `recorded_at` lies more than 60 s before that of an earlier one: a sign of back-dating. */
  readonly backDated: number;
}

const { records: recordsFile, proofs: proofsFile } = bagFiles;
const maxProofBytes = 8192;
const backDatingMs = 60_000;

/**
 * Reads `records.jsonl` and `proofs.jsonl` side by side: each record a canonical leaf, its proof the same line of the other file, indexes
 * ascending, ids unique, each proven against the checkpoint. Takes from the openings what the records hold.
 */
export async function checkRecords(
  bag: Bag,
  checkpoint: Checkpoint,
  openings: Openings,
  onRecord: (n: number) => void,
): Promise<RecordsReport> {
  const proofs = linesOf(proofsFile, bag.read(proofsFile), maxProofBytes);
  const verifier = new InclusionVerifier(checkpoint.size, checkpoint.root);
  const hashes = new HashReader();
  const ids = new DigestTable();
  const media = new Set(bag.media);
  let before = -1;
  let latest = 0;
  let backDated = 0;
  for await (const line of linesOf(recordsFile, bag.read(recordsFile), maxRecordBytes)) {
    const record = recordOf(line);
    const proof = await proofs.next();
    if (proof.done === true) throw new ExportError('not-proven', recordsFile, line.number, 'has no line in proofs.jsonl');
    before = await checkProof(bag, { line, record, proof: proof.value, before, checkpoint, verifier, hashes });
    const repeated = ids.add(record.id, line.number);
    if (repeated !== null) throw new ExportError('duplicate', recordsFile, line.number, `has the id of line ${repeated}`);
    takeHeld(openings, record);
    if (media.size > 0) checkNoBareHash(line, record, media);
    const recorded = Date.parse(record.recorded_at);
    if (recorded < latest - backDatingMs) backDated++;
    latest = Math.max(latest, recorded);
    onRecord(line.number);
  }
  const extra = await proofs.next();
  if (extra.done !== true)
    throw new ExportError('bad-shape', proofsFile, extra.value.number, 'proves a record that records.jsonl does not have');
  return { records: ids.size, backDated };
}

function recordOf(line: Line): LeafRecord {
  const value = jsonOf(recordsFile, line);
  try {
    return checkLeaf(value);
  } catch (error) {
    if (error instanceof LeafError) throw new ExportError('bad-shape', recordsFile, line.number, error.message);
    throw error;
  }
}

interface ProvenLine {
  readonly line: Line;
  readonly record: LeafRecord;
  readonly proof: Line;
  readonly before: number;
  readonly checkpoint: Checkpoint;
  readonly verifier: InclusionVerifier;
  readonly hashes: HashReader;
}

/** Checks one record's proof and gives its index. */
async function checkProof(bag: Bag, { line, record, proof, before, checkpoint, ...context }: ProvenLine): Promise<number> {
  const { hashes, id, index } = exactKeys(proofsFile, proof.number, jsonOf(proofsFile, proof), ['hashes', 'id', 'index']);
  const failed = (code: ExportErrorCode, why: string) => new ExportError(code, proofsFile, proof.number, why);
  if (typeof index !== 'number' || index < 0) throw failed('bad-shape', 'has no “index”');
  const siblings = context.hashes.read(proofsFile, proof.number, hashes);
  if (id !== record.id) throw await disagree(bag, 'out-of-order', line, `the record’s id is ${record.id}, the proof’s ${String(id)}`);
  if (index <= before) throw failed('out-of-order', `has the index ${index} after ${before}: indexes ascend`);
  if (index >= checkpoint.size)
    throw failed('not-proven', `has the index ${index}, but the checkpoint’s tree has ${checkpoint.size} leaves`);
  if (!context.verifier.holds(index, leafHash(line.bytes), siblings)) {
    throw await disagree(bag, 'not-proven', line, `the proof does not lead from the record, at index ${index}, to the checkpoint’s root`);
  }
  return index;
}

/** Record and proof of one line do not fit. Either may be the changed one: where the manifest knows it of the proofs alone, they are blamed. */
async function disagree(bag: Bag, code: ExportErrorCode, { number }: Line, why: string): Promise<ExportError> {
  const proofsAlone = (await bag.differs(proofsFile)) && !(await bag.differs(recordsFile));
  const [file, other] = proofsAlone ? [proofsFile, recordsFile] : [recordsFile, proofsFile];
  return new ExportError(code, file, number, `does not fit ${other} line ${number}: ${why}`);
}

function checkNoBareHash(line: Line, record: LeafRecord, media: ReadonlySet<string>): void {
  eachText(record.payload, (text) => {
    if (media.has(text))
      throw new ExportError('bad-media', recordsFile, line.number, `names the blob ${text} in the open: only an opening may`);
  });
}
