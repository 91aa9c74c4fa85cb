import type { Tx } from '../foundation/db/transaction.ts';
import { recordsOfKind } from './record.sql.ts';

/** Every key that ever signed this log, oldest first: read from the records themselves, of which there are as many as keys. */
export async function announcedKeys(tx: Tx): Promise<string[]> {
  const lines = await recordsOfKind(tx, 'log.key-announced');
  return lines.map((line) => (JSON.parse(line) as { payload: { vkey: string } }).payload.vkey);
}

/** Whether the log has announced this key. */
export async function isAnnounced(tx: Tx, vkey: string): Promise<boolean> {
  return (await announcedKeys(tx)).includes(vkey);
}
