/**
 * Data keys by handle, wrapped by the key-encryption key, outside the database: so that a restored database brings no destroyed key back.
 * A handle is 16 random bytes in base64 (24 characters). All adapters pass `server/test/key-store-conformance.ts`.
 */
export interface KeyStore {
  /**
   * Makes a data key (32 bytes) for a new handle. Durable when it resolves: the transaction that uses the key commits only after that. If
   * the transaction fails, the key stays behind as an orphan, which `handles` shows and nothing sweeps yet. Many at the same time cost little more
   * than one.
   * @throws KeyExists when the handle has a key
   */
  create(handle: string): Promise<void>;
  /** The data key; null when there is none or it was destroyed. Not to be changed by the caller. */
  get(handle: string): Promise<Buffer | null>;
  /** Removes a key for ever; durable when it resolves. @returns false when there was none */
  destroy(handle: string): Promise<boolean>;
  /** Every handle that has a key, in no order; not a snapshot while others write. */
  handles(): AsyncIterable<string>;
  /** Waits for what was begun; afterwards nothing is taken. */
  close(): Promise<void>;
}

/** The handle has a key already. */
export class KeyExists extends Error {
  override readonly name = 'KeyExists';
}

const HANDLE = /^[A-Za-z0-9+/]{21}[AQgw]==$/;

/** Every adapter's first act. @throws TypeError */
export function checkHandle(handle: string): void {
  if (!HANDLE.test(handle)) throw new TypeError(`Not a handle (16 bytes in base64): ${JSON.stringify(handle)}`);
}
