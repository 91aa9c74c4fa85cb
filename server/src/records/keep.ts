import type { Tx } from '../foundation/db/transaction.ts';
import { decrypt, encrypt } from '../foundation/seal-text.ts';
import { handlesOf, type Party } from './handles.ts';
import type { Spine } from './spine.ts';

/**
 * Keeps bytes that belong to a person, encrypted under their key, in the blob store: durable when it returns, unreadable once the key is
 * destroyed. The path binds the text, so that nobody swaps two of them.
 */
export async function keepBytes(spine: Spine, tx: Tx, owner: Party, path: string, bytes: Buffer): Promise<void> {
  const handle = (await handlesOf(spine, tx, [owner])).get(owner) as string;
  const key = await spine.keys.get(handle);
  if (key === null) throw new TypeError(`the key of ${owner.role} is gone`);
  await spine.blobs.put(path, Buffer.concat([Buffer.from(handle, 'base64'), encrypt(key, bytes, Buffer.from(path))]));
}

/** The bytes again; null where there are none, or their key is gone. */
export async function keptBytes(spine: Pick<Spine, 'blobs' | 'keys'>, path: string): Promise<Buffer | null> {
  const stored = await spine.blobs.get(path);
  const key = stored && (await spine.keys.get(stored.subarray(0, 16).toString('base64')));
  return stored && key ? decrypt(key, stored.subarray(16), Buffer.from(path)) : null;
}
