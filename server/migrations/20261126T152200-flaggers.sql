-- Accredited organisations, whose reports come first within their class; who holds an API key where it is not the service itself; whether a
-- case was flooded.
create schema flaggers;
create table flaggers.flagger (
  id uuid primary key,
  service text not null,
  name text not null,
  account uuid,
  state text not null check (state in ('accredited', 'suspended')),
  accredited_at timestamptz(3) not null,
  suspended_at timestamptz(3),
  record uuid not null,
  check ((state = 'suspended') = (suspended_at is not null))
);
create unique index flagger_by_account on flaggers.flagger (account) where account is not null;
create index flagger_by_service on flaggers.flagger (service, name);
grant usage on schema flaggers to perisai_app;
grant select, insert, update on flaggers.flagger to perisai_app;
create trigger transition after insert or update on flaggers.flagger for each row
  execute function perisai.transition_allowed('>accredited', 'accredited>suspended', 'suspended>accredited');

alter table perisai.service_key add column held_by uuid;

create index report_by_item on intake.report (item, received_at);

alter table cases.case add column flooded_at timestamptz(3);
