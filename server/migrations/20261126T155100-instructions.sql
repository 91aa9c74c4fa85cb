-- What the regulator asks for (Act 866): to remove (s.25), to make accessible again (s.27), a direction (s.30), a notice of non-compliance
-- (s.37). What is asked about an item is decided and enforced like everything else; its receipt goes back when the platform has acknowledged.
create schema instructions;
create table instructions.instruction (
  id uuid primary key,
  service text not null,
  kind text not null check (kind in ('remove', 'restore', 'direction', 'non-compliance')),
  reference text not null,
  case_id uuid,
  item uuid,
  state text not null check (state in ('received', 'carried-out', 'answered', 'submitted', 'registered', 'complied', 'ended', 'paid', 'represented')),
  received_at timestamptz(3) not null,
  due_at timestamptz(3) not null,
  decision uuid,
  settled_at timestamptz(3),
  record uuid not null,
  check ((kind in ('remove', 'restore')) = (case_id is not null))
);
create unique index instruction_once on instructions.instruction (service, reference);
create unique index instruction_by_decision on instructions.instruction (decision) where decision is not null;
create index instruction_by_time on instructions.instruction (received_at desc, id desc);
create trigger transition after insert or update on instructions.instruction for each row
  execute function perisai.transition_allowed('>received', 'received>carried-out', 'carried-out>answered', 'received>submitted',
    'received>registered', 'submitted>registered', 'registered>complied', 'registered>ended', 'complied>ended', 'received>paid', 'received>represented');
grant usage on schema instructions to perisai_app;
grant select, insert, update on all tables in schema instructions to perisai_app;
-- A direction or a notice of non-compliance has its time, and no case.
alter table cases.clock alter column case_id drop not null;
