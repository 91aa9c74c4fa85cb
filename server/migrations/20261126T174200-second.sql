-- A second person from outside, invited for one act: by link and code, for a day at most. Never for child abuse material.
create table decisions.invitation (
  id uuid primary key,
  proposal uuid not null,
  case_id uuid not null,
  -- null once their *staff* key is destroyed, like who invited them
  name text,
  invited_by uuid,
  invited_at timestamptz(3) not null,
  until_at timestamptz(3) not null,
  state text not null check (state in ('sent', 'opened', 'settled')),
  opened_at timestamptz(3),
  settled_at timestamptz(3),
  record uuid not null,
  check (until_at <= invited_at + interval '24 hours')
);
create index invitation_by_proposal on decisions.invitation (proposal);
grant select, insert, update on decisions.invitation to perisai_app;
create trigger transition after insert or update on decisions.invitation for each row
  execute function perisai.transition_allowed('>sent', 'sent>opened', 'opened>settled');

-- Technical: what opens it today. Hashes only; five wrong codes close it.
create table decisions.invitation_secret (
  invitation uuid primary key,
  key_hash text not null,
  code_hash text not null,
  wrong integer not null default 0,
  session_hash text
);
grant select, insert, update on decisions.invitation_secret to perisai_app;
