import { randomBytes } from 'node:crypto';
import { checkHandle, KeyExists, type KeyStore } from '../src/foundation/keys/key-store.ts';

/** Keys in memory, for tests of what stands on them: faithful but for durability. */
export function memoryKeyStore(): KeyStore {
  const keys = new Map<string, Buffer>();
  let closed = false;
  const write = (handle: string) => {
    checkHandle(handle);
    if (closed) throw new Error('This key store is closed.');
  };
  return {
    async create(handle) {
      write(handle);
      if (keys.has(handle)) throw new KeyExists(`The handle ${handle} has a key.`);
      keys.set(handle, randomBytes(32));
    },
    async get(handle) {
      checkHandle(handle);
      return keys.get(handle) ?? null;
    },
    async destroy(handle) {
      write(handle);
      return keys.delete(handle);
    },
    async *handles() {
      yield* [...keys.keys()];
    },
    async close() {
      closed = true;
    },
  };
}
