import { randomUUID } from 'node:crypto';
import { byId } from './accounts.ts';
import type { Sql } from './database.ts';
import type { Language } from './perisai.ts';

/** Something Perisai told one person: kept as it came, in their language. */
export interface Notice {
  id: string;
  account: string;
  kind: 'report.acknowledged' | 'notice.issued';
  role: string;
  language: Language;
  title: string;
  body: string;
  statement_url: string | null;
  appeal_url: string | null;
  /** Where its reader may ask why, for some days. */
  inquiry_url: string | null;
  about: { report?: string; decision?: string; appeal?: string };
  read_at: Date | null;
  received_at: Date;
}

interface Acknowledged {
  report: string;
  reporter: { account: string | { id: string } } | null;
  language: string;
  status_url: string;
  text: { title: string; body: string };
}

interface Issued {
  notice: string;
  to: { account: string | { id: string } } | null;
  role: string;
  language: string;
  title: string;
  body: string;
  statement_url: string | null;
  appeal_url: string | null;
  inquiry_url?: string | null;
  about?: Notice['about'];
}

const name = (to: { account: string | { id: string } } | null): string =>
  to === null ? '' : typeof to.account === 'string' ? to.account : to.account.id;

/** Puts a notice into its person's inbox; one for nobody here (a reporter without an account) and unknown kinds are left alone. */
export async function keepNotice(sql: Sql, type: string, data: unknown): Promise<void> {
  if (type === 'report.acknowledged') {
    const told = data as Acknowledged;
    await sql.query(`update warung.report set state = 'acknowledged' where perisai::text = $1 and state in ('queued', 'received')`, [
      told.report,
    ]);
    await keep(sql, {
      kind: type,
      account: name(told.reporter),
      perisai: told.report,
      role: 'reporter',
      language: told.language,
      title: told.text.title,
      body: told.text.body,
      statement_url: null,
      appeal_url: null,
      inquiry_url: null,
      about: { report: told.report },
    });
  } else if (type === 'notice.issued') {
    const told = data as Issued;
    await keep(sql, {
      kind: type,
      account: name(told.to),
      perisai: told.notice,
      role: told.role,
      language: told.language,
      title: told.title,
      body: told.body,
      statement_url: told.statement_url,
      appeal_url: told.appeal_url,
      inquiry_url: told.inquiry_url ?? null,
      about: told.about ?? {},
    });
  }
}

async function keep(
  sql: Sql,
  notice: Omit<Notice, 'id' | 'read_at' | 'received_at' | 'language'> & { perisai: string; language: string },
): Promise<void> {
  const account = await byId(sql, notice.account);
  if (account === null) return;
  await sql.query(
    `insert into warung.notice (id, account, kind, perisai, role, language, title, body, statement_url, appeal_url, inquiry_url, about)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict (kind, perisai) do nothing`,
    [
      randomUUID(),
      account.id,
      notice.kind,
      notice.perisai,
      notice.role,
      notice.language,
      notice.title,
      notice.body,
      notice.statement_url,
      notice.appeal_url,
      notice.inquiry_url,
      JSON.stringify(notice.about),
    ],
  );
}

const columns = 'id, account, kind, role, language, title, body, statement_url, appeal_url, inquiry_url, about, read_at, received_at';

/** Everything in one person's inbox, the newest first. */
export async function noticesOf(sql: Sql, account: string): Promise<Notice[]> {
  const text = `select ${columns} from warung.notice where account = $1 order by received_at desc, id limit 200`;
  return (await sql.query<Notice>(text, [account])).rows;
}

/** One notice of this person's. */
export async function noticeOf(sql: Sql, account: string, id: string): Promise<Notice | null> {
  return (
    (await sql.query<Notice>(`select ${columns} from warung.notice where account = $1 and id::text = $2`, [account, id])).rows[0] ?? null
  );
}

/** How many notices the person hasn't opened the inbox for. */
export async function unread(sql: Sql, account: string): Promise<number> {
  const text = 'select count(*)::int as n from warung.notice where account = $1 and read_at is null';
  return (await sql.query<{ n: number }>(text, [account])).rows[0]?.n ?? 0;
}

/** The person has seen their inbox. */
export async function markRead(sql: Sql, account: string): Promise<void> {
  await sql.query('update warung.notice set read_at = now() where account = $1 and read_at is null', [account]);
}
