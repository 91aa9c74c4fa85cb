-- Notices by e-mail. The address somebody gave with their report lies under a key of its own: it goes, in every backup too, when no notice can
-- follow any more, while the report is kept.
alter table records.handle drop constraint handle_purpose_check;
alter table records.handle add constraint handle_purpose_check
  check (purpose in ('profile', 'report', 'evidence', 'lawful', 'staff', 'linking', 'contact'));
alter table intake.report add column address boolean not null default false;
create index report_with_address on intake.report (id) where address;

-- Who takes a message. Of an e-mail the outbox holds neither words nor address.
alter table perisai.outbox add column receiver text not null default 'webhook' check (receiver in ('webhook', 'email'));

-- The mail server refused it for good: it is read on the status page.
alter table notices.notice add column bounced_at timestamptz(3);
