import { randomUUID } from 'node:crypto';
import type { Account } from './accounts.ts';
import { asAuthor } from './accounts.ts';
import type { Sql } from './database.ts';
import { owe } from './errands.ts';
import type { Language } from './perisai.ts';

/** An appeal as its writer follows it. `state` is Perisai's, or `queued` until Perisai has it, or `refused` with the code in `refused`. */
export interface Appeal {
  id: string;
  account: string;
  decision: string;
  role: 'author' | 'reporter';
  state: string;
  perisai: string | null;
  status_url: string | null;
  answer_by: Date | null;
  refused: string | null;
}

const columns = 'id, account, decision, role, state, perisai, status_url, answer_by, refused';

/** Keeps an appeal and owes it to Perisai, in the caller's transaction; null where this person appealed against this decision before. */
export async function appeal(
  sql: Sql,
  draft: { account: Account; decision: string; role: 'author' | 'reporter'; text: string; language: Language },
): Promise<{ id: string; errand: string } | null> {
  const id = randomUUID();
  const kept = await sql.query(
    `insert into warung.appeal (id, account, decision, role, language, text) values ($1, $2, $3, $4, $5, $6)
     on conflict (account, decision) do nothing`,
    [id, draft.account.id, draft.decision, draft.role, draft.language, draft.text],
  );
  if (kept.rowCount === 0) return null;
  const body = {
    decision: draft.decision,
    by: { account: asAuthor(draft.account) },
    role: draft.role,
    text: draft.text,
    language: draft.language,
  };
  return { id, errand: await owe(sql, { kind: 'appeal', lane: `appeal ${id}`, task: { appeal: id, body } }) };
}

/** This person's appeals by the decision they are against. */
export async function appealsOf(sql: Sql, account: string): Promise<Map<string, Appeal>> {
  const rows = await sql.query<Appeal>(`select ${columns} from warung.appeal where account = $1`, [account]);
  return new Map(rows.rows.map((each) => [each.decision, each]));
}

/** One appeal of this person's. */
export async function appealOf(sql: Sql, account: string, id: string): Promise<Appeal | null> {
  return (
    (await sql.query<Appeal>(`select ${columns} from warung.appeal where account = $1 and id::text = $2`, [account, id])).rows[0] ?? null
  );
}
