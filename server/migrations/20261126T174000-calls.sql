-- A clock that runs out is told before it does, once; and a breach has a reason that a person gives.
alter table cases.clock add column warned_at timestamptz(3);
alter table cases.clock add column explained_at timestamptz(3);
-- null once that person's *staff* key is destroyed
alter table cases.clock add column explained_by uuid;
-- the record that holds what happened and what is done about it
alter table cases.clock add column explanation uuid;
alter table cases.clock add check ((explained_at is null) = (explanation is null));
alter table cases.clock add check (explained_at is null or breached_at is not null);
create index clock_unexplained on cases.clock (breached_at) where breached_at is not null and explained_at is null;

-- Somebody is called and must answer; until then they are called again every day.
create schema calls;
grant usage on schema calls to perisai_app;
create table calls.call (
  id uuid primary key,
  about text not null check (about in ('warning', 'breach', 'lapse', 'break-glass', 'alone')),
  service text not null,
  case_id uuid,
  -- which promise, whose it is (a report, a case, an appeal) and when it is due; of a lapse the decision
  clock text,
  subject uuid,
  due_at timestamptz(3),
  -- who is called, by role and by name; `short`: nobody has the role that should be called, so that administrators are
  roles text[] not null check (cardinality(roles) > 0),
  called uuid[] not null,
  short boolean not null,
  made_at timestamptz(3) not null,
  called_at timestamptz(3) not null,
  times integer not null check (times > 0),
  state text not null check (state in ('ringing', 'answered')),
  -- null once that person's *staff* key is destroyed
  answered_by uuid,
  answered_at timestamptz(3),
  record uuid not null,
  check ((state = 'answered') = (answered_at is not null))
);
create index call_ringing on calls.call (called_at) where state = 'ringing';
create index call_by_case on calls.call (case_id) where state = 'ringing';
create index call_newest on calls.call (made_at desc, id);
grant select, insert, update on calls.call to perisai_app;
create trigger transition after insert or update on calls.call for each row
  execute function perisai.transition_allowed('>ringing', 'ringing>answered');
