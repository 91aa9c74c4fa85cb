-- Where the ladder leads to the end of an account, it is suspended, and the end waits here, in sight, for a second person.
create table decisions.ending (
  -- the decision that suspended the account
  id uuid primary key,
  service text not null,
  case_id uuid not null,
  state text not null check (state in ('waiting', 'ended', 'kept', 'alone')),
  -- null once that person's *staff* key is destroyed, and where a machine did
  proposed_by uuid,
  proposed_at timestamptz(3) not null,
  settled_by uuid,
  settled_at timestamptz(3),
  -- what ended the account
  decision uuid,
  -- where the reason lies why it was kept
  settlement uuid,
  check ((state = 'waiting') = (settled_at is null)),
  check ((state in ('ended', 'alone')) = (decision is not null)),
  -- Invariant 6, once more in the database: the second person never is the first; who decides alone says so.
  check (state in ('waiting', 'alone') or settled_by is null or settled_by is distinct from proposed_by)
);
create index ending_waiting on decisions.ending (proposed_at, id) where state = 'waiting';
grant select, insert, update on decisions.ending to perisai_app;

create trigger transition after insert or update on decisions.ending for each row
  execute function perisai.transition_allowed('>waiting', 'waiting>ended', 'waiting>kept', 'waiting>alone');
