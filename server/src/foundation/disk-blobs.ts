import { randomBytes } from 'node:crypto';
import { access, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { Blobs } from './blobs.ts';
import { checkedPath } from './blobs.ts';

const isMissing = (error: unknown) => ['ENOENT', 'ENOTDIR'].includes((error as { code?: string }).code ?? '');

/** A blob store in a folder. Writes go to a draft, are flushed, and take their name at once; the folder is flushed too, so that the name survives. */
export async function openDiskBlobs(folder: string): Promise<Blobs> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const made = new Set<string>();

  async function makeFolder(path: string): Promise<void> {
    if (made.has(path)) return;
    const first = await mkdir(path, { recursive: true, mode: 0o700 });
    // Each new folder's name is durable in the one above it.
    if (first !== undefined) for (let at = path; at.length >= first.length; at = dirname(at)) await flush(dirname(at));
    made.add(path);
  }

  return {
    async put(path, bytes) {
      const target = join(folder, checkedPath(path));
      await makeFolder(dirname(target));
      const draft = `${target}.draft-${randomBytes(6).toString('hex')}`;
      const file = await open(draft, 'wx', 0o600);
      try {
        await file.writeFile(bytes);
        await file.datasync();
      } finally {
        await file.close();
      }
      await rename(draft, target);
      await flush(dirname(target));
    },
    async get(path) {
      try {
        return await readFile(join(folder, checkedPath(path)));
      } catch (error) {
        if (isMissing(error) || (error as { code?: string }).code === 'EISDIR') return null;
        throw error;
      }
    },
    async has(path) {
      try {
        await access(join(folder, checkedPath(path)));
        return true;
      } catch (error) {
        if (isMissing(error)) return false;
        throw error;
      }
    },
    async *list(prefix) {
      // Only the folder that the prefix names is walked, not the whole store.
      const start = join(folder, prefix.includes('/') ? prefix.slice(0, prefix.lastIndexOf('/')) : '');
      for await (const path of walk(start)) {
        const name = relative(folder, path);
        if (name.startsWith(prefix) && !name.includes('.draft-')) yield name;
      }
    },
    async delete(path) {
      await rm(join(folder, checkedPath(path)), { force: true });
    },
  };
}

async function* walk(folder: string): AsyncIterable<string> {
  let entries: { name: string; isDirectory(): boolean }[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.isDirectory()) yield* walk(join(folder, entry.name));
    else yield join(folder, entry.name);
  }
}

async function flush(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
