import { randomUUID } from 'node:crypto';
import type { Account } from './accounts.ts';
import type { Sql } from './database.ts';
import type { Item, Language, Verdict } from './perisai.ts';

/** What people see of a post. */
export type State = 'visible' | 'hidden' | 'removed' | 'labelled' | 'deleted' | 'pending';

/** A post, a comment or a private message: they differ in who may read them. */
export interface Post {
  id: string;
  kind: 'post' | 'comment' | 'message';
  surface: string;
  author: string;
  author_handle: string;
  author_name: string;
  author_language: Language;
  recipient: string | null;
  parent: string | null;
  revision: number;
  text: string;
  screening: 'pending' | 'published' | 'withheld';
  withheld_seq: number | null;
  statement: string | null;
  measure: 'none' | 'inaccessible' | 'removed' | 'labelled';
  label: string | null;
  applied_seq: number;
  created_at: Date;
  edited_at: Date | null;
  deleted_at: Date | null;
  comments: number;
}

type Facts = Pick<Post, 'deleted_at' | 'measure' | 'screening'>;

/** The strictest of the three facts wins; deleting is the author's own and final. */
export function stateOf(post: Facts): State {
  if (post.deleted_at !== null) return 'deleted';
  if (post.measure === 'removed') return 'removed';
  if (post.measure === 'inaccessible') return 'hidden';
  if (post.screening === 'pending') return 'pending';
  if (post.screening === 'withheld') return 'hidden';
  return post.measure === 'labelled' ? 'labelled' : 'visible';
}

/** The state in Perisai's words; a post that waits for its screening is seen by nobody. */
export function reported(state: State): 'visible' | 'inaccessible' | 'removed' | 'labelled' | 'gone' {
  const words = {
    visible: 'visible',
    hidden: 'inaccessible',
    pending: 'inaccessible',
    removed: 'removed',
    labelled: 'labelled',
    deleted: 'gone',
  } as const;
  return words[state];
}

/** May this person (null: a guest) read the text? Its author always, until they delete it. */
export function mayRead(post: Post, reader: Account | null): boolean {
  const state = stateOf(post);
  if (state === 'deleted') return false;
  if (reader?.id === post.author) return true;
  if (state !== 'visible' && state !== 'labelled') return false;
  return post.kind !== 'message' || reader?.id === post.recipient;
}

/** Public posts by anybody who may read them; a private message by its receiver; nobody reports themselves. */
export function mayReport(post: Post, reader: Account | null): boolean {
  return mayRead(post, reader) && reader?.id !== post.author;
}

/** A measure stands until a decision lifts it, so what is hidden or removed can't be edited away. */
export function mayEdit(post: Post, reader: Account | null): boolean {
  return reader?.id === post.author && ['visible', 'labelled', 'pending'].includes(stateOf(post)) && post.kind !== 'message';
}

const shown = `deleted_at is null and measure in ('none', 'labelled') and screening = 'published'`;
const columns = `p.id, p.kind, p.surface, p.author, a.handle as author_handle, a.name as author_name, a.language as author_language, p.recipient,
  p.parent, p.revision, p.text, p.screening, p.withheld_seq, p.measure, p.label, p.applied_seq, p.created_at, p.edited_at, p.deleted_at,
  coalesce((select n.statement_url from warung.notice n where n.account = p.author and n.about->>'decision' = p.last_action->>'decision'
    and n.statement_url is not null order by n.received_at desc limit 1), p.statement) as statement,
  (select count(*)::int from warung.post c where c.parent = p.id and ${shown.replace(/\b(deleted_at|measure|screening)\b/g, 'c.$1')}) as comments`;
const posts = `from warung.post p join warung.account a on a.id = p.author`;
/** Others' posts that can be seen, and one's own that were not deleted; $1 is the reader's id or null. */
const readable = `(${shown.replace(/\b(deleted_at|measure|screening)\b/g, 'p.$1')} or (p.author = $1 and p.deleted_at is null))`;

/** Keeps something newly written: a message is delivered at once, everything else waits for its screening. */
export async function write(
  sql: Sql,
  draft: { author: Account; text: string; recipient: string | null; parent: string | null },
): Promise<string> {
  const id = randomUUID();
  const kind = draft.recipient !== null ? 'message' : draft.parent !== null ? 'comment' : 'post';
  const surface = kind === 'message' ? 'private-message' : 'public-feed';
  await sql.query(
    'insert into warung.post (id, kind, surface, author, recipient, parent, text, screening) values ($1, $2, $3, $4, $5, $6, $7, $8)',
    [id, kind, surface, draft.author.id, draft.recipient, draft.parent, draft.text, kind === 'message' ? 'published' : 'pending'],
  );
  return id;
}

/** A new revision, to be screened again; until then nobody else sees it. */
export async function revise(sql: Sql, id: string, text: string): Promise<void> {
  await sql.query(
    `update warung.post set text = $2, revision = revision + 1, screening = 'pending', withheld_seq = null, edited_at = now() where id = $1`,
    [id, text],
  );
}

/** The author's own deletion: the text goes for good, the row stays to answer Perisai that it is gone. */
export async function erase(sql: Sql, id: string): Promise<void> {
  await sql.query(`update warung.post set deleted_at = now(), text = '' where id = $1 and deleted_at is null`, [id]);
}

/** The post, whatever its state; an id that isn't a UUID is no post's. */
export async function find(sql: Sql, id: string): Promise<Post | null> {
  return (await sql.query<Post>(`select ${columns} ${posts} where p.id::text = $1`, [id])).rows[0] ?? null;
}

/** The same, held against other changes until the transaction ends. */
export async function hold(sql: Sql, id: string): Promise<Post | null> {
  return (await sql.query<Post>(`select ${columns} ${posts} where p.id::text = $1 for update of p`, [id])).rows[0] ?? null;
}

/** The newest posts that this reader may see. */
export async function feed(sql: Sql, reader: string | null, before: Date): Promise<Post[]> {
  const text = `select ${columns} ${posts} where p.kind = 'post' and ${readable} and p.created_at < $2 order by p.created_at desc limit 30`;
  return (await sql.query<Post>(text, [reader, before])).rows;
}

/** The comments under a post that this reader may see, in the order in which they were written. */
export async function thread(sql: Sql, reader: string | null, parent: string): Promise<Post[]> {
  const text = `select ${columns} ${posts} where p.parent = $2 and ${readable} order by p.created_at limit 200`;
  return (await sql.query<Post>(text, [reader, parent])).rows;
}

/** What one person posted and commented, as far as this reader may see it. */
export async function writtenBy(sql: Sql, reader: string | null, author: string): Promise<Post[]> {
  const text = `select ${columns} ${posts} where p.author = $2 and p.kind <> 'message' and ${readable} order by p.created_at desc limit 50`;
  return (await sql.query<Post>(text, [reader, author])).rows;
}

/** The private messages between the reader and one other person, oldest first. */
export async function conversation(sql: Sql, reader: string, other: string): Promise<Post[]> {
  const text = `select ${columns} ${posts} where p.kind = 'message' and ${readable}
    and ((p.author = $1 and p.recipient = $2) or (p.author = $2 and p.recipient = $1)) order by p.created_at limit 200`;
  return (await sql.query<Post>(text, [reader, other])).rows;
}

/** With whom the reader has exchanged messages, the latest first. */
export async function correspondents(sql: Sql, reader: string): Promise<{ handle: string; name: string; latest: Date }[]> {
  const text = `select a.handle, a.name, max(p.created_at) as latest from warung.post p
    join warung.account a on a.id = case when p.author = $1 then p.recipient else p.author end
    where p.kind = 'message' and ${readable} and (p.author = $1 or p.recipient = $1) group by a.handle, a.name order by latest desc limit 100`;
  return (await sql.query<{ handle: string; name: string; latest: Date }>(text, [reader])).rows;
}

/**
 * What screening said of one revision; a later revision makes it void. A verdict that withholds comes with the `target_seq` of its
 * action: where that action, or a later one, was applied before this answer came, the measure already speaks. `restrict` limits a reach
 * that a feed by time doesn't have: it is published, like `allow` and `review`.
 */
export async function screened(sql: Sql, post: Post, verdict: Verdict): Promise<void> {
  const withheld = verdict.verdict === 'withhold' || verdict.verdict === 'block';
  const stands = withheld && (verdict.target_seq === null || verdict.target_seq > post.applied_seq);
  await sql.query(`update warung.post set screening = $2, withheld_seq = $3, statement = $4 where id = $1`, [
    post.id,
    stands ? 'withheld' : 'published',
    stands ? verdict.target_seq : null,
    verdict.statement ?? post.statement,
  ]);
}

/** A post as Perisai sees it: the revision that people saw. */
export function asItem(post: Post, publicUrl: string): Item {
  const item: Item = {
    id: post.id,
    kind: post.kind,
    surface: post.surface,
    revision: String(post.revision),
    author: { id: post.author, handle: post.author_handle, language: post.author_language },
    text: post.text,
    created_at: post.created_at.toISOString(),
    url: `${publicUrl}/posts/${post.id}`,
  };
  if (post.parent !== null) item.parent = post.parent;
  return item;
}
