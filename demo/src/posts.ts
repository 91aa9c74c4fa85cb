import { createHash, randomUUID } from 'node:crypto';
import type { Account } from './accounts.ts';
import type { Sql } from './database.ts';
import { type Measure, shutMeasures } from './measures/measure.ts';
import type { Item, Language, Media, Verdict } from './perisai.ts';
import { attachment } from './places/attachments.ts';
import type { Lending } from './places/lending.ts';
import { popular } from './places/search.ts';

/** Whatever somebody writes at Warung: it differs in who may read it and where it is found. */
export interface Post {
  id: string;
  kind: 'post' | 'comment' | 'message' | 'group' | 'live' | 'ad' | 'suggestion';
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
  measure: Measure;
  label: string | null;
  /** Where the measure holds: `MY`, or null for everywhere. */
  territory: string | null;
  /** The state that the last action asked for, in Perisai's words. */
  desired: string | null;
  applied_seq: number;
  attachment: string | null;
  /** Where an advertisement leads. */
  link: string | null;
  /** The group it was written in, who sits there, and whether Perisai had it closed. */
  grp: string | null;
  members: string[];
  grp_shut: boolean;
  created_at: Date;
  edited_at: Date | null;
  deleted_at: Date | null;
  /** When its host ended a live session. */
  ended_at: Date | null;
  comments: number;
}

/** For SQL: nothing keeps everybody from it. */
const shown = (of: string): string =>
  `${of}.deleted_at is null and ${of}.measure not in (${shutMeasures}) and ${of}.screening = 'published'`;
const columns = `p.id, p.kind, p.surface, p.author, a.handle as author_handle, a.name as author_name, a.language as author_language, p.recipient,
  p.parent, p.revision, p.text, p.screening, p.withheld_seq, p.measure, p.label, p.territory, p.last_action->>'desired' as desired, p.applied_seq,
  p.attachment, p.link, p.grp, p.created_at, p.edited_at, p.deleted_at, p.ended_at,
  coalesce((select array_agg(m.account::text) from warung.membership m where m.grp = p.grp), '{}') as members,
  coalesce((select not (${shown('g')}) from warung.post g where g.id = p.grp), false) as grp_shut,
  coalesce((select n.statement_url from warung.notice n where n.account = p.author and n.about->>'decision' = p.last_action->>'decision'
    and n.statement_url is not null order by n.received_at desc limit 1), p.statement) as statement,
  (select count(*)::int from warung.post c where c.parent = p.id and ${shown('c')}) as comments`;
const posts = `from warung.post p join warung.account a on a.id = p.author`;
const read = `${posts} left join warung.account r on r.id = $1`;
/** Others' posts that can be seen, and one's own that were not deleted; $1 is the reader's id or null, r the reader. As \`mayRead\`. */
const readable = `(p.deleted_at is null and (p.author = $1 or (p.screening = 'published'
  and (p.measure not in (${shutMeasures}) or (p.territory = 'MY' and r.abroad))
  and (p.measure <> 'age-gated' or not r.minor or (p.territory = 'MY' and r.abroad))
  and (p.grp is null or exists (select 1 from warung.membership m join warung.post g on g.id = m.grp
    where m.grp = p.grp and m.account = $1 and ${shown('g')})))))`;

/** What is to be written, and where. */
export interface Draft {
  author: Account;
  text: string;
  kind: Post['kind'];
  recipient: string | null;
  parent: string | null;
  grp: string | null;
  link: string | null;
  attachment: string | null;
}

/** The surfaces of Warung, as its provider has told Perisai of them. */
const surfaces: Record<Post['kind'], string> = {
  post: 'public-feed',
  comment: 'public-feed',
  message: 'private-message',
  group: 'group',
  live: 'live',
  ad: 'ads',
  suggestion: 'search',
};

/** Keeps something newly written: a message is delivered at once, everything else waits for its screening. */
export async function write(sql: Sql, draft: Draft): Promise<string> {
  const id = randomUUID();
  const { kind, author, recipient, parent, grp, link, attachment } = draft;
  const surface = grp === null ? surfaces[kind] : surfaces.group;
  await sql.query(
    `insert into warung.post (id, kind, surface, author, recipient, parent, text, grp, link, attachment, screening)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [id, kind, surface, author.id, recipient, parent, draft.text, grp, link, attachment, kind === 'message' ? 'published' : 'pending'],
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

/** The host ends a live session: nothing more is said in it. */
export async function finish(sql: Sql, id: string): Promise<void> {
  await sql.query('update warung.post set ended_at = now() where id = $1 and ended_at is null', [id]);
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

/** The newest posts that this reader may see; what was demoted comes last on its page. */
export async function feed(sql: Sql, reader: string | null, before: Date): Promise<Post[]> {
  const text = `select * from (select ${columns} ${read} where p.kind = 'post' and p.grp is null and ${readable} and p.created_at < $2
    order by p.created_at desc limit 30) page order by measure = 'demoted', created_at desc`;
  return (await sql.query<Post>(text, [reader, before])).rows;
}

/** The newest of one kind that this reader may see; in a group, what was written there. */
export async function newest(sql: Sql, reader: string | null, kind: Post['kind'], group: string | null = null): Promise<Post[]> {
  const text = `select ${columns} ${read} where p.kind = $2 and p.grp is not distinct from $3::uuid and ${readable}
    order by p.created_at desc limit 50`;
  return (await sql.query<Post>(text, [reader, kind, group])).rows;
}

/** What is recommended: what the others talk about most, unless it may not be recommended, or counts for less. */
export async function recommended(sql: Sql, reader: string | null): Promise<Post[]> {
  const text = `select * from (select ${columns} ${read} where p.kind = 'post' and p.grp is null and ${readable}
    and p.measure not in ('not-recommended', 'demoted', 'delisted', 'limited', 'age-gated') and p.created_at > now() - interval '7 days') talked
    where comments > 0 order by comments desc, created_at desc limit 3`;
  return (await sql.query<Post>(text, [reader])).rows;
}

/** Posts in which the words stand; what was delisted isn't found. */
export async function found(sql: Sql, reader: string | null, words: string): Promise<Post[]> {
  const text = `select ${columns} ${read} where p.kind in ('post', 'group', 'live') and ${readable} and p.measure <> 'delisted'
    and strpos(lower(p.text), lower($2)) > 0 order by p.measure = 'demoted', p.created_at desc limit 50`;
  return (await sql.query<Post>(text, [reader, words])).rows;
}

/** What others search for: never what was delisted. */
export async function suggested(sql: Sql, reader: string | null): Promise<Post[]> {
  const text = `select ${columns} ${read} where p.kind = 'suggestion' and ${readable} and ${shown('p')} and p.measure <> 'delisted' and ${popular}
    order by p.created_at desc limit 8`;
  return (await sql.query<Post>(text, [reader])).rows;
}

/** The comments under a post that this reader may see, in the order in which they were written. */
export async function thread(sql: Sql, reader: string | null, parent: string): Promise<Post[]> {
  const text = `select ${columns} ${read} where p.parent = $2 and ${readable} order by p.created_at limit 200`;
  return (await sql.query<Post>(text, [reader, parent])).rows;
}

/** What one person posted and commented, as far as this reader may see it. */
export async function writtenBy(sql: Sql, reader: string | null, author: string): Promise<Post[]> {
  const text = `select ${columns} ${read} where p.author = $2 and p.kind not in ('message', 'suggestion') and ${readable} order by p.created_at desc limit 50`;
  return (await sql.query<Post>(text, [reader, author])).rows;
}

/** The private messages between the reader and one other person, oldest first. */
export async function conversation(sql: Sql, reader: string, other: string): Promise<Post[]> {
  const text = `select ${columns} ${read} where p.kind = 'message' and ${readable}
    and ((p.author = $1 and p.recipient = $2) or (p.author = $2 and p.recipient = $1)) order by p.created_at limit 200`;
  return (await sql.query<Post>(text, [reader, other])).rows;
}

/** With whom the reader has exchanged messages, the latest first. */
export async function correspondents(sql: Sql, reader: string): Promise<{ handle: string; name: string; latest: Date }[]> {
  const text = `select a.handle, a.name, max(p.created_at) as latest from warung.post p
    join warung.account a on a.id = case when p.author = $1 then p.recipient else p.author end left join warung.account r on r.id = $1
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

/** A picture is fetched by Perisai from where it lies; a small file goes along as it is. */
function mediaOf(name: string, { type, bytes }: { type: string; bytes: Buffer }, lending: Lending): Media {
  if (!type.startsWith('image/')) return { type, bytes: bytes.toString('base64') };
  return { type, url: lending.address(name), sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length };
}

/** A post as Perisai sees it: the revision that people saw, with where an advertisement leads and what hangs on it. */
export function asItem(post: Post, publicUrl: string, lending: Lending): Item {
  const item: Item = {
    id: post.id,
    kind: post.kind,
    surface: post.surface,
    revision: String(post.revision),
    author: { id: post.author, handle: post.author_handle, language: post.author_language },
    text: post.link === null ? post.text : `${post.text}\n${post.link}`,
    created_at: post.created_at.toISOString(),
    url: `${publicUrl}/posts/${post.id}`,
  };
  // An edit is judged by the guidelines of its own day.
  if (post.edited_at !== null) item.edited_at = post.edited_at.toISOString();
  if (post.parent !== null) item.parent = post.parent;
  const file = post.attachment === null ? null : attachment(post.attachment);
  if (file !== null && post.attachment !== null) item.media = [mediaOf(post.attachment, file, lending)];
  return item;
}
