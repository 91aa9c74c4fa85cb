import { randomBytes } from 'node:crypto';
import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handle, keyStoreConformance } from '../../../test/key-store-conformance.ts';
import { memoryKeyStore } from '../../../test/memory-key-store.ts';
import { TestClock } from '../clock.ts';
import { silentLog } from '../log.ts';
import { type DiskKeyStoreOptions, openDiskKeyStore } from './disk-key-store.ts';
import { HandleIndex } from './handle-index.ts';
import type { KeyStore } from './key-store.ts';
import { openLocalKeyFile } from './local-key-file.ts';

const fresh = () => mkdtemp(join(tmpdir(), 'perisai-keys-'));
const clock = new TestClock('2026-11-24T00:00:00Z');
const open = (folder: string, more: Partial<DiskKeyStoreOptions> = {}) =>
  openDiskKeyStore({
    folder: join(folder, 'store'),
    encryption: openLocalKeyFile(join(folder, 'key.json'), clock),
    log: silentLog,
    ...more,
  });

for (const [name, more] of [
  ['on disk', {}],
  ['on disk in segments of three, with nothing kept in memory', { rowsPerSegment: 3, cached: 0 }],
] as const) {
  keyStoreConformance(name, async () => {
    const folder = await fresh();
    const store = await open(folder, more);
    const remove = async () => {
      await store.close();
      await rm(folder, { recursive: true });
    };
    return { store, remove };
  });
}

keyStoreConformance('in memory', async () => ({ store: memoryKeyStore(), remove: async () => undefined }));

describe('a key store on disk', () => {
  let folder: string;
  const opened: KeyStore[] = [];
  const file = (number: number) => join(folder, 'store', `0000000${number}.keys`);
  const start = async (more: Partial<DiskKeyStoreOptions> = {}) => {
    const store = await open(folder, more);
    opened.push(store);
    return store;
  };

  beforeEach(async () => {
    folder = await fresh();
  });

  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
    await rm(folder, { recursive: true });
  });

  it('has its keys again after it was opened anew', async () => {
    const handles = Array.from({ length: 10 }, handle);
    const store = await start({ rowsPerSegment: 4 });
    await Promise.all(handles.map((each) => store.create(each)));
    const before = await Promise.all(handles.map((each) => store.get(each)));
    await store.destroy(handles[0] as string);
    await store.close();
    const again = await start({ rowsPerSegment: 4 });
    expect(await Promise.all(handles.map((each) => again.get(each)))).toEqual([null, ...before.slice(1)]);
    expect((await readdir(join(folder, 'store'))).sort()).toEqual(['00000001.keys', '00000002.keys', '00000003.keys', 'lock']);
    expect((await stat(file(1))).mode & 0o777).toBe(0o600);
  });

  it('leaves neither the handle nor the wrapped key of what was destroyed in any file', async () => {
    const store = await start();
    const [one, two] = [handle(), handle()];
    await store.create(one);
    await store.create(two);
    const line = (await readFile(file(1), 'latin1')).split('\n').find((each) => each.startsWith(one)) ?? '';
    await store.destroy(one);
    for (const name of await readdir(join(folder, 'store'))) {
      const text = await readFile(join(folder, 'store', name), 'latin1');
      expect(text).not.toContain(one);
      expect(text).not.toContain(line.split(',')[1]);
    }
    expect(await store.get(two)).toHaveLength(32);
  });

  it('drops a torn end, keeps what lies before, and goes on', async () => {
    const store = await start();
    const [one, two] = [handle(), handle()];
    await store.create(one);
    const key = await store.get(one);
    await store.close();
    const whole = await readFile(file(1), 'latin1');
    for (const torn of [whole.slice(0, 40), whole.trimEnd().slice(0, -1), `${whole.slice(0, 60)}\n`, '\0'.repeat(200)]) {
      await appendFile(file(1), torn);
      const again = await open(folder);
      expect(await again.get(one)).toEqual(key);
      expect(await readFile(file(1), 'latin1')).toBe(whole);
      await again.close();
    }
    const last = await start();
    await last.create(two);
    await last.close();
    const reader = await start();
    expect([await reader.get(one), (await reader.get(two))?.length]).toEqual([key, 32]);
  });

  it('refuses to open when an old segment is damaged', async () => {
    const store = await start({ rowsPerSegment: 1 });
    await store.create(handle());
    await store.create(handle());
    await store.close();
    const text = await readFile(file(1), 'latin1');
    await writeFile(file(1), text.replace(/,./, ',!'));
    await expect(open(folder)).rejects.toThrow('damaged at byte 0');
  });

  it('has one writer; a reader beside it sees the keys there were', async () => {
    const store = await start();
    const one = handle();
    await store.create(one);
    await expect(open(folder)).rejects.toThrow('in use by process');
    const reader = await start({ readOnly: true });
    expect(await reader.get(one)).toEqual(await store.get(one));
    await expect(reader.create(handle())).rejects.toThrow('reading only');
    await reader.close();
    await expect(open(folder)).rejects.toThrow('in use by process');
  });

  it("takes over a dead process's lock", async () => {
    const store = await start();
    await store.close();
    await writeFile(join(folder, 'store', 'lock'), JSON.stringify({ pid: process.pid, since: 'long ago' }));
    await (await start()).create(handle());
  });

  it('makes creations that come together durable with few writes', async () => {
    const slow = openLocalKeyFile(join(folder, 'key.json'), clock);
    const store = await start({ encryption: slow });
    const handles = Array.from({ length: 2_000 }, handle);
    await Promise.all(handles.map((each) => store.create(each)));
    expect(await Array.fromAsync(store.handles())).toHaveLength(2_000);
  });

  it('answers while it creates and destroys at the same time', async () => {
    const store = await start({ rowsPerSegment: 16, cached: 4 });
    const kept = Array.from({ length: 50 }, handle);
    const gone = Array.from({ length: 50 }, handle);
    await Promise.all([...kept, ...gone].map((each) => store.create(each)));
    const keys = await Promise.all(kept.map((each) => store.get(each)));
    const readings = kept.map(async (each, n) => {
      for (let time = 0; time < 10; time += 1) expect(await store.get(each)).toEqual(keys[n]);
    });
    await Promise.all([...readings, ...gone.map((each) => store.destroy(each)), ...gone.map(() => store.create(handle()))]);
    expect(await Promise.all(gone.map((each) => store.get(each)))).toEqual(gone.map(() => null));
  });

  it('says no when a wrapped key is longer than it can keep', async () => {
    const encryption = { id: 'x', wrap: async () => randomBytes(1_200), unwrap: async () => randomBytes(32) };
    const store = await start({ encryption });
    await expect(store.create(handle())).rejects.toThrow('1,000 bytes');
  });
});

describe('the index of handles', () => {
  it('finds what was added, where it moved, and nothing that is gone, also after it grew', () => {
    const index = new HandleIndex();
    const handles = Array.from({ length: 5_000 }, () => randomBytes(16));
    for (const [n, each] of handles.entries()) index.add(each, { segment: 1, offset: n });
    for (const [n, each] of handles.entries())
      if (n % 3 === 0) index.move(each, { segment: 1, offset: n }, n % 2 === 0 ? null : n + 10_000);
    for (const [n, each] of handles.entries()) {
      const place = n % 3 !== 0 ? n : n % 2 === 0 ? undefined : n + 10_000;
      expect(index.candidates(each)).toEqual(place === undefined ? [] : [{ segment: 1, offset: place }]);
    }
  });

  it('gives both places of handles that begin alike', () => {
    const index = new HandleIndex();
    const [one, two] = [Buffer.alloc(16, 1), Buffer.concat([Buffer.alloc(8, 1), Buffer.alloc(8, 2)])];
    index.add(one, { segment: 1, offset: 0 });
    index.add(two, { segment: 2, offset: 7 });
    expect(index.candidates(two)).toHaveLength(2);
  });
});
