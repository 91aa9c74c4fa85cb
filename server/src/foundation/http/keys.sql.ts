import type { Tx } from '../db/transaction.ts';
import { technical } from '../db/transaction.ts';

export interface ServiceKeyRow {
  id: string;
  service: string;
  label: string;
  scopes: string[];
  secret_hash: Buffer;
  held_by: string | null;
  replaces: string | null;
  created_at: Date;
  not_after: Date | null;
  revoked_at: Date | null;
}

interface Tables {
  'perisai.service_key': ServiceKeyRow;
}

/** Index: primary key. */
export function keyById(tx: Tx, id: string): Promise<ServiceKeyRow | undefined> {
  return technical<Tables>(tx).selectFrom('perisai.service_key').selectAll().where('id', '=', id).executeTakeFirst();
}

/** As `keyById`, and nobody else changes it until the transaction ends. */
export function lockKey(tx: Tx, id: string): Promise<ServiceKeyRow | undefined> {
  return technical<Tables>(tx).selectFrom('perisai.service_key').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

/** Index: service_key_by_service. Oldest first. */
export function keysOfService(tx: Tx, service: string): Promise<ServiceKeyRow[]> {
  return technical<Tables>(tx)
    .selectFrom('perisai.service_key')
    .selectAll()
    .where('service', '=', service)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

export async function insertKey(tx: Tx, row: ServiceKeyRow): Promise<void> {
  await technical<Tables>(tx).insertInto('perisai.service_key').values(row).execute();
}

export async function endKey(tx: Tx, id: string, change: { not_after: Date } | { revoked_at: Date }): Promise<void> {
  await technical<Tables>(tx).updateTable('perisai.service_key').set(change).where('id', '=', id).execute();
}
