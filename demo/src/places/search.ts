import type { Sql } from '../database.ts';

/** Longer words are searched for, and never suggested to others. */
const longestSuggestion = 60;

/** How many must have searched for words before others are shown them. */
const enough = 2;

/** The suggestion of these words, if somebody has searched for them. */
export async function suggestionFor(sql: Sql, words: string): Promise<string | null> {
  const text = `select id from warung.post where kind = 'suggestion' and deleted_at is null and lower(text) = lower($1)`;
  return (await sql.query<{ id: string }>(text, [words])).rows[0]?.id ?? null;
}

export const suggestible = (words: string): boolean => words.length >= 3 && words.length <= longestSuggestion;

/** Counts the account among those who searched for it. */
export async function countSearch(sql: Sql, suggestion: string, account: string): Promise<void> {
  await sql.query('insert into warung.searched (suggestion, account) values ($1, $2) on conflict do nothing', [suggestion, account]);
}

/** For SQL on `warung.post p`: enough people have searched for it. */
export const popular = `(select count(*) from warung.searched s where s.suggestion = p.id) >= ${enough}`;
