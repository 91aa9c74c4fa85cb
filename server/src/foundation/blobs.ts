/**
 * Where bytes lie outside the database: snapshots' media, and the log's tiles and checkpoint. Paths are relative, of `a-z A-Z 0-9 . _ -`
 * parts joined by `/`.
 */
export interface Blobs {
  /** Durable when it returns. A reader sees the old bytes or the new ones, never half. */
  put(path: string, bytes: Buffer): Promise<void>;
  get(path: string): Promise<Buffer | null>;
  has(path: string): Promise<boolean>;
  /** Every path that begins so, in order of their characters. */
  list(prefix: string): AsyncIterable<string>;
  /** Gone when it returns; nothing happens where there is none. */
  delete(path: string): Promise<void>;
}

/** A path as all stores take it. @throws RangeError for one that could leave the store. */
export function checkedPath(path: string): string {
  const parts = path.split('/');
  if (parts.some((part) => !/^[A-Za-z0-9._-]{1,200}$/.test(part) || /^\.+$/.test(part)))
    throw new RangeError(`“${path}” is no path of a blob`);
  return path;
}
