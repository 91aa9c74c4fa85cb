import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeyExists, type KeyStore } from '../src/foundation/keys/key-store.ts';

/** A new handle. */
export const handle = (): string => randomBytes(16).toString('base64');

/** What every adapter of the port `KeyStore` keeps. `make` gives an empty store, and what takes it away again. */
export function keyStoreConformance(name: string, make: () => Promise<{ store: KeyStore; remove(): Promise<void> }>): void {
  describe(`a key store ${name}`, () => {
    let store: KeyStore;
    let remove: () => Promise<void>;

    beforeEach(async () => {
      ({ store, remove } = await make());
    });

    afterEach(() => remove());

    it('makes a key of its own for each handle and gives it back', async () => {
      const [one, two] = [handle(), handle()];
      await Promise.all([store.create(one), store.create(two)]);
      const [first, second] = [await store.get(one), await store.get(two)];
      expect(first).toHaveLength(32);
      expect(second).toHaveLength(32);
      expect(first).not.toEqual(second);
      expect(await store.get(one)).toEqual(first);
      expect(await store.get(handle())).toBeNull();
    });

    it('never makes a second key for a handle, also not at the same time', async () => {
      const one = handle();
      const results = await Promise.allSettled([store.create(one), store.create(one), store.create(one)]);
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const key = await store.get(one);
      await expect(store.create(one)).rejects.toThrow(KeyExists);
      expect(await store.get(one)).toEqual(key);
    });

    it('destroys a key and leaves the others', async () => {
      const handles = Array.from({ length: 40 }, handle);
      await Promise.all(handles.map((each) => store.create(each)));
      const before = await Promise.all(handles.map((each) => store.get(each)));
      const [gone, kept] = [handles.slice(0, 20), handles.slice(20)];
      expect(await Promise.all(gone.map((each) => store.destroy(each)))).toEqual(gone.map(() => true));
      expect(await Promise.all(gone.map((each) => store.get(each)))).toEqual(gone.map(() => null));
      expect(await Promise.all(kept.map((each) => store.get(each)))).toEqual(before.slice(20));
      expect(await store.destroy(gone[0] as string)).toBe(false);
    });

    it('answers true to one of two who destroy the same key', async () => {
      const one = handle();
      await store.create(one);
      expect((await Promise.all([store.destroy(one), store.destroy(one)])).sort()).toEqual([false, true]);
    });

    it('lists the handles that have a key', async () => {
      const handles = Array.from({ length: 30 }, handle);
      for (const each of handles) await store.create(each);
      await store.destroy(handles[7] as string);
      const listed = await Array.fromAsync(store.handles());
      expect(listed.sort()).toEqual(handles.filter((_, n) => n !== 7).sort());
    });

    it('refuses what is no handle', async () => {
      for (const wrong of ['', 'x', randomBytes(15).toString('base64'), randomBytes(17).toString('base64'), `${handle()}\n`]) {
        await expect(async () => store.create(wrong)).rejects.toThrow(TypeError);
        await expect(async () => store.get(wrong)).rejects.toThrow(TypeError);
        await expect(async () => store.destroy(wrong)).rejects.toThrow(TypeError);
      }
    });

    it('takes nothing once it is closed', async () => {
      await store.close();
      await expect(async () => store.create(handle())).rejects.toThrow('closed');
      await expect(async () => store.destroy(handle())).rejects.toThrow('closed');
    });
  });
}
