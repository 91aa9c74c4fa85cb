-- Where no second person is there in time, one person alone makes a screening rule count or publishes guidelines, for a day at most; another reviews
-- each of these acts.
create table decisions.act_alone (
  id uuid primary key,
  glass uuid not null,
  what text not null check (what in ('rule', 'policy')),
  -- the rule's id, or the number of the version
  subject text not null,
  -- null once that person's *staff* key is destroyed
  acted_by uuid,
  acted_at timestamptz(3) not null,
  state text not null check (state in ('unreviewed', 'upheld', 'reversed', 'objected')),
  reviewed_by uuid,
  reviewed_at timestamptz(3),
  -- the record that holds what the reviewer wrote
  review uuid,
  check ((state = 'unreviewed') = (reviewed_at is null)),
  -- Invariant 6: the second person never is the first.
  check (reviewed_by is null or reviewed_by is distinct from acted_by)
);
create index act_alone_by_glass on decisions.act_alone (glass, acted_at);
create index act_alone_by_subject on decisions.act_alone (what, subject);
create index act_alone_unreviewed on decisions.act_alone (acted_at) where state = 'unreviewed';
grant select, insert, update on decisions.act_alone to perisai_app;
create trigger transition after insert or update on decisions.act_alone for each row
  execute function perisai.transition_allowed('>unreviewed', 'unreviewed>upheld', 'unreviewed>reversed', 'unreviewed>objected');

-- A draft that nobody reviewed is published by whoever wrote it, marked as single-handed.
drop trigger transition on policy.draft;
create trigger transition after insert or update on policy.draft for each row
  execute function perisai.transition_allowed('>drafting', 'accepted>drafting', 'drafting>accepted', 'accepted>scheduled', 'drafting>scheduled', 'drafting>dropped', 'accepted>dropped');
