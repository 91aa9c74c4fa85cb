import { createHmac } from 'node:crypto';
import { stringify, v7, validate, version } from 'uuid';
import type { Clock } from './clock.ts';
import type { Randomness } from './randomness.ts';
import { secretKey } from './secret-key.ts';

/** Gives out ids. */
export interface Ids {
  /** A UUIDv7 (RFC 9562), lower case, greater than every one this source gave before. */
  next(): string;
}

/**
 * Ids in the order in which they were asked for: within a millisecond by a counter of 32 bits with a random start, and when the clock
 * goes back by staying at the latest time seen.
 */
export function createIds(clock: Clock, random: Randomness): Ids {
  let msecs = -1;
  let seq = 0;
  return {
    next() {
      const now = clock.now().getTime();
      const bytes = random.bytes(16);
      if (now > msecs) {
        msecs = now;
        // the top bit is left clear, so that two thousand million ids fit into this millisecond
        seq = bytes.readUInt32BE(6) >>> 1;
      } else if (seq === 0xffff_ffff) {
        msecs += 1;
        seq = 0;
      } else {
        seq += 1;
      }
      return v7({ msecs, seq, random: bytes });
    },
  };
}

/** The instant in which a UUIDv7 was made. @throws RangeError for any other id */
export function uuidTime(id: string): Date {
  if (!validate(id) || version(id) !== 7) throw new RangeError(`Not a UUIDv7: ${id}`);
  return new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16));
}

/**
 * The id of what has a natural key: always the same for the same secret and parts, and known before any row is written.
 * UUIDv8 over HMAC-SHA256; each part is preceded by its length, so that `('ab','c')` and `('a','bc')` differ.
 */
export function naturalId(secret: Buffer, ...parts: string[]): string {
  const mac = createHmac('sha256', secretKey(secret));
  for (const part of parts) {
    const bytes = Buffer.from(part, 'utf8');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    mac.update(length).update(bytes);
  }
  const digest = mac.digest().subarray(0, 16);
  digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x80, 6);
  digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8);
  return stringify(digest);
}
