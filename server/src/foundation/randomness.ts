import { createCipheriv, createHash, randomFillSync } from 'node:crypto';

/** Where random bytes come from. */
export interface Randomness {
  /** `n` fresh bytes; the caller owns the buffer. */
  bytes(n: number): Buffer;
}

/** The operating system's generator: the only one that may make secrets. */
export const systemRandomness: Randomness = Object.freeze({ bytes: (n: number) => randomFillSync(Buffer.allocUnsafeSlow(n)) });

/** The same bytes for the same seed, for tests and seeded demonstrations; never for secrets of a real installation. */
export function seededRandomness(seed: string): Randomness {
  const stream = createCipheriv('aes-256-ctr', createHash('sha256').update(seed).digest(), Buffer.alloc(16));
  return { bytes: (n) => stream.update(Buffer.alloc(n)) };
}
