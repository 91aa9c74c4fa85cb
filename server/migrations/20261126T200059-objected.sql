-- Compliance officers are called where a reviewer objects to what one person put into force alone.
alter table calls.call drop constraint call_about_check;
alter table calls.call add constraint call_about_check
  check (about in ('warning', 'breach', 'lapse', 'break-glass', 'alone', 'undelivered', 'objected'));
