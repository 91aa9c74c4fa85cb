-- Every try of every webhook, for whoever asks why something has not arrived. Technical, outside the fold; forgotten after 30 days.
create table perisai.delivery (
  id bigint generated always as identity primary key,
  service text not null,
  message uuid not null,
  type text not null,
  subject uuid not null,
  attempt int not null,
  at timestamptz(3) not null,
  duration_ms int not null,
  result text not null check (result in ('done', 'taken', 'failed', 'given-up')),
  status int,
  failure text,
  -- The first 500 bytes of the answer, without what may name a person.
  response text,
  -- Null: it is not tried again by itself.
  next_at timestamptz(3)
);
create index delivery_by_service on perisai.delivery (service, id desc);
create index delivery_by_message on perisai.delivery (message, id desc);
create index delivery_at on perisai.delivery (at);

-- How many webhooks a service may be sent now: shared by all processes that send.
create table perisai.delivery_bucket (
  service text primary key,
  tokens double precision not null,
  at timestamptz(3) not null
);
grant select, insert, update, delete on perisai.delivery to perisai_app;
grant select, insert, update on perisai.delivery_bucket to perisai_app;

-- What is due to one service, what is asked for before what is told.
create index outbox_due_to on perisai.outbox (service, (type <> 'action.requested'), next_at) where done_at is null and dead_at is null;

-- How fast a service takes webhooks: a second, and at once after a pause.
alter table subjects.service add column webhooks_per_second int not null default 20 check (webhooks_per_second between 1 and 1000);
alter table subjects.service add column webhooks_at_once int not null default 40 check (webhooks_at_once between 1 and 10000);

-- What does not arrive.
create index outbox_failing on perisai.outbox (created_at, id) where done_at is null and failure is not null;
