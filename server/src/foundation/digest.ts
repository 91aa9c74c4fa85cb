import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { secretKey } from './secret-key.ts';

/** Hex digest of some bytes. */
export function digest(algorithm: 'sha256' | 'sha1' | 'md5', bytes: Uint8Array | string): string {
  return createHash(algorithm).update(bytes).digest('hex');
}

/** A keyed hash of a short secret, hex: a six-digit PIN behind a bare hash would be guessed in a second. */
export function keyedDigest(secret: Buffer, ...parts: readonly string[]): string {
  return createHmac('sha256', secretKey(secret)).update(JSON.stringify(parts)).digest('hex');
}

/** Equal, in a time that doesn't say where they differ. */
export function sameDigest(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
