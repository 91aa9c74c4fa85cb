-- The doors' technical tables: what was answered under which Idempotency-Key, and who may call. They say nothing about what happened, so
-- they need no record and stand outside the fold.
create schema if not exists perisai;

-- Invariant 15. The row is written in the transaction of the effect. `answer` is bytes: jsonb would reorder the keys of a stored answer.
-- Grows with POST requests, 7 days deep; a job deletes older rows by the index on created_at.
create table perisai.idempotency (
  service text not null,
  method text not null,
  route text not null,
  key text not null check (length(key) between 1 and 255),
  body_hash bytea not null check (octet_length(body_hash) = 32),
  status smallint not null check (status between 200 and 299),
  headers jsonb not null,
  answer bytea not null,
  created_at timestamptz(3) not null,
  primary key (service, method, route, key)
);
create index idempotency_by_age on perisai.idempotency (created_at);

-- Keys of the provider's services. Only SHA-256 of the secret is kept: 32 random bytes need no slow hash.
create table perisai.service_key (
  id text primary key check (id ~ '^[0-9a-f]{16}$'),
  service text not null,
  label text not null,
  scopes text[] not null,
  secret_hash bytea not null check (octet_length(secret_hash) = 32),
  replaces text references perisai.service_key (id),
  created_at timestamptz(3) not null,
  not_after timestamptz(3),
  revoked_at timestamptz(3)
);
create index service_key_by_service on perisai.service_key (service);

grant usage on schema perisai to perisai_app;
grant select, insert, update, delete on perisai.idempotency to perisai_app;
grant select, insert on perisai.service_key to perisai_app;
grant update (not_after, revoked_at) on perisai.service_key to perisai_app;
