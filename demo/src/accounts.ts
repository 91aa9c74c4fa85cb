import { randomUUID } from 'node:crypto';
import type { Sql } from './database.ts';
import type { Author, Language } from './perisai.ts';

/** What an account may do: warned and reprimanded write on; restricted reads only; suspended and terminated don't come in. */
export type Standing = 'active' | 'warned' | 'reprimanded' | 'restricted' | 'suspended' | 'terminated';

/** Somebody with a table at Warung. `id` is for ever; the handle is what others type. */
export interface Account {
  id: string;
  handle: string;
  name: string;
  language: Language;
  /** Under 18: what is gated by age stays closed. */
  minor: boolean;
  /** Reads from outside Malaysia. */
  abroad: boolean;
  standing: Standing;
}

/** What somebody says of themselves when they come. */
export type Newcomer = Pick<Account, 'handle' | 'name' | 'language'> & Partial<Pick<Account, 'minor' | 'abroad'>>;

/** What a handle may look like. */
export const handlePattern = /^[a-z0-9_]{2,30}$/;

const columns = 'id, handle, name, language, minor, abroad, standing';

/** Makes an account; null when the handle is taken. */
export async function join(sql: Sql, account: Newcomer): Promise<Account | null> {
  const made = await sql.query<Account>(
    `insert into warung.account (id, handle, name, language, minor, abroad) values ($1, $2, $3, $4, $5, $6) on conflict (handle) do nothing returning ${columns}`,
    [randomUUID(), account.handle, account.name, account.language, account.minor ?? false, account.abroad ?? false],
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
