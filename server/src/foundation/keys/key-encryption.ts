/**
 * The key that encrypts data keys: a key management service of the operator's, or the local key file. Called for every new data key and
 * for every one that isn't in memory; may take as long as a request to such a service takes.
 */
export interface KeyEncryption {
  /** Names the key that wraps now; changes when it is rotated. */
  readonly id: string;
  /** Encrypts a data key. The answer says by itself which key unwraps it, also after a rotation. At most 1,000 bytes. */
  wrap(dataKey: Buffer): Promise<Buffer>;
  /** @throws KeyUnavailable when this was wrapped by a key that is gone, or was changed */
  unwrap(wrapped: Buffer): Promise<Buffer>;
}

/** A wrapped key cannot be opened with the keys at hand. */
export class KeyUnavailable extends Error {
  override readonly name = 'KeyUnavailable';
}
