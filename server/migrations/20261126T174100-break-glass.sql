-- Where no second person is there in time, somebody whose role it is may decide alone what needs two, for a day at most; each such decision is
-- reviewed by another.
create table decisions.glass (
  id uuid primary key,
  -- null once that person's *staff* key is destroyed
  opened_by uuid,
  opened_at timestamptz(3) not null,
  until_at timestamptz(3) not null,
  state text not null check (state in ('open', 'closed')),
  closed_at timestamptz(3),
  record uuid not null,
  check (until_at <= opened_at + interval '24 hours'),
  check ((state = 'closed') = (closed_at is not null))
);
create index glass_newest on decisions.glass (opened_at desc, id);
grant select, insert, update on decisions.glass to perisai_app;
create trigger transition after insert or update on decisions.glass for each row
  execute function perisai.transition_allowed('>open', 'open>closed');

create table decisions.alone (
  -- the decision
  id uuid primary key,
  glass uuid not null,
  case_id uuid not null,
  proposal uuid not null,
  needs text[] not null,
  decided_by uuid,
  decided_at timestamptz(3) not null,
  state text not null check (state in ('unreviewed', 'upheld', 'reversed', 'objected')),
  reviewed_by uuid,
  reviewed_at timestamptz(3),
  -- what a reversal decided instead
  instead uuid,
  review uuid,
  check ((state = 'unreviewed') = (reviewed_at is null)),
  check ((state = 'reversed') = (instead is not null)),
  -- Invariant 6: the second person never is the first.
  check (reviewed_by is null or reviewed_by is distinct from decided_by)
);
create index alone_by_glass on decisions.alone (glass, decided_at);
create index alone_unreviewed on decisions.alone (decided_at) where state = 'unreviewed';
grant select, insert, update on decisions.alone to perisai_app;
create trigger transition after insert or update on decisions.alone for each row
  execute function perisai.transition_allowed('>unreviewed', 'unreviewed>upheld', 'unreviewed>reversed', 'unreviewed>objected');
