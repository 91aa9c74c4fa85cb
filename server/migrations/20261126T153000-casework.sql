-- The work on a case: where it lies, for whom, whether it rests, and what it weighs. `rank` is the result of the one rule in
-- cases/worst-first.ts; with the nearest deadline it is the order of the queue. Rows of cases that were opened before begin where their
-- `case.opened` puts them: the weight of most reasons, nothing streamed.
create table cases.work (
  id uuid primary key references cases.case,
  state text not null check (state in ('waiting', 'parked', 'done')),
  desk text,
  assignee uuid,
  raised boolean not null,
  harm text not null,
  priority boolean not null,
  live boolean not null,
  severity text not null check (severity in ('critical', 'high', 'medium', 'low')),
  rank int not null,
  due_at timestamptz(3) not null,
  parked_until timestamptz(3),
  check ((state = 'parked') = (parked_until is not null))
);
insert into cases.work (id, state, raised, harm, priority, live, severity, rank, due_at)
  select c.id, case when c.state = 'open' then 'waiting' else 'done' end, false, c.harm, c.priority, false, 'high',
    case when c.harm = 'csam' then 0 else 1000 end + 110 + case when c.priority then 0 else 1 end,
    case when c.state = 'open' then coalesce(
      (select min(k.due_at) from cases.clock k where k.subject = c.id and k.clock in ('protect', 'determine') and k.stopped_at is null),
      c.opened_at)
    else (select min(d.decided_at) from decisions.decision d where d.case_id = c.id and d.stage = 'final') end
  from cases.case c;
create index work_queue on cases.work (rank, due_at, id) where state <> 'done';
create index work_parked on cases.work (parked_until) where state = 'parked';
create index work_assigned on cases.work (assignee) where assignee is not null;
drop index cases.case_queue;
create trigger transition after insert or update on cases.work for each row
  execute function perisai.transition_allowed('>waiting', 'parked>waiting', 'waiting>parked', 'waiting>done', 'parked>done');
grant select, insert, update on cases.work to perisai_app;
