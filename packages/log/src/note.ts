import { createPrivateKey, createPublicKey, randomBytes, sign, verify } from 'node:crypto';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { sameBytes, sha256 } from './merkle.ts';

/** C2SP signed-note: Ed25519 over the text. */
export const ed25519Type = 0x01;
/** C2SP tlog-cosignature: Ed25519 over time and text, by a witness. */
export const cosignatureType = 0x04;

/** Why a note or a key was refused. */
export type NoteErrorCode = 'bad-name' | 'bad-key' | 'bad-note' | 'unsigned' | 'bad-signature' | 'bad-checkpoint';

/** Thrown by everything that reads notes, keys and checkpoints. */
export class NoteError extends Error {
  override readonly name = 'NoteError';
  readonly code: NoteErrorCode;
  constructor(code: NoteErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** A verifier key: who signs (`name`), how (`type`), and the 32-byte Ed25519 public key. */
export interface VerifierKey {
  readonly name: string;
  readonly type: number;
  readonly publicKey: Uint8Array;
}

/** Signs notes: its verifier key in note form, and the Ed25519 signature (64 bytes) of a message, made here or in a KMS. */
export interface NoteSigner {
  readonly vkey: string;
  readonly sign: (message: Uint8Array) => Uint8Array | Promise<Uint8Array>;
}

/** A signature line of a note: name, key hash, and what follows it. */
export interface NoteSignature {
  readonly name: string;
  readonly keyHash: Uint8Array;
  readonly signature: Uint8Array;
}

/** A note taken apart, nothing in it verified: the text with its last line end, and the signatures. */
export interface Note {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** The first 4 bytes of SHA-256(NAME ‖ 0x0A ‖ type ‖ public key). */
export function keyHash({ name, type, publicKey }: VerifierKey): Uint8Array {
  return sha256(Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(type), publicKey])).subarray(0, 4);
}

/** The key as text: `NAME+hex key hash+base64(type ‖ public key)`. The type is Ed25519 where not given. */
export function formatVkey(key: { readonly name: string; readonly publicKey: Uint8Array; readonly type?: number }): string {
  const full: VerifierKey = { type: ed25519Type, ...key };
  checkName(full.name);
  if (full.publicKey.length !== 32) throw new NoteError('bad-key', 'an Ed25519 public key has 32 bytes');
  return `${full.name}+${hex(keyHash(full))}+${encodeBase64(Buffer.concat([Buffer.of(full.type), full.publicKey]))}`;
}

/** Reads a key in note form; its hash must be right and its type one of the two known here. @throws {NoteError} `bad-key`, `bad-name`. */
export function parseVkey(text: string): VerifierKey {
  const [, name, hash, encoded] = /^([^+]*)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text) ?? [];
  const bytes = decodeBase64(encoded ?? '', 33);
  if (name === undefined || bytes === null) throw new NoteError('bad-key', 'is not a key of the form NAME+hash+base64');
  checkName(name);
  const key: VerifierKey = { name, type: bytes[0] as number, publicKey: bytes.subarray(1) };
  if (key.type !== ed25519Type && key.type !== cosignatureType) throw new NoteError('bad-key', `is a key of the unknown type ${key.type}`);
  if (hex(keyHash(key)) !== hash) throw new NoteError('bad-key', `has the key hash ${hash}, but its key has ${hex(keyHash(key))}`);
  return key;
}

/**
 * A new signing key for a log: `vkey` to give away, `skey` to keep secret (`PRIVATE+KEY+NAME+hash+base64`, the form of Go's note package).
 * @param seed 32 random bytes.
 */
export function generateLogKey(name: string, seed: Uint8Array = randomBytes(32)): { readonly vkey: string; readonly skey: string } {
  const { x } = createPublicKey(privateKey(seed)).export({ format: 'jwk' });
  const vkey = formatVkey({ name, publicKey: Buffer.from(x ?? '', 'base64url') });
  const hash = vkey.split('+')[1];
  return { vkey, skey: `PRIVATE+KEY+${name}+${hash}+${encodeBase64(Buffer.concat([Buffer.of(ed25519Type), seed]))}` };
}

/** The signer of a secret key made by `generateLogKey`. @throws {NoteError} `bad-key`. */
export function logSigner(skey: string): NoteSigner {
  const [, name, encoded] = /^PRIVATE\+KEY\+([^+]+)\+[0-9a-f]{8}\+([A-Za-z0-9+/=]+)$/.exec(skey) ?? [];
  const bytes = decodeBase64(encoded ?? '', 33);
  if (name === undefined || bytes === null || bytes[0] !== ed25519Type) throw new NoteError('bad-key', 'is not a secret key of a log');
  const made = generateLogKey(name, bytes.subarray(1));
  if (made.skey !== skey) throw new NoteError('bad-key', 'has a key hash that is not its key’s');
  const key = privateKey(bytes.subarray(1));
  return { vkey: made.vkey, sign: (message) => sign(null, message, key) };
}

/** Signs a text, which must end in a line end. Several signers give a note that old and new keys verify (rotation). */
export async function signNote(text: string, ...signers: readonly NoteSigner[]): Promise<string> {
  let note = `${text}\n`;
  for (const signer of signers) {
    const key = parseVkey(signer.vkey);
    const signature = await signer.sign(Buffer.from(text));
    note += `— ${key.name} ${encodeBase64(Buffer.concat([keyHash(key), signature]))}\n`;
  }
  return parseNote(note) && note;
}

/** Takes a note apart. @throws {NoteError} `bad-note` where it is not C2SP signed-note form. */
export function parseNote(note: string): Note {
  if (!note.isWellFormed() || /[\u0000-\u0009\u000b-\u001f\u007f]/.test(note))
    throw new NoteError('bad-note', 'holds a control character or a lone surrogate');
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || !note.endsWith('\n'))
    throw new NoteError('bad-note', 'is not a text, an empty line and signature lines, each ended by LF');
  const lines = note.slice(split + 2, -1).split('\n');
  if (lines.length > 100) throw new NoteError('bad-note', 'has more than 100 signatures');
  return { text: note.slice(0, split + 1), signatures: lines.map(parseSignature) };
}

function parseSignature(line: string): NoteSignature {
  const [, name, encoded] = /^— ([^ ]+) ([A-Za-z0-9+/=]+)$/.exec(line) ?? [];
  const bytes = decodeBase64(encoded ?? '');
  if (name === undefined || bytes === null || bytes.length < 5)
    throw new NoteError('bad-note', `has the malformed signature line “${line}”`);
  checkName(name);
  return { name, keyHash: bytes.subarray(0, 4), signature: bytes.subarray(4) };
}

/** The text of a note that carries a good Ed25519 signature of this key. @throws {NoteError} `unsigned` or `bad-signature`. */
export function openNote(note: string, vkey: string): string {
  const key = parseVkey(vkey);
  if (key.type !== ed25519Type) throw new NoteError('bad-key', 'is a witness’s key, which signs no notes');
  const { text, signatures } = parseNote(note);
  for (const { signature } of signaturesBy(key, signatures)) {
    if (!verifyEd25519(Buffer.from(text), signature, key))
      throw new NoteError('bad-signature', `does not bear the signature of ${key.name}`);
  }
  return text;
}

/** The signatures of one key; at least one. @throws {NoteError} `unsigned`. */
export function signaturesBy(key: VerifierKey, signatures: readonly NoteSignature[]): readonly NoteSignature[] {
  const own = signatures.filter((signature) => signature.name === key.name && sameBytes(signature.keyHash, keyHash(key)));
  if (own.length === 0) throw new NoteError('unsigned', `has no signature by ${key.name}+${hex(keyHash(key))}`);
  return own;
}

/** Whether an Ed25519 signature holds. */
export function verifyEd25519(message: Uint8Array, signature: Uint8Array, { publicKey }: VerifierKey): boolean {
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') }, format: 'jwk' });
  return signature.length === 64 && verify(null, message, key, signature);
}

function privateKey(seed: Uint8Array) {
  if (seed.length !== 32) throw new NoteError('bad-key', 'an Ed25519 seed has 32 bytes');
  // RFC 8410: the seed in its PKCS #8 wrapping.
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

function checkName(name: string): void {
  if (name === '' || /[\s+]/u.test(name) || !name.isWellFormed())
    throw new NoteError('bad-name', `“${name}” is no name: it may not be empty or hold a space or +`);
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
