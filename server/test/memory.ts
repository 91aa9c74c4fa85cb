import { randomBytes } from 'node:crypto';
import type { Spine } from '../src/records/index.ts';

/** A blob store in memory: what the port promises, as long as the process lives. */
export function memoryBlobs(): Spine['blobs'] & { readonly files: Map<string, Buffer> } {
  const files = new Map<string, Buffer>();
  return {
    files,
    put: async (path, bytes) => void files.set(path, Buffer.from(bytes)),
    get: async (path) => files.get(path) ?? null,
    has: async (path) => files.has(path),
    async *list(prefix) {
      for (const path of [...files.keys()].sort()) if (path.startsWith(prefix)) yield path;
    },
    delete: async (path) => void files.delete(path),
  };
}

/** A key store in memory. */
export function memoryKeys(): Pick<Spine['keys'], 'create' | 'get' | 'destroy'> & { readonly keys: Map<string, Buffer> } {
  const keys = new Map<string, Buffer>();
  return {
    keys,
    create: async (handle) => void keys.set(handle, randomBytes(32)),
    get: async (handle) => keys.get(handle) ?? null,
    destroy: async (handle) => keys.delete(handle),
  };
}
