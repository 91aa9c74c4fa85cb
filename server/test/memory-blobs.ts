import type { Blobs } from '../src/foundation/blobs.ts';
import { BlobExists, checkBlobPath } from '../src/foundation/blobs.ts';

/** Blobs in memory, for tests of what stands on them: faithful but for durability. */
export function memoryBlobs(): Blobs {
  const files = new Map<string, Buffer>();
  return {
    async put(path, bytes, options = {}) {
      checkBlobPath(path);
      const before = files.get(path);
      if (options.once && before !== undefined && !before.equals(bytes)) throw new BlobExists(path);
      files.set(path, Buffer.from(bytes));
    },
    async get(path) {
      checkBlobPath(path);
      const bytes = files.get(path);
      return bytes === undefined ? null : Buffer.from(bytes);
    },
    async has(path) {
      checkBlobPath(path);
      return files.has(path);
    },
    async *list(prefix) {
      const order = (path: string) => path.replaceAll('/', '\0');
      const found = [...files.keys()].filter((path) => path.startsWith(prefix));
      yield* found.sort((a, b) => (order(a) < order(b) ? -1 : 1));
    },
    async delete(path) {
      checkBlobPath(path);
      files.delete(path);
    },
  };
}
