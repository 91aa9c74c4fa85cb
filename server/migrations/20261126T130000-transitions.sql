-- The state machines of the nouns once more, as triggers: what no table of theirs allows, no statement may do, whoever sends it. The lists are
-- those of the nouns' own files (cases/case.ts …); a test compares them. From nothing to a state is an insert. A change that leaves the state
-- alone (an erasure, a second lapse) is none.
create function perisai.transition_allowed() returns trigger language plpgsql as $$
declare
  step text;
begin
  if tg_op = 'INSERT' then
    step := '>' || new.state;
  elsif new.state = old.state then
    return null;
  else
    step := old.state || '>' || new.state;
  end if;
  if step <> all (tg_argv) then
    raise exception '%.%: % is no transition', tg_table_schema, tg_table_name, step using errcode = 'check_violation';
  end if;
  return null;
end $$;

-- A decision is never edited; its state follows from what came after it.
alter table decisions.decision add column state text not null generated always as
  (case when superseded_by is not null then 'superseded' when lapsed_at is not null then 'lapsed' else 'standing' end) stored;
alter table decisions.decision add check (lapsed_at is null or stage = 'temporary');

create trigger transition after insert or update on intake.report for each row
  execute function perisai.transition_allowed('>received', 'received>acknowledged', 'received>answered', 'acknowledged>answered');
create trigger transition after insert or update on cases.case for each row
  execute function perisai.transition_allowed('>open', 'open>decided', 'closed>decided', 'decided>closed');
create trigger transition after insert or update on decisions.decision for each row
  execute function perisai.transition_allowed('>standing', 'standing>lapsed', 'standing>superseded', 'lapsed>superseded');
create trigger transition after insert or update on enforcement.action for each row
  execute function perisai.transition_allowed('>ordered', 'ordered>acknowledged', 'ordered>moot', 'ordered>superseded');
create trigger transition after insert or update on notices.notice for each row
  execute function perisai.transition_allowed('>written', 'written>handed');
create trigger transition after insert or update on appeals.appeal for each row
  execute function perisai.transition_allowed('>received', 'received>decided');
