-- An inquiry into a dismissal or an action (Act 866 ss.21-23, 26): within 15 days, answered in writing within 5. What was asked and answered
-- lies in the records, under the inquirer's key.
create schema inquiries;
create table inquiries.inquiry (
  id uuid primary key,
  service text not null,
  case_id uuid not null,
  decision uuid not null,
  role text not null check (role in ('author', 'reporter')),
  inquirer uuid,
  language text not null,
  state text not null check (state in ('received', 'answered')),
  outcome text check (outcome in ('explained', 'appeal', 'corrected')),
  -- The appeal that it became, or the decision that took the place of the one asked about.
  appeal uuid,
  new_decision uuid,
  received_at timestamptz(3) not null,
  answered_by uuid,
  answered_at timestamptz(3),
  record uuid not null,
  check ((state = 'answered') = (outcome is not null))
);
-- One inquiry a side, person and decision.
create unique index inquiry_once on inquiries.inquiry (decision, role, inquirer);
create index inquiry_open on inquiries.inquiry (received_at, id) where state = 'received';
create trigger transition after insert or update on inquiries.inquiry for each row
  execute function perisai.transition_allowed('>received', 'received>answered');
grant usage on schema inquiries to perisai_app;
grant select, insert, update on all tables in schema inquiries to perisai_app;

alter table notices.notice add column inquiry uuid;

-- Right in part; and: another decision had taken the place of the contested one already.
alter table appeals.appeal drop constraint appeal_outcome_check;
alter table appeals.appeal add constraint appeal_outcome_check check (outcome in ('upheld', 'partly', 'overturned', 'replaced'));
