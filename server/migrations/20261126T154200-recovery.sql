-- How somebody comes back in who has lost their authenticator: one-time codes, of which only a keyed hash is here. Technical, outside the fold.
create table staff.recovery_code (
  staff uuid not null,
  code_hash text not null,
  made_at timestamptz(3) not null,
  primary key (staff, code_hash)
);
grant select, insert, delete on staff.recovery_code to perisai_app;
