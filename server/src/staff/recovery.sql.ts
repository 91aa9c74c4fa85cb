import { reading, type Tx, technical } from '../foundation/db/transaction.ts';

interface Tables {
  'staff.recovery_code': { staff: string; code_hash: string; made_at: Date };
}

/** These codes and no older ones. */
export async function putRecoveryCodes(tx: Tx, staff: string, hashes: readonly string[], at: Date): Promise<void> {
  await dropRecoveryCodes(tx, staff);
  if (hashes.length === 0) return;
  await technical<Tables>(tx)
    .insertInto('staff.recovery_code')
    .values(hashes.map((code_hash) => ({ staff, code_hash, made_at: at })))
    .execute();
}

export async function dropRecoveryCodes(tx: Tx, staff: string): Promise<void> {
  await technical<Tables>(tx).deleteFrom('staff.recovery_code').where('staff', '=', staff).execute();
}

/** Uses a code up: of two at once one finds it. Served by the primary key. */
export async function takeRecoveryCode(tx: Tx, staff: string, hash: string): Promise<boolean> {
  const taken = await technical<Tables>(tx)
    .deleteFrom('staff.recovery_code')
    .where('staff', '=', staff)
    .where('code_hash', '=', hash)
    .returning('staff')
    .executeTakeFirst();
  return taken !== undefined;
}

/** How many are left. */
export async function countRecoveryCodes(tx: Tx, staff: string): Promise<number> {
  const row = await reading<Tables>(tx)
    .selectFrom('staff.recovery_code')
    .select((eb) => eb.fn.countAll<number>().as('left'))
    .where('staff', '=', staff)
    .executeTakeFirstOrThrow();
  return Number(row.left);
}
