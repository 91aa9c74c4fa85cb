-- The policy is written by the operator, version by version: drafts, reviewed by another person, and what each version says otherwise than
-- the one before. Which version binds follows from in_force_from and the clock.
alter table policy.version
  add column in_force_from timestamptz(3),
  add column based_on text references policy.version,
  add column changes jsonb,
  add column withdrawn_at timestamptz(3);
update policy.version set in_force_from = published_at;
alter table policy.version alter column in_force_from set not null;
alter table policy.version add check ((based_on is null) = (changes is null));
create index version_in_force on policy.version (in_force_from desc) where withdrawn_at is null;

create table policy.draft (
  id uuid primary key,
  based_on text not null references policy.version,
  changes jsonb not null,
  digest text not null,
  state text not null,
  authors uuid[] not null,
  reviewed_by uuid,
  review uuid,
  changed_at timestamptz(3) not null,
  policy text references policy.version,
  check (reviewed_by is null or reviewed_by <> all (authors)),
  check ((policy is not null) = (state = 'scheduled'))
);
create trigger transition after insert or update on policy.draft for each row
  execute function perisai.transition_allowed('>drafting', 'accepted>drafting', 'drafting>accepted', 'accepted>scheduled', 'drafting>dropped', 'accepted>dropped');
grant select, insert, update on policy.draft to perisai_app;
