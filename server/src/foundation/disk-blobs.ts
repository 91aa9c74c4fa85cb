import { randomUUID } from 'node:crypto';
import { access, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Blobs } from './blobs.ts';
import { BlobExists, checkBlobPath } from './blobs.ts';
import { draftIn, makeFolder, removeFile, replaceFile, syncFolder } from './durable-files.ts';

/** Drafts lie here until they get their name. A part of a path never begins with a dot, so no blob does. */
const DRAFTS = '.drafts';

/**
 * Blobs as files below a folder, readable by their owner only. Several processes may use one folder, with one exception: of two that
 * `put(…, {once: true})` different bytes at the very same moment, neither may be refused.
 * A crash leaves at most a draft, which nobody reads.
 */
export async function openDiskBlobs(folder: string): Promise<Blobs> {
  await makeFolder(join(folder, DRAFTS));
  /** Folders known to be there and durable; none is ever removed. */
  const made = new Set<string>();
  const place = (path: string) => {
    checkBlobPath(path);
    return join(folder, path);
  };
  return {
    async put(path, bytes, options = {}) {
      const file = place(path);
      const before = options.once ? await readOrNull(file) : null;
      // its name may not be durable yet if a process was killed right after giving it
      if (before?.equals(bytes)) return syncFolder(dirname(file));
      if (before !== null) throw new BlobExists(path);
      const home = dirname(file);
      if (!made.has(home)) await makeFolder(home);
      made.add(home);
      await replaceFile(file, draftIn(join(folder, DRAFTS), randomUUID()), (draft) => draft.writeFile(bytes));
    },
    get: async (path) => readOrNull(place(path)),
    has: async (path) => access(place(path)).then(() => true, absent(false)),
    async *list(prefix) {
      // the folder part of the prefix is entered, what follows it is compared
      const start = prefix.slice(0, prefix.lastIndexOf('/') + 1);
      if (start !== '') checkBlobPath(start.slice(0, -1));
      for await (const path of walk(folder, start)) if (path.startsWith(prefix)) yield path;
    },
    async delete(path) {
      await removeFile(place(path));
    },
  };
}

async function* walk(folder: string, start: string): AsyncIterable<string> {
  const entries = await readdir(join(folder, start), { withFileTypes: true }).catch(absent([]));
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = `${start}${entry.name}`;
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory()) yield* walk(folder, `${path}/`);
    else yield path;
  }
}

function readOrNull(file: string): Promise<Buffer | null> {
  return readFile(file).catch(absent(null));
}

/** Turns "there is no such file" (or a file where a folder would be, or a folder where the file would be) into an answer. */
function absent<T>(answer: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(error.code ?? '')) return answer;
    throw error;
  };
}
