-- Somebody is called when a message was given up: what it asks for, or tells, has not happened.
alter table calls.call drop constraint call_about_check;
alter table calls.call add constraint call_about_check
  check (about in ('warning', 'breach', 'lapse', 'break-glass', 'alone', 'undelivered'));
