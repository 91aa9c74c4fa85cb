import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Blobs } from '../src/foundation/blobs.ts';
import { BlobExists } from '../src/foundation/blobs.ts';

/** What every adapter of the port `Blobs` keeps. `make` gives an empty store, and what takes it away again. */
export function blobsConformance(name: string, make: () => Promise<{ blobs: Blobs; remove(): Promise<void> }>): void {
  describe(`blobs ${name}`, () => {
    let blobs: Blobs;
    let remove: () => Promise<void>;
    const listed = (prefix: string) => Array.fromAsync(blobs.list(prefix));

    beforeEach(async () => {
      ({ blobs, remove } = await make());
    });

    afterEach(() => remove());

    it('give back what was put, byte for byte, and null where nothing lies', async () => {
      const bytes = Buffer.from(Array.from({ length: 256 }, (_, n) => n));
      await blobs.put('log/tile/0/x001/234.p/5', bytes);
      expect(await blobs.get('log/tile/0/x001/234.p/5')).toEqual(bytes);
      expect(await blobs.get('log/tile/0/x001/234.p/6')).toBeNull();
      expect(await blobs.get('log/tile/0')).toBeNull();
      expect(await blobs.get('log/tile/0/x001/234.p/5/6')).toBeNull();
      await blobs.put('empty', Buffer.alloc(0));
      expect(await blobs.get('empty')).toEqual(Buffer.alloc(0));
    });

    it('know what they have', async () => {
      await blobs.put('a/b', Buffer.from('1'));
      expect(await blobs.has('a/b')).toBe(true);
      expect(await blobs.has('a/c')).toBe(false);
    });

    it('replace', async () => {
      await blobs.put('log/checkpoint', Buffer.from('one'));
      await blobs.put('log/checkpoint', Buffer.from('two'));
      expect(String(await blobs.get('log/checkpoint'))).toBe('two');
    });

    it('take other bytes for what is written once as an error, the same bytes as done', async () => {
      await blobs.put('tile', Buffer.from('one'), { once: true });
      await blobs.put('tile', Buffer.from('one'), { once: true });
      await expect(blobs.put('tile', Buffer.from('two'), { once: true })).rejects.toThrow(BlobExists);
      expect(String(await blobs.get('tile'))).toBe('one');
    });

    it('are whole for readers while they are replaced', async () => {
      const versions = ['a', 'b'].map((letter) => Buffer.from(letter.repeat(100_000)));
      await blobs.put('x', versions[0] as Buffer);
      const writing = Promise.all(Array.from({ length: 20 }, (_, n) => blobs.put('x', versions[n % 2] as Buffer)));
      for (let n = 0; n < 40; n += 1) {
        const seen = await blobs.get('x');
        expect(versions.some((version) => seen?.equals(version))).toBe(true);
      }
      await writing;
    });

    it('list by prefix, in the order of the parts of paths', async () => {
      for (const path of ['log/b', 'log/a/2', 'log/a/1', 'log/a-1', 'logs', 'other/x']) await blobs.put(path, Buffer.from(path));
      expect(await listed('log/')).toEqual(['log/a/1', 'log/a/2', 'log/a-1', 'log/b']);
      expect(await listed('log/a')).toEqual(['log/a/1', 'log/a/2', 'log/a-1']);
      expect(await listed('nothing/')).toEqual([]);
      expect(await listed('')).toHaveLength(6);
    });

    it('are gone once deleted, and deleting twice is no error', async () => {
      await blobs.put('a/b', Buffer.from('1'));
      await blobs.delete('a/b');
      await blobs.delete('a/b');
      expect(await blobs.get('a/b')).toBeNull();
      expect(await listed('')).toEqual([]);
    });

    it('refuse paths that lead elsewhere', async () => {
      for (const path of ['../x', 'a/../../x', '/etc/x', 'a//b', './a', 'a/.hidden', '', 'a\\b', 'a\0b', 'a/']) {
        await expect(async () => blobs.put(path, Buffer.from('x'))).rejects.toThrow(TypeError);
        await expect(async () => blobs.get(path)).rejects.toThrow(TypeError);
        await expect(async () => blobs.delete(path)).rejects.toThrow(TypeError);
      }
    });
  });
}
