-- Accrediting an organisation, for the first time or again, needs two people: what one of them asks for waits here, in sight, for another.
-- Until then the organisation reports as anybody does. Organisations that are accredited already stay so.
create table flaggers.accreditation (
  id uuid primary key,
  service text not null,
  -- the organisation's id from the beginning, accepted or not; one that is accredited again has a row in flaggers.flagger already
  flagger uuid not null,
  name text not null,
  account uuid,
  again boolean not null,
  state text not null check (state in ('waiting', 'accepted', 'refused', 'withdrawn')),
  -- null once that person's *staff* key is destroyed
  proposed_by uuid,
  proposed_at timestamptz(3) not null,
  settled_by uuid,
  settled_at timestamptz(3),
  record uuid not null,
  -- the record that settled it
  settlement uuid,
  check ((state = 'waiting') = (settled_at is null)),
  check ((state = 'waiting') = (settlement is null)),
  -- Invariant 6, once more in the database: the second person never is the first.
  check (state in ('waiting', 'withdrawn') or settled_by is null or settled_by is distinct from proposed_by)
);
create unique index accreditation_waiting on flaggers.accreditation (flagger) where state = 'waiting';
create unique index accreditation_waiting_account on flaggers.accreditation (account) where state = 'waiting' and account is not null;
create index accreditation_settled on flaggers.accreditation (settled_at) where state in ('refused', 'withdrawn');
grant select, insert, update on flaggers.accreditation to perisai_app;
create trigger transition after insert or update on flaggers.accreditation for each row
  execute function perisai.transition_allowed('>waiting', 'waiting>accepted', 'waiting>refused', 'waiting>withdrawn');
