import { randomUUID } from 'node:crypto';
import type { Sql } from './database.ts';
import type { Author, Language } from './perisai.ts';

/** Somebody with a table at Warung. `id` is for ever; the handle is what others type. */
export interface Account {
  id: string;
  handle: string;
  name: string;
  language: Language;
}

/** What a handle may look like. */
export const handlePattern = /^[a-z0-9_]{2,30}$/;

const columns = 'id, handle, name, language';

/** Makes an account; null when the handle is taken. */
export async function join(sql: Sql, account: { handle: string; name: string; language: Language }): Promise<Account | null> {
  const made = await sql.query<Account>(
    `insert into warung.account (id, handle, name, language) values ($1, $2, $3, $4) on conflict (handle) do nothing returning ${columns}`,
    [randomUUID(), account.handle, account.name, account.language],
  );
  return made.rows[0] ?? null;
}

/** The account with this handle. */
export async function byHandle(sql: Sql, handle: string): Promise<Account | null> {
  return (await sql.query<Account>(`select ${columns} from warung.account where handle = $1`, [handle])).rows[0] ?? null;
}

/** The account with this id; an id that isn't a UUID is nobody's. */
export async function byId(sql: Sql, id: string): Promise<Account | null> {
  return (await sql.query<Account>(`select ${columns} from warung.account where id::text = $1`, [id])).rows[0] ?? null;
}

/** Everybody, by name: the log-in of a demo is choosing one. */
export async function everybody(sql: Sql): Promise<Account[]> {
  return (await sql.query<Account>(`select ${columns} from warung.account order by name, handle limit 200`)).rows;
}

/** Changes the language in which the account reads Warung and is written to. */
export async function speak(sql: Sql, id: string, language: Language): Promise<void> {
  await sql.query('update warung.account set language = $2 where id = $1', [id, language]);
}

/** The account as Perisai is told of it. */
export function asAuthor(account: Account): Author {
  return { id: account.id, handle: account.handle, language: account.language };
}
