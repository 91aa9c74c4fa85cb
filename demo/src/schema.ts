/** Widens what an older Warung made: a check is taken away and set anew. */
const check = (table: string, name: string, rule: string): string =>
  `alter table warung.${table} drop constraint if exists ${name}; alter table warung.${table} add constraint ${name} check (${rule});`;

/** Warung's own tables. Run at every start: each statement may be repeated. */
export const schema = `
create schema if not exists warung;

create table if not exists warung.account (
  id uuid primary key,
  handle text not null unique check (handle ~ '^[a-z0-9_]{2,30}$'),
  name text not null,
  language text not null check (language in ('ms', 'en', 'zh', 'ta')),
  created_at timestamptz not null default now()
);

-- Three facts make up what people see of a post: its author deleted it, what screening said of the present revision, and the
-- measure that Perisai last asked for. A measure outlives an edit: it stays until a decision lifts it.
create table if not exists warung.post (
  id uuid primary key,
  kind text not null check (kind in ('post', 'comment', 'message')),
  surface text not null,
  author uuid not null references warung.account,
  recipient uuid references warung.account,
  parent uuid references warung.post,
  revision integer not null default 1,
  text text not null,
  screening text not null check (screening in ('pending', 'published', 'withheld')),
  withheld_seq integer,
  statement text,
  measure text not null default 'none' check (measure in ('none', 'inaccessible', 'removed', 'labelled')),
  label text,
  applied_seq integer not null default 0,
  last_action jsonb,
  created_at timestamptz not null default now(),
  edited_at timestamptz,
  deleted_at timestamptz,
  check ((kind = 'message') = (recipient is not null)),
  check ((kind = 'comment') = (parent is not null))
);
create index if not exists post_feed on warung.post (created_at desc) where kind = 'post';
create index if not exists post_thread on warung.post (parent, created_at) where parent is not null;
create index if not exists post_author on warung.post (author, created_at desc);
create index if not exists post_mail on warung.post (recipient, created_at desc) where recipient is not null;

create table if not exists warung.report (
  id uuid primary key,
  reporter uuid references warung.account,
  email text,
  language text not null,
  post uuid not null references warung.post,
  revision integer not null,
  harm text not null,
  text text not null,
  state text not null default 'queued',
  outcome text,
  perisai uuid unique,
  status_url text,
  contact_code text,
  pin text,
  acknowledge_by timestamptz,
  status_by timestamptz,
  answer_by timestamptz,
  refused text,
  created_at timestamptz not null default now()
);
create index if not exists report_reporter on warung.report (reporter, created_at desc);

create table if not exists warung.notice (
  id uuid primary key,
  account uuid not null references warung.account,
  kind text not null check (kind in ('report.acknowledged', 'notice.issued')),
  perisai text not null,
  role text not null,
  language text not null,
  title text not null,
  body text not null,
  statement_url text,
  appeal_url text,
  about jsonb not null,
  read_at timestamptz,
  received_at timestamptz not null default now(),
  unique (kind, perisai)
);
alter table warung.notice add column if not exists inquiry_url text;
create index if not exists notice_account on warung.notice (account, received_at desc);

create table if not exists warung.appeal (
  id uuid primary key,
  account uuid not null references warung.account,
  decision text not null,
  role text not null check (role in ('author', 'reporter')),
  language text not null,
  text text not null,
  state text not null default 'queued',
  perisai uuid unique,
  status_url text,
  answer_by timestamptz,
  refused text,
  created_at timestamptz not null default now(),
  unique (account, decision)
);

-- Webhooks heard, by webhook-id: the second delivery of one changes nothing.
create table if not exists warung.heard (
  webhook_id text primary key,
  type text not null,
  heard_at timestamptz not null default now()
);

-- What Warung still owes Perisai: written with the change it belongs to, done when Perisai has answered.
create table if not exists warung.errand (
  id uuid primary key,
  seq bigint generated always as identity,
  kind text not null check (kind in ('screen', 'report', 'appeal', 'acknowledge', 'reconcile')),
  lane text not null,
  key uuid not null unique,
  task jsonb not null,
  attempts integer not null default 0,
  due_at timestamptz not null default now(),
  done_at timestamptz,
  fault text
);
create index if not exists errand_open on warung.errand (lane, seq) where done_at is null;

-- Who somebody is to Perisai's measures: how old, where, and in what standing.
alter table warung.account add column if not exists minor boolean not null default false;
alter table warung.account add column if not exists abroad boolean not null default false;
alter table warung.account add column if not exists standing text not null default 'active'
  check (standing in ('active', 'warned', 'reprimanded', 'restricted', 'suspended', 'terminated'));
alter table warung.account add column if not exists standing_seq integer not null default 0;
alter table warung.account add column if not exists last_action jsonb;

-- Groups, live sessions, advertisements and search suggestions are written by somebody, screened, reported and acted on as posts are.
${check('post', 'post_kind_check', "kind in ('post', 'comment', 'message', 'group', 'live', 'ad', 'suggestion')")}
${check(
  'post',
  'post_measure_check',
  "measure in ('none', 'inaccessible', 'removed', 'labelled', 'disabled', 'limited', 'age-gated', 'delisted', 'demoted', 'not-recommended', 'interrupted')",
)}
alter table warung.post add column if not exists territory text;
alter table warung.post add column if not exists attachment text;
alter table warung.post add column if not exists link text;
alter table warung.post add column if not exists grp uuid references warung.post;
alter table warung.post add column if not exists ended_at timestamptz;
create index if not exists post_group on warung.post (grp, created_at desc) where grp is not null;
create index if not exists post_kind on warung.post (kind, created_at desc);
create unique index if not exists post_suggestion on warung.post (lower(text)) where kind = 'suggestion' and deleted_at is null;

create table if not exists warung.membership (
  grp uuid not null references warung.post,
  account uuid not null references warung.account,
  since timestamptz not null default now(),
  primary key (grp, account)
);

-- Who has searched for what: words are suggested to others once two people have.
create table if not exists warung.searched (
  suggestion uuid not null references warung.post,
  account uuid not null references warung.account,
  primary key (suggestion, account)
);
`;
