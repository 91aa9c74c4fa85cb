-- A measure of limited length ends by itself: a state of its own, before which and after which it may be overturned.
alter table decisions.decision add column ended_at timestamptz(3) check (ended_at is null or ends_at is not null);
alter table decisions.decision drop column state;
alter table decisions.decision add column state text not null generated always as
  (case when superseded_by is not null then 'superseded' when ended_at is not null then 'ended' when lapsed_at is not null then 'lapsed' else 'standing' end) stored;
drop trigger transition on decisions.decision;
create trigger transition after insert or update on decisions.decision for each row
  execute function perisai.transition_allowed('>standing', 'standing>lapsed', 'standing>ended', 'standing>superseded', 'lapsed>superseded', 'ended>superseded');
-- What has to end next: the sweeper walks it.
create index decision_ending on decisions.decision (ends_at) where ends_at is not null and ended_at is null and superseded_by is null;
