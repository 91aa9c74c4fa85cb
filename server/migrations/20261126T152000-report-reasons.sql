-- A report says more than a harm: the finer reason, in which capacity somebody reports, and how it stands among others of its class. What was
-- received before said none of it.
alter table intake.report
  add column reason text,
  add column capacity text not null default 'user' check (capacity in ('user', 'guardian', 'flagger', 'regulator')),
  add column flagger uuid,
  add column age_days int,
  add column lane smallint not null default 1 check (lane in (0, 1, 2));
alter table intake.report alter column capacity drop default, alter column lane drop default;
create index report_by_flagger on intake.report (flagger, received_at) where flagger is not null;
