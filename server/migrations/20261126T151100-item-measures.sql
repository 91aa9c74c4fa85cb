-- Measures on an item beside hiding, removing and labelling: where they hold, and what becomes of one that ended before it was done.
alter table enforcement.action add column territory text check (territory ~ '^[A-Z]{2}$');
alter table enforcement.action drop constraint action_state_check;
alter table enforcement.action add check (state in ('ordered', 'acknowledged', 'moot', 'superseded', 'lapsed'));
drop trigger transition on enforcement.action;
create trigger transition after insert or update on enforcement.action for each row
  execute function perisai.transition_allowed('>ordered', 'ordered>acknowledged', 'ordered>moot', 'ordered>superseded', 'ordered>lapsed');
