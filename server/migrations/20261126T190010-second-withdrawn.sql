-- An invitation of a second person from outside is taken back: from then on link, code and an open session are refused.
alter table decisions.invitation add column withdrawn_at timestamptz(3);
alter table decisions.invitation drop constraint invitation_state_check;
alter table decisions.invitation add constraint invitation_state_check check (state in ('sent', 'opened', 'settled', 'withdrawn'));
alter table decisions.invitation add check ((state = 'withdrawn') = (withdrawn_at is not null));
drop trigger transition on decisions.invitation;
create trigger transition after insert or update on decisions.invitation for each row
  execute function perisai.transition_allowed('>sent', 'sent>opened', 'opened>settled', 'sent>withdrawn', 'opened>withdrawn');
