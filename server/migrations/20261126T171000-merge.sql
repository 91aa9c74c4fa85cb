-- Two cases about one matter become one: the merged case keeps its item, its reports and its clocks, and is decided with the case that it was
-- merged into. `pressing_rank` beside `pressing_by`: the place in the queue that what was merged into a case gives it.
alter table cases.case add column merged_into uuid references cases.case;
alter table cases.case drop constraint case_state_check;
alter table cases.case add constraint case_state_check check (state in ('open', 'merged', 'decided', 'closed'));
alter table cases.case add check ((state = 'merged') = (merged_into is not null));
alter table cases.case add check (merged_into <> id);
create index case_merged on cases.case (merged_into) where merged_into is not null;
drop trigger transition on cases.case;
create trigger transition after insert or update on cases.case for each row
  execute function perisai.transition_allowed('>open', 'open>merged', 'merged>open', 'open>decided', 'closed>decided', 'decided>closed');

alter table cases.work add column pressing_rank int;
alter table cases.work drop constraint work_state_check;
alter table cases.work add constraint work_state_check check (state in ('waiting', 'parked', 'bundled', 'merged', 'done'));
drop trigger transition on cases.work;
create trigger transition after insert or update on cases.work for each row execute function perisai.transition_allowed(
  '>waiting', 'parked>waiting', 'waiting>parked', 'waiting>done', 'parked>done', 'waiting>bundled', 'parked>bundled', 'bundled>waiting', 'bundled>done',
  'waiting>merged', 'parked>merged', 'merged>waiting');
