-- What a platform knows an account by (a device, a number), as a keyed hash of a hash: so that somebody whose account was ended and who comes
-- back is pointed out to the person who decides. A purpose of its own: it is erased apart from everything else.
alter table records.handle drop constraint handle_purpose_check;
alter table records.handle add constraint handle_purpose_check check (purpose in ('profile', 'report', 'evidence', 'lawful', 'staff', 'linking'));
create table subjects.identifier (
  account uuid not null,
  kind text not null check (kind ~ '^[a-z]{1,20}$'),
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  noted_at timestamptz(3) not null,
  primary key (account, kind, digest)
);
create index identifier_by_digest on subjects.identifier (kind, digest);
grant select, insert, delete on subjects.identifier to perisai_app;
