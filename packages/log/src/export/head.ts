import type { Checkpoint } from '../checkpoint.ts';
import { openCheckpoint } from '../checkpoint.ts';
import { verifyConsistency } from '../merkle.ts';
import { ed25519Type, NoteError, parseVkey } from '../note.ts';
import type { Bag } from './bag.ts';
import { bagFiles } from './bag.ts';
import type { ExportErrorCode } from './failure.ts';
import { ExportError } from './failure.ts';
import type { Line } from './lines.ts';
import { exactKeys, HashReader, jsonOf, linesOf } from './lines.ts';

/** What the export's log says of itself: its checkpoint, its key, and the size of the older checkpoint it continues, if it shows one. */
export interface LogHead {
  readonly checkpoint: Checkpoint;
  readonly vkey: string;
  readonly oldSize: number | null;
}

const maxConsistencyBytes = 1 << 20;

/**
 * Reads keys and checkpoint and checks signature and consistency.
 * @param trusted a verifier key got elsewhere: the export's must be the same.
 */
export async function readHead(bag: Bag, trusted?: string): Promise<LogHead> {
  const vkey = await readKey(bag, bagFiles.vkey);
  if (trusted !== undefined && trusted !== vkey) {
    throw new ExportError('key-differs', bagFiles.vkey, 1, `is not the key that was given: ${trusted}`);
  }
  const note = await bag.wholeText(bagFiles.checkpoint);
  const checkpoint = openNote(bagFiles.checkpoint, null, note, vkey);
  const oldSize = bag.paths.has(bagFiles.consistency) ? await checkConsistency(bag, checkpoint, note, vkey) : null;
  return { checkpoint, vkey, oldSize };
}

async function readKey(bag: Bag, file: string): Promise<string> {
  const text = await bag.wholeText(file);
  if (text.indexOf('\n') !== text.length - 1) throw new ExportError('bad-key', file, null, 'is not one line');
  const vkey = text.slice(0, -1);
  try {
    if (parseVkey(vkey).type !== ed25519Type) throw new ExportError('bad-key', file, 1, 'is not the key of a log');
  } catch (error) {
    if (error instanceof NoteError) throw new ExportError('bad-key', file, 1, error.message);
    throw error;
  }
  return vkey;
}

function openNote(file: string, line: number | null, note: string, vkey: string): Checkpoint {
  try {
    return openCheckpoint(note, vkey);
  } catch (error) {
    if (!(error instanceof NoteError)) throw error;
    const code: ExportErrorCode = error.code === 'bad-signature' || error.code === 'unsigned' ? 'bad-signature' : 'bad-checkpoint';
    throw new ExportError(code, file, line, error.message);
  }
}

async function checkConsistency(bag: Bag, now: Checkpoint, note: string, vkey: string): Promise<number> {
  const file = bagFiles.consistency;
  const lines: Line[] = [];
  for await (const line of linesOf(file, bag.read(file), maxConsistencyBytes)) lines.push(line);
  const [line] = lines;
  if (line === undefined || lines.length !== 1) throw new ExportError('bad-shape', file, null, 'is not one line');
  const { hashes, new: newNote, old: oldNote } = exactKeys(file, 1, jsonOf(file, line), ['hashes', 'new', 'old']);
  if (newNote !== note) throw new ExportError('bad-shape', file, 1, 'has another “new” than data/checkpoint');
  if (typeof oldNote !== 'string') throw new ExportError('bad-shape', file, 1, 'has no note as “old”');
  const proof = new HashReader().read(file, 1, hashes);
  const oldKey = bag.paths.has(bagFiles.oldVkey) ? await readKey(bag, bagFiles.oldVkey) : vkey;
  const old = openNote(file, 1, oldNote, oldKey);
  if (old.origin !== now.origin) throw new ExportError('not-consistent', file, 1, `has an “old” of another log: ${old.origin}`);
  const claim = { oldSize: old.size, oldRoot: old.root, newSize: now.size, newRoot: now.root, proof };
  if (!verifyConsistency(claim)) {
    throw new ExportError(
      'not-consistent',
      file,
      1,
      `does not prove that the tree of ${now.size} leaves begins with the one of ${old.size}`,
    );
  }
  return old.size;
}
