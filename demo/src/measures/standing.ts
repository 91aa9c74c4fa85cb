import { byId, type Standing } from '../accounts.ts';
import type { Sql } from '../database.ts';
import type { Action } from '../perisai.ts';

const standings: Readonly<Record<string, Standing>> = {
  warn: 'warned',
  reprimand: 'reprimanded',
  'restrict-account': 'restricted',
  'suspend-account': 'suspended',
  'terminate-account': 'terminated',
  'reinstate-account': 'active',
};

/** May it write posts, comments and messages? */
export const mayWrite = (standing: Standing): boolean => ['active', 'warned', 'reprimanded'].includes(standing);
/** May its holder come in? */
export const mayEnter = (standing: Standing): boolean => mayWrite(standing) || standing === 'restricted';

/** Does to an account what Perisai asks. Answers whether anything changed; what Warung doesn't know how to do changes nothing. */
export async function applyToAccount(sql: Sql, action: Action): Promise<boolean> {
  const standing = standings[action.do];
  if (standing === undefined) return false;
  const done = await sql.query(
    'update warung.account set standing = $2, standing_seq = $3, last_action = $4 where id::text = $1 and standing_seq < $3',
    [action.target.id, standing, action.target_seq, JSON.stringify(action)],
  );
  return done.rowCount === 1;
}

/** The account's standing and the newest action applied to it; null where there is no such account. */
export async function standingOf(sql: Sql, id: string): Promise<{ standing: Standing; seq: number } | null> {
  if ((await byId(sql, id)) === null) return null;
  const text = 'select standing, standing_seq as seq from warung.account where id::text = $1';
  return (await sql.query<{ standing: Standing; seq: number }>(text, [id])).rows[0] ?? null;
}
