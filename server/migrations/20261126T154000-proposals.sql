-- What needs two people waits here, in sight, for the second: one entry a case. The protective measure stands meanwhile.
create table decisions.proposal (
  id uuid primary key,
  service text not null,
  case_id uuid not null,
  revision uuid not null,
  determination text not null,
  clause text,
  -- where it would hold, and for how many days; everywhere and for good where it isn't said
  territory text,
  days integer,
  policy text not null,
  -- why it needs two: csam, terrorism, irreversible, bulk
  needs text[] not null check (cardinality(needs) > 0),
  -- the proposal that the second person changed into this one
  after uuid,
  state text not null check (state in ('waiting', 'confirmed', 'changed', 'refused', 'cancelled')),
  -- null once that person's *staff* key is destroyed
  proposed_by uuid,
  proposed_at timestamptz(3) not null,
  settled_by uuid,
  settled_at timestamptz(3),
  -- what a confirmed one became
  decision uuid,
  record uuid not null,
  check ((state = 'waiting') = (settled_at is null)),
  check ((state = 'confirmed') = (decision is not null)),
  -- Invariant 6, once more in the database: the second person never is the first.
  check (state in ('waiting', 'cancelled') or settled_by is null or settled_by is distinct from proposed_by)
);
create unique index proposal_waiting on decisions.proposal (case_id) where state = 'waiting';
create index proposal_queue on decisions.proposal (proposed_at, id) where state = 'waiting';
create index proposal_by_case on decisions.proposal (case_id, proposed_at);
create index proposal_by_decision on decisions.proposal (decision) where decision is not null;
grant select, insert, update on decisions.proposal to perisai_app;

create trigger transition after insert or update on decisions.proposal for each row
  execute function perisai.transition_allowed('>waiting', 'waiting>confirmed', 'waiting>changed', 'waiting>refused', 'waiting>cancelled');

-- Whether the case waits for a second person: nobody is given it to decide meanwhile.
alter table cases.case add awaiting boolean not null default false;
