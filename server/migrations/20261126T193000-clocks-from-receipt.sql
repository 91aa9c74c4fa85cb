-- A report was received when the platform received it, which its record has always said (`occurred_at`); when it came here stands beside it.
alter table intake.report add column came_at timestamptz(3);
update intake.report set came_at = received_at;
alter table intake.report alter column came_at set not null;
update intake.report r set received_at = (o.line::jsonb ->> 'occurred_at')::timestamptz from records.record o where o.id = r.record;

-- A clock runs from when that happened which its record tells of.
update cases.clock k set started_at = (o.line::jsonb ->> 'occurred_at')::timestamptz
  from records.record o where o.id = k.start_record and o.kind = 'report.received';

-- Beside its deadline, the one that it would have without what was merged into its case. That a merge brought it forward, its case's opening tells.
alter table cases.clock add column own_due_at timestamptz(3);
update cases.clock set own_due_at = due_at;
update cases.clock k set own_due_at = (given ->> 'due_at')::timestamptz
  from records.record o, jsonb_array_elements(o.line::jsonb #> '{payload,clocks}') given
  where o.id = k.start_record and o.kind = 'case.opened' and given ->> 'clock' = k.clock;
alter table cases.clock alter column own_due_at set not null;
alter table cases.clock add check (due_at <= own_due_at);
