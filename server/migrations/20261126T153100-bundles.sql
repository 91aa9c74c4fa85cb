-- Several cases decided as one: what lies in a bundle leaves the queue with its own reports and clocks, and is decided with the case that leads
-- it. `pressing_by` of a leading case: the nearest deadline that was brought into its bundle.
alter table cases.work add column bundle uuid references cases.case;
alter table cases.work add column bundled_by uuid;
alter table cases.work add column pressing_by timestamptz(3);
alter table cases.work drop constraint work_state_check;
alter table cases.work add constraint work_state_check check (state in ('waiting', 'parked', 'bundled', 'done'));
alter table cases.work add check (state <> 'bundled' or bundle is not null);
create index work_bundle on cases.work (bundle) where bundle is not null;
drop index cases.work_queue;
create index work_queue on cases.work (rank, due_at, id) where state in ('waiting', 'parked');
drop trigger transition on cases.work;
create trigger transition after insert or update on cases.work for each row execute function perisai.transition_allowed(
  '>waiting', 'parked>waiting', 'waiting>parked', 'waiting>done', 'parked>done', 'waiting>bundled', 'parked>bundled', 'bundled>waiting', 'bundled>done');

-- Which decisions were made as one.
create table decisions.bundled (
  decision uuid primary key,
  bundle uuid not null,
  case_id uuid not null
);
create index bundled_by_bundle on decisions.bundled (bundle);
grant select, insert on decisions.bundled to perisai_app;
