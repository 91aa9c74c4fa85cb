import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Makes the entries of a folder (new, renamed, removed files) durable. */
export async function syncFolder(folder: string): Promise<void> {
  await using handle = await open(folder, 'r');
  await handle.sync();
}

/** Makes a folder and those above it that are missing, durably. */
export async function makeFolder(folder: string, mode = 0o700): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
}

/**
 * Writes a file so that after any crash the old or the new one is there, whole. Durable when it returns.
 * @param draft a path on the same file system that nobody else uses
 */
export async function replaceFile(path: string, draft: string, write: (file: FileHandle) => Promise<unknown>): Promise<void> {
  try {
    {
      await using file = await open(draft, 'wx', 0o600);
      await write(file);
      await file.sync();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/** Removes a file durably. @returns false when there was none */
export async function removeFile(path: string): Promise<boolean> {
  try {
    await rm(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
  await syncFolder(dirname(path));
  return true;
}

/** A name for a draft that no other process or call chooses. */
export function draftIn(folder: string, random: string): string {
  return join(folder, `${process.pid}-${random}`);
}
