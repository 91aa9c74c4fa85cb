import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { KeyEncryption } from './key-encryption.ts';

/**
 * A secret of the installation (the log's key, the secret for ids), made once and kept wrapped beside the data keys.
 * @param name of `a-z -`.
 */
export async function installationSecret(folder: string, encryption: KeyEncryption, name: string, make: () => Buffer): Promise<Buffer> {
  const path = join(folder, 'secrets', name);
  try {
    return await encryption.unwrap(await readFile(path));
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error;
  }
  const secret = make();
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(`${path}.draft`, 'w', 0o600);
  await file.writeFile(await encryption.wrap(secret));
  await file.sync();
  await file.close();
  await rename(`${path}.draft`, path);
  return secret;
}
