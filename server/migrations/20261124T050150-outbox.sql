-- Effects leave in the transaction or not at all: a message to a platform is a row written with the change. Technical, outside the fold.
create schema if not exists perisai;
create table perisai.outbox (
  id uuid primary key,
  service text not null,
  type text not null,
  subject uuid not null,
  -- Messages about one target leave in the order of seq; a newer one takes the place of older ones that have not left.
  target uuid,
  seq int,
  body text not null,
  created_at timestamptz(3) not null,
  next_at timestamptz(3) not null,
  leased_until timestamptz(3),
  attempts int not null default 0,
  answered_at timestamptz(3),
  done_at timestamptz(3),
  dead_at timestamptz(3),
  collapsed boolean not null default false,
  failure text
);
create index outbox_due on perisai.outbox (next_at) where done_at is null and dead_at is null;
create index outbox_by_subject on perisai.outbox (subject);
create index outbox_by_target on perisai.outbox (target, seq) where target is not null;
create table perisai.webhook_secret (
  service text not null,
  id uuid not null,
  wrapped bytea not null,
  created_at timestamptz(3) not null,
  not_after timestamptz(3),
  primary key (service, id)
);
grant usage on schema perisai to perisai_app;
grant select, insert, update, delete on perisai.outbox, perisai.webhook_secret to perisai_app;
