import { randomUUID } from 'node:crypto';
import type { Account } from './accounts.ts';
import { asAuthor } from './accounts.ts';
import type { Sql } from './database.ts';
import { owe } from './errands.ts';
import type { Harm, Language, Perisai, Relation } from './perisai.ts';
import { PerisaiError } from './perisai.ts';
import type { Lending } from './places/lending.ts';
import type { Post } from './posts.ts';
import { asItem } from './posts.ts';

/** A report as its reporter follows it. `state` is Perisai's, or `queued` until Perisai has it, or `refused`. */
export interface Report {
  id: string;
  reporter: string | null;
  language: Language;
  post: string;
  harm: Harm;
  text: string;
  state: 'queued' | 'received' | 'acknowledged' | 'under-review' | 'answered' | 'refused';
  outcome: string | null;
  perisai: string | null;
  status_url: string | null;
  contact_code: string | null;
  pin: string | null;
  acknowledge_by: Date | null;
  status_by: Date | null;
  answer_by: Date | null;
  created_at: Date;
}

/**
 * Keeps a report and owes it to Perisai, in the caller's transaction: from here on it can't be lost. The revision that the reporter
 * saw goes along as it is now; a later edit or deletion doesn't change the report. `reporter` null: somebody without an account.
 */
export async function report(
  sql: Sql,
  draft: {
    post: Post;
    reporter: Account | null;
    email: string | null;
    harm: Harm;
    text: string;
    language: Language;
    forChild: Relation | null;
  },
  publicUrl: string,
  lending: Lending,
): Promise<{ id: string; errand: string }> {
  const id = randomUUID();
  await sql.query(
    'insert into warung.report (id, reporter, email, language, post, revision, harm, text) values ($1, $2, $3, $4, $5, $6, $7, $8)',
    [id, draft.reporter?.id ?? null, draft.email, draft.language, draft.post.id, draft.post.revision, draft.harm, draft.text],
  );
  const contact = { language: draft.language, ...(draft.email === null ? {} : { email: draft.email }) };
  const body = {
    item: asItem(draft.post, publicUrl, lending),
    attested: 'platform',
    harm: draft.harm,
    ...(draft.text === '' ? {} : { text: draft.text }),
    language: draft.language,
    reporter: {
      ...(draft.reporter === null ? { contact } : { account: asAuthor(draft.reporter) }),
      ...(draft.forChild === null ? {} : { for_child: { relation: draft.forChild } }),
    },
    received_at: new Date().toISOString(),
  };
  return { id, errand: await owe(sql, { kind: 'report', lane: `report ${id}`, task: { report: id, body } }) };
}

const columns = `id, reporter, language, post, harm, text, state, outcome, perisai, status_url, contact_code, pin, acknowledge_by, status_by,
  answer_by, created_at`;

/** One report by its id. Who may see it is the caller's to know. */
export async function reportOf(sql: Sql, id: string): Promise<Report | null> {
  return (await sql.query<Report>(`select ${columns} from warung.report where id::text = $1`, [id])).rows[0] ?? null;
}

/** What this person reported, the newest first. */
export async function reportsOf(sql: Sql, reporter: string): Promise<Report[]> {
  return (
    await sql.query<Report>(`select ${columns} from warung.report where reporter = $1 order by created_at desc limit 100`, [reporter])
  ).rows;
}

/** Asks Perisai how these reports stand and keeps the answer; where it doesn't answer, they stay as last known. */
export async function refresh(sql: Sql, perisai: Perisai, reports: Report[]): Promise<Report[]> {
  return Promise.all(
    reports.map(async (each) => {
      if (each.perisai === null || each.state === 'answered') return each;
      const now = await perisai.reported(each.perisai).catch((error: unknown) => {
        if (error instanceof PerisaiError) return null;
        throw error;
      });
      if (now === null) return each;
      await sql.query('update warung.report set state = $2, outcome = $3 where id = $1', [each.id, now.state, now.outcome]);
      return { ...each, state: now.state as Report['state'], outcome: now.outcome };
    }),
  );
}
