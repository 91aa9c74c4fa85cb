-- What the operator says of help lines over what comes with the program: corrected, added, confirmed by a call, taken away.
create table policy.help_line (
  line text primary key,
  -- number, names, for whom, hours, and for which harms; null: as it comes with the program
  said jsonb,
  -- the day somebody rang it, in Malaysia
  verified_on text check (verified_on ~ '^\d{4}-\d\d-\d\d$'),
  removed boolean not null,
  record uuid not null
);
grant select, insert, update on policy.help_line to perisai_app;
