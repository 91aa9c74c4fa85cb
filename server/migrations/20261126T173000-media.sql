-- Files that a platform hands in by address: from where they may be fetched, what was asked for and what became of it, and the queue of what is
-- still to be fetched. Addresses and digests lie sealed in the records, not here.
alter table subjects.service add column media_hosts jsonb not null default '[]';

create table subjects.media (
  id uuid primary key,
  revision uuid not null,
  place int not null check (place >= 0),
  state text not null check (state in ('awaited', 'kept', 'failed')),
  reason text,
  awaited_at timestamptz(3) not null,
  settled_at timestamptz(3),
  record uuid not null,
  check ((state = 'awaited') = (settled_at is null)),
  check ((state = 'failed') = (reason is not null))
);
create index media_by_revision on subjects.media (revision, awaited_at);
-- What an alarm looks for.
create index media_missing on subjects.media (awaited_at) where state <> 'kept';
grant select, insert, update on subjects.media to perisai_app;
create trigger transition after insert or update on subjects.media for each row
  execute function perisai.transition_allowed('>awaited', 'awaited>kept', 'awaited>failed');

create table perisai.media_fetch (
  media uuid primary key,
  next_at timestamptz(3) not null,
  tries int not null,
  failure text
);
create index media_fetch_due on perisai.media_fetch (next_at);
grant select, insert, update, delete on perisai.media_fetch to perisai_app;

-- A file that comes late is screened when it is there: a revision may then have a second verdict. The newest counts.
drop index screening.verdict_by_revision;
create index verdict_by_revision on screening.verdict (revision, given_at);
