-- That an account is perhaps that of somebody whose account was ended: on which grounds, how sure, and whether somebody has found that it is
-- somebody else. Its people lie under *linking*: once either is erased, the row names nobody and says nothing of them.
create table subjects.link (
  id uuid primary key,
  account uuid,
  ended uuid,
  state text not null check (state in ('linked', 'undone')),
  kinds text[],
  confidence text check (confidence in ('low', 'medium', 'high')),
  case_id uuid,
  noted_at timestamptz(3) not null,
  undone_at timestamptz(3),
  check ((state = 'undone') = (undone_at is not null)),
  check ((account is null) = (ended is null)),
  check (account is not null or (kinds is null and confidence is null)),
  check (account <> ended)
);
create unique index link_of_pair on subjects.link (account, ended);
create index link_by_ended on subjects.link (ended);
grant select, insert, update on subjects.link to perisai_app;
create trigger transition after insert or update on subjects.link for each row
  execute function perisai.transition_allowed('>linked', 'linked>undone');
-- The profile of an account, where one was handed in.
create index item_profile on subjects.item (author) where kind = 'profile';
