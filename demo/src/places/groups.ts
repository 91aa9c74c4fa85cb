import type { Sql } from '../database.ts';

/** Comes to the group's table; twice is once. */
export async function enterGroup(sql: Sql, group: string, account: string): Promise<void> {
  await sql.query('insert into warung.membership (grp, account) values ($1, $2) on conflict do nothing', [group, account]);
}

/** Leaves it, and reads no more of what is said there. */
export async function leaveGroup(sql: Sql, group: string, account: string): Promise<void> {
  await sql.query('delete from warung.membership where grp = $1 and account = $2', [group, account]);
}

/** Does the account sit at this group's table? */
export async function isMember(sql: Sql, group: string, account: string): Promise<boolean> {
  return (await sql.query('select 1 from warung.membership where grp = $1 and account = $2', [group, account])).rowCount !== 0;
}

/** How many sit there. */
export async function membersOf(sql: Sql, group: string): Promise<number> {
  const text = 'select count(*)::int as n from warung.membership where grp = $1';
  return (await sql.query<{ n: number }>(text, [group])).rows[0]?.n ?? 0;
}
