/**
 * Bytes by path: entry bundles, tiles and checkpoints of the log, snapshots' media, exports. One adapter keeps them on disk, others in an
 * object store; all pass `server/test/blobs-conformance.ts`.
 *
 * A path is 1 to 16 parts of letters, digits and `. _ = , @ + -`, parted by `/`; no part begins with a dot.
 */
export interface Blobs {
  /**
   * Durable when it returns. Readers see the old bytes or the new ones, never a part of either. What lay there before is replaced; with
   * `once` only by the same bytes. The last of several at the same time wins.
   * @throws BlobExists with `once`, when other bytes lie there
   */
  put(path: string, bytes: Uint8Array, options?: { once?: boolean }): Promise<void>;
  /** The bytes, or null where nothing lies. */
  get(path: string): Promise<Buffer | null>;
  has(path: string): Promise<boolean>;
  /** The paths that begin with these characters, in the order of their parts; not a snapshot while others write. */
  list(prefix: string): AsyncIterable<string>;
  /** Durable when it returns; nothing happens where nothing lies. */
  delete(path: string): Promise<void>;
}

/** Other bytes lie at a path that may be written once. */
export class BlobExists extends Error {
  override readonly name = 'BlobExists';
  readonly path: string;

  constructor(path: string) {
    super(`Other bytes lie at ${path} already.`);
    this.path = path;
  }
}

const PATH = /^[A-Za-z0-9_=,@+-][A-Za-z0-9._=,@+-]{0,127}(\/[A-Za-z0-9_=,@+-][A-Za-z0-9._=,@+-]{0,127}){0,15}$/;

/** Every adapter's first act. @throws TypeError for what is no path, such as one that leads out of the store */
export function checkBlobPath(path: string): void {
  if (!PATH.test(path)) throw new TypeError(`Not a path of a blob: ${JSON.stringify(path)}`);
}
