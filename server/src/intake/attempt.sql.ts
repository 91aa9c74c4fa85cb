import { sql } from 'kysely';
import { reading, type Tx, technical } from '../foundation/db/transaction.ts';

/** Until when this contact code answers no PIN; null when it does. `code` is the keyed hash. */
export async function lockedUntil(tx: Tx, code: string, now: Date): Promise<Date | null> {
  const { rows } = await sql<{
    locked_until: Date | null;
  }>`select locked_until from perisai.code_attempt where code = ${code} and locked_until > ${now}`.execute(reading(tx));
  return rows[0]?.locked_until ?? null;
}

/** One wrong PIN more; from the fifth on the code is locked until `until`, and counting begins again. */
export async function noteWrongPin(tx: Tx, code: string, until: Date): Promise<void> {
  await sql`insert into perisai.code_attempt as a (code, failed) values (${code}, 1)
    on conflict (code) do update set failed = case when a.failed >= 4 then 0 else a.failed + 1 end, locked_until = case when a.failed >= 4 then ${until}::timestamptz else a.locked_until end`.execute(
    technical(tx),
  );
}

export async function forgetAttempts(tx: Tx, code: string): Promise<void> {
  await sql`delete from perisai.code_attempt where code = ${code}`.execute(technical(tx));
}
