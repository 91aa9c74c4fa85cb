import { appendLeaves, generateLogKey, inclusionProof, leafHash, logSigner, signCheckpoint } from '@perisai/log';

/** Lays records in a new log, signs its checkpoint, and proves the second of them. */
export async function seal(records: Uint8Array[]) {
  const files = new Map<string, Uint8Array>();
  const read = async (path: string) => files.get(path);
  const { size, root, tiles } = await appendLeaves({ size: 0, read }, records.map(leafHash));
  for (const { path, bytes } of tiles) files.set(path, bytes);
  const { vkey, skey } = generateLogKey('log.warung.example');
  const note = await signCheckpoint({ origin: 'log.warung.example', size, root }, logSigner(skey));
  return { note, vkey, proof: await inclusionProof(1, size, read) };
}
