-- What is decided and hides nothing that is seen waits some seconds here, so that who decided can take it back (invariant 11: a window of the
-- server's, no browser's timer). Nothing of it has happened meanwhile; one entry a case.
create table decisions.held (
  id uuid primary key,
  service text not null,
  case_id uuid not null,
  revision uuid not null,
  determination text not null,
  clause text,
  territory text,
  days integer,
  policy text not null,
  state text not null check (state in ('held', 'released', 'undone')),
  -- null once that person's *staff* key is destroyed
  held_by uuid,
  held_at timestamptz(3) not null,
  until timestamptz(3) not null,
  -- what a released one became
  decision uuid,
  record uuid not null,
  check ((state = 'released') = (decision is not null)),
  check (until <= held_at + interval '30 seconds')
);
create unique index held_in_case on decisions.held (case_id) where state = 'held';
create index held_due on decisions.held (until, id) where state = 'held';
create index held_by_person on decisions.held (held_by) where state = 'held';
grant select, insert, update on decisions.held to perisai_app;

create trigger transition after insert or update on decisions.held for each row
  execute function perisai.transition_allowed('>held', 'held>released', 'held>undone');
