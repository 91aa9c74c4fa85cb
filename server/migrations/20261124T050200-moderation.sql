-- State tables of the moderation loop: what is. Each row follows from records alone (the fold proves it). Each noun has a schema of its own
-- and writes nobody else's; the app may not delete here except where a row leaves with an erased person.
create schema policy;
create table policy.version (
  policy text primary key,
  digest text not null,
  single_handed boolean not null,
  published_at timestamptz(3) not null
);

create schema subjects;
create table subjects.service (
  slug text primary key check (slug ~ '^[a-z0-9-]{1,40}$'),
  name text not null,
  languages text[] not null,
  webhook_url text,
  registered_at timestamptz(3) not null
);
create table subjects.surface (
  service text not null references subjects.service,
  slug text not null check (slug ~ '^[a-z0-9-]{1,40}$'),
  type text not null,
  private text not null check (private in ('yes', 'no', 'grey')),
  private_reason text not null,
  screening boolean not null,
  defined_at timestamptz(3) not null,
  primary key (service, slug)
);
create table subjects.account (
  id uuid primary key,
  service text not null,
  external_id text not null,
  handle text,
  language text,
  noted_at timestamptz(3) not null
);
create table subjects.item (
  id uuid primary key,
  service text not null,
  kind text not null,
  surface text not null,
  external_id text,
  author uuid,
  first_seen_at timestamptz(3) not null
);
create table subjects.revision (
  id uuid primary key,
  item uuid not null references subjects.item,
  platform_revision text not null,
  attested text not null,
  complete boolean not null,
  record uuid not null,
  seen_at timestamptz(3) not null
);
create index revision_by_item on subjects.revision (item, seen_at);

create schema screening;
create table screening.verdict (
  screening uuid primary key,
  service text not null,
  item uuid not null,
  revision uuid not null,
  verdict text not null,
  harm text not null,
  clause text not null,
  case_id uuid not null,
  given_at timestamptz(3) not null
);
create unique index verdict_by_revision on screening.verdict (revision);

create schema intake;
create table intake.report (
  id uuid primary key,
  service text not null,
  case_id uuid not null,
  item uuid not null,
  revision uuid not null,
  harm text not null,
  language text not null,
  reporter uuid,
  reporter_kind text not null,
  code text unique,
  pin text,
  state text not null check (state in ('received', 'acknowledged', 'answered')),
  outcome text check (outcome in ('actioned', 'no-violation', 'already-decided')),
  received_at timestamptz(3) not null,
  answered_at timestamptz(3),
  record uuid not null,
  check ((state = 'answered') = (answered_at is not null))
);
create index report_by_case on intake.report (case_id, received_at);
create index report_by_reporter on intake.report (reporter);

create schema cases;
create table cases.case (
  id uuid primary key,
  service text not null,
  harm text not null,
  priority boolean not null,
  surface text not null,
  item uuid not null,
  language text not null,
  opened_by text not null,
  state text not null check (state in ('open', 'decided', 'closed')),
  outcome text,
  opened_at timestamptz(3) not null,
  decided_at timestamptz(3),
  closed_at timestamptz(3),
  check ((state = 'closed') = (closed_at is not null))
);
-- One open case an item: many reports join it.
create unique index case_open_by_item on cases.case (item) where state = 'open';
-- The queue: CSAM before all, then priority harms, then age. Keyset paging walks this index.
create index case_queue on cases.case ((harm <> 'csam'), (not priority), opened_at, id) where state = 'open';
create index case_by_item on cases.case (item, opened_at);
create table cases.target (
  case_id uuid not null references cases.case,
  item uuid not null,
  revision uuid not null,
  added_at timestamptz(3) not null,
  primary key (case_id, revision)
);
create table cases.clock (
  subject uuid not null,
  clock text not null,
  case_id uuid not null,
  started_at timestamptz(3) not null,
  due_at timestamptz(3) not null,
  stopped_at timestamptz(3),
  breached_at timestamptz(3),
  start_record uuid not null,
  stop_record uuid,
  primary key (subject, clock),
  check ((stopped_at is null) = (stop_record is null))
);
create index clock_running on cases.clock (due_at) where stopped_at is null;
create index clock_by_case on cases.clock (case_id);
-- Technical: who works on it, and until when. Expires by itself, needs no record.
create table cases.lease (
  case_id uuid primary key,
  staff uuid not null,
  until timestamptz(3) not null
);

create schema decisions;
create table decisions.decision (
  id uuid primary key,
  puid text not null unique,
  service text not null,
  case_id uuid not null,
  stage text not null check (stage in ('temporary', 'final')),
  automated text not null check (automated in ('fully', 'partly', 'not')),
  item uuid not null,
  revision uuid not null,
  determination text not null check (determination in ('make-inaccessible', 'remove', 'label', 'restore', 'none')),
  clause text,
  policy text not null,
  supersedes uuid,
  superseded_by uuid,
  appeal uuid,
  expires_at timestamptz(3),
  lapsed_at timestamptz(3),
  appeal_until timestamptz(3),
  decided_by uuid,
  decided_at timestamptz(3) not null,
  record uuid not null,
  check (stage = 'temporary' or expires_at is null)
);
create index decision_by_case on decisions.decision (case_id, decided_at);
create index decision_by_item on decisions.decision (item, decided_at desc);
create index decision_expiring on decisions.decision (expires_at) where expires_at is not null and superseded_by is null;

create schema enforcement;
create table enforcement.action (
  id uuid primary key,
  service text not null,
  case_id uuid not null,
  decision uuid not null,
  item uuid not null,
  target_seq int not null check (target_seq > 0),
  "do" text not null check ("do" in ('make-inaccessible', 'remove', 'restore', 'label')),
  desired text not null,
  label text,
  temporary boolean not null,
  state text not null check (state in ('ordered', 'acknowledged', 'moot', 'superseded')),
  reported text,
  mismatches int not null default 0,
  not_before timestamptz(3) not null,
  ordered_at timestamptz(3) not null,
  settled_at timestamptz(3),
  unique (item, target_seq),
  check ((state = 'ordered') = (settled_at is null))
);
create index action_not_enforced on enforcement.action (ordered_at, id) where state = 'ordered';
create index action_by_case on enforcement.action (case_id);
create index action_by_decision on enforcement.action (decision);

create schema notices;
create table notices.notice (
  id uuid primary key,
  service text not null,
  case_id uuid not null,
  "to" uuid,
  role text not null,
  template text not null,
  language text not null,
  report uuid,
  decision uuid,
  appeal uuid,
  state text not null check (state in ('written', 'handed')),
  channel text,
  written_at timestamptz(3) not null,
  handed_at timestamptz(3),
  record uuid not null,
  check ((state = 'handed') = (handed_at is not null))
);
create index notice_by_case on notices.notice (case_id);
create index notice_by_report on notices.notice (report) where report is not null;
create index notice_waiting on notices.notice (written_at) where state = 'written';

create schema appeals;
create table appeals.appeal (
  id uuid primary key,
  service text not null,
  case_id uuid not null,
  decision uuid not null,
  role text not null,
  appellant uuid,
  language text not null,
  state text not null check (state in ('received', 'decided')),
  outcome text check (outcome in ('upheld', 'overturned')),
  new_decision uuid,
  received_at timestamptz(3) not null,
  decided_by uuid,
  decided_at timestamptz(3),
  record uuid not null,
  check ((state = 'decided') = (outcome is not null))
);
-- One appeal a side and decision.
create unique index appeal_once on appeals.appeal (decision, role, appellant);
create index appeal_open on appeals.appeal (received_at, id) where state = 'received';

do $$ declare noun text; begin
  foreach noun in array array['policy', 'subjects', 'screening', 'intake', 'cases', 'decisions', 'enforcement', 'notices', 'appeals'] loop
    execute format('grant usage on schema %I to perisai_app', noun);
    execute format('grant select, insert, update on all tables in schema %I to perisai_app', noun);
  end loop;
end $$;
grant delete on subjects.account, cases.lease to perisai_app;
