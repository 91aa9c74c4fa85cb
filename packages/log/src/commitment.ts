import { decodeBase64, encodeBase64 } from './base64.ts';
import { canonicalize } from './jcs.ts';
import { sha256 } from './merkle.ts';

/** What stands in a record in place of a confidential value. */
export interface Commitment {
  readonly commitment: string;
}

/** A disclosed confidential field: the pointer (RFC 6901) into the whole record of this id, the salt and the value. */
export interface Opening {
  readonly id: string;
  readonly field: string;
  /** Base64 of 32 random bytes. */
  readonly salt: string;
  readonly value: unknown;
}

/**
 * Commits to a value: base64 of SHA-256(0x02 ‖ salt ‖ JCS(value)).
 * @param salt 32 random bytes, a fresh one for each value: without it short values could be guessed.
 */
export function commit(salt: Uint8Array, value: unknown): string {
  if (salt.length !== 32) throw new RangeError(`a salt has 32 bytes, not ${salt.length}`);
  return encodeBase64(sha256(Buffer.concat([Buffer.of(0x02), salt, Buffer.from(canonicalize(value))])));
}

/** Whether salt and value open what the record holds at the opening's field. */
export function openingHolds(record: unknown, opening: Opening): boolean {
  const salt = decodeBase64(opening.salt, 32);
  const held = resolve(record, opening.field);
  return salt !== null && isCommitment(held) && held.commitment === commit(salt, opening.value);
}

/** Whether a value is a commitment: an object of one key, `commitment`, base64 of 32 bytes. */
export function isCommitment(value: unknown): value is Commitment {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'commitment') || Object.keys(value).length !== 1) return false;
  const { commitment } = value as { commitment: unknown };
  return typeof commitment === 'string' && decodeBase64(commitment, 32) !== null;
}

/** A key or index as a step of an RFC 6901 pointer. */
export function pointerStep(key: string | number): string {
  return `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function resolve(value: unknown, pointer: string): unknown {
  if (pointer !== '' && !pointer.startsWith('/')) return undefined;
  let at = value;
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (pointerStep(key) !== `/${step}` || typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    if (Array.isArray(at) && !/^(0|[1-9]\d*)$/.test(key)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return at;
}
