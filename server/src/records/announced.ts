import type { Tx } from '../foundation/db/transaction.ts';
import { recordsOfKind } from './record.sql.ts';

/** Whether the log has announced this key: read from the records themselves, of which there are as many as keys. */
export async function isAnnounced(tx: Tx, vkey: string): Promise<boolean> {
  return (await recordsOfKind(tx, 'log.key-announced')).some(
    (line) => (JSON.parse(line) as { payload: { vkey: string } }).payload.vkey === vkey,
  );
}
