import { decodeBase64, encodeBase64 } from './base64.ts';
import { isTreeSize } from './merkle.ts';
import type { NoteSigner } from './note.ts';
import { cosignatureType, NoteError, openNote, parseNote, parseVkey, signaturesBy, signNote, verifyEd25519 } from './note.ts';

/** What a log says of itself at one moment, C2SP tlog-checkpoint: whose log, how many leaves, which root (32 bytes). */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
}

/** The text that is signed: origin, size and base64 root hash, a line each. @throws {NoteError} `bad-checkpoint`. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  const text = `${origin}\n${size}\n${encodeBase64(root)}\n`;
  parseText(text);
  return text;
}

/**
 * A checkpoint as a signed note. The origin must be the name of every signer's key.
 * @param signers one; during a rotation the old and the new.
 * @throws {NoteError} `bad-checkpoint`.
 */
export async function signCheckpoint(checkpoint: Checkpoint, ...signers: readonly [NoteSigner, ...NoteSigner[]]): Promise<string> {
  for (const { vkey } of signers) checkOrigin(checkpoint, vkey);
  return signNote(checkpointText(checkpoint), ...signers);
}

/** What a checkpoint note says, its signatures **not** verified. @throws {NoteError} `bad-note`, `bad-checkpoint`. */
export function parseCheckpoint(note: string): Checkpoint {
  return parseText(parseNote(note).text);
}

/** What a checkpoint note says, signed by this key, whose name is the origin. @throws {NoteError}. */
export function openCheckpoint(note: string, vkey: string): Checkpoint {
  const checkpoint = parseText(openNote(note, vkey));
  checkOrigin(checkpoint, vkey);
  return checkpoint;
}

/**
 * When a witness cosigned this checkpoint (seconds since 1970), C2SP tlog-cosignature: Ed25519 over
 * `cosignature/v1`, `time N` and the checkpoint's text; the note line holds the time in 8 bytes before the signature.
 * @throws {NoteError} `unsigned`, `bad-signature`.
 */
export function openCosignature(note: string, witnessVkey: string): number {
  const key = parseVkey(witnessVkey);
  if (key.type !== cosignatureType) throw new NoteError('bad-key', 'is not a witness’s key');
  const { text, signatures } = parseNote(note);
  parseText(text);
  const times = signaturesBy(key, signatures).map(({ signature }) => {
    const time = signature.length === 72 ? Number(Buffer.from(signature).readBigUInt64BE(0)) : Number.NaN;
    const message = Buffer.from(`cosignature/v1\ntime ${time}\n${text}`);
    if (!Number.isSafeInteger(time) || !verifyEd25519(message, signature.subarray(8), key)) {
      throw new NoteError('bad-signature', `does not bear the cosignature of ${key.name}`);
    }
    return time;
  });
  return Math.max(...times);
}

function parseText(text: string): Checkpoint {
  const [origin = '', size = '', root = '', ...rest] = text.split('\n');
  const hash = decodeBase64(root, 32);
  if (origin === '' || /[\s+]/u.test(origin))
    throw new NoteError('bad-checkpoint', `has the origin “${origin}”: it may not be empty or hold a space or +`);
  if (!/^(0|[1-9][0-9]*)$/.test(size) || !isTreeSize(Number(size)))
    throw new NoteError('bad-checkpoint', `has no tree size on its second line: “${size}”`);
  if (hash === null) throw new NoteError('bad-checkpoint', `has no base64 root hash of 32 bytes on its third line: “${root}”`);
  if (rest.length !== 1 || rest[0] !== '') throw new NoteError('bad-checkpoint', 'has more than three lines before its signatures');
  return { origin, size: Number(size), root: hash };
}

function checkOrigin({ origin }: Checkpoint, vkey: string): void {
  const { name } = parseVkey(vkey);
  if (name !== origin) throw new NoteError('bad-checkpoint', `is of the log “${origin}”, but the key is of “${name}”`);
}
