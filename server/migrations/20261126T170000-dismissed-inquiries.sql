-- A dismissal may be inquired into, too (Act 866 s.21): an inquiry is about a decision, or about a report that was dismissed. Where the dismissal
-- is taken back, the report waits for its answer again.
alter table inquiries.inquiry
  alter column decision drop not null,
  add column report uuid,
  add check ((decision is null) <> (report is null)),
  add check (report is null or role = 'reporter');
create unique index inquiry_once_a_report on inquiries.inquiry (report, inquirer) where report is not null;

drop trigger transition on intake.report;
create trigger transition after insert or update on intake.report for each row
  execute function perisai.transition_allowed('>received', 'received>acknowledged', 'received>answered', 'acknowledged>answered',
    'received>dismissed', 'acknowledged>dismissed', 'dismissed>answered', 'dismissed>acknowledged', 'answered>acknowledged');
