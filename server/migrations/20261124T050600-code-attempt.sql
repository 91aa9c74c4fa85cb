-- Technical: wrong PINs for a contact code, so that six digits can't be tried one after the other.
create table perisai.code_attempt (
  code text primary key,
  failed int not null,
  locked_until timestamptz(3)
);
grant select, insert, update, delete on perisai.code_attempt to perisai_app;
