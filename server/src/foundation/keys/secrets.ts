import { randomUUID } from 'node:crypto';
import { link, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { draftIn, makeFolder, syncFolder } from '../durable-files.ts';
import type { KeyEncryption } from './key-encryption.ts';

/**
 * A secret of the installation (the log's key, the secret for ids), made once and kept wrapped beside the data keys. Durable when it
 * returns; of two processes that make it at once, the first one's holds for both.
 * @param name of `a-z -`.
 */
export async function installationSecret(folder: string, encryption: KeyEncryption, name: string, make: () => Buffer): Promise<Buffer> {
  const home = join(folder, 'secrets');
  const path = join(home, name);
  try {
    return await encryption.unwrap(await readFile(path));
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error;
  }
  await makeFolder(home);
  const draft = draftIn(home, randomUUID());
  try {
    await using file = await open(draft, 'wx', 0o600);
    await file.writeFile(await encryption.wrap(make()));
    await file.sync();
    await link(draft, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
  await syncFolder(home);
  return encryption.unwrap(await readFile(path));
}

/** A secret takes the place of another, durably, and leaves its own. The second half of a rotation: a crash leaves the old one or the new. */
export async function replaceSecret(folder: string, { from, to }: { readonly from: string; readonly to: string }): Promise<void> {
  const home = join(folder, 'secrets');
  await rename(join(home, from), join(home, to));
  await syncFolder(home);
}
