-- A person dismisses a report on one of the grounds of Act 866 s.21; answered it is when its reporter has been told, as with every other outcome.
alter table intake.report
  add column ground text check (ground in ('frivolous', 'vexatious', 'not-in-good-faith', 'trivial', 'duplicate')),
  add column dismissed_at timestamptz(3),
  add column dismissed_by uuid,
  add check ((ground is null) = (dismissed_at is null)),
  drop constraint report_state_check,
  add constraint report_state_check check (state in ('received', 'acknowledged', 'dismissed', 'answered')),
  drop constraint report_outcome_check,
  add constraint report_outcome_check check (outcome in ('actioned', 'no-violation', 'already-decided', 'dismissed')),
  add check (state <> 'dismissed' or ground is not null);
-- How often a reporter's reports were dismissed, and as what.
create index report_dismissed on intake.report (reporter, dismissed_at) where ground is not null;

drop trigger transition on intake.report;
create trigger transition after insert or update on intake.report for each row
  execute function perisai.transition_allowed('>received', 'received>acknowledged', 'received>answered', 'acknowledged>answered',
    'received>dismissed', 'acknowledged>dismissed', 'dismissed>answered');
