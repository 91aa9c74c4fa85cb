-- What is decided in a case while secrecy runs on it is told to nobody outside, until it ends: by time, or by a person. Why lies in the record.
create table cases.secrecy (
  id uuid primary key,
  case_id uuid not null,
  basis text not null check (basis in ('authority', 'referral')),
  since timestamptz(3) not null,
  until timestamptz(3) not null,
  ended_at timestamptz(3),
  imposed_by uuid,
  record uuid not null,
  state text not null generated always as (case when ended_at is null then 'running' else 'ended' end) stored,
  check (until <= since + interval '180 days')
);
-- One at a time.
create unique index secrecy_running on cases.secrecy (case_id) where ended_at is null;
create index secrecy_ending on cases.secrecy (until) where ended_at is null;
create index secrecy_by_case on cases.secrecy (case_id, since);
create trigger transition after insert or update on cases.secrecy for each row
  execute function perisai.transition_allowed('>running', 'running>ended');
grant select, insert, update on cases.secrecy to perisai_app;
