-- Staff. `member` is a state table: every column follows from the records staff.enrolled, staff.roles-set and staff.disabled. The other three
-- are technical (secrets, sessions, counters): outside the fold, and without foreign keys, so that a fold may write `member` anew.
create schema staff;

create table staff.member (
  id uuid primary key,
  -- null once the member's *staff* key is destroyed
  name text,
  login text unique check (login = lower(login)),
  roles text[] not null,
  languages text[] not null,
  disabled boolean not null,
  enrolled_at timestamptz(3) not null,
  -- of the enrolment
  record uuid not null
);

-- One row a member who can log in. totp_secret is wrapped by the key-encryption key; totp_last_step makes a code work once.
create table staff.credential (
  staff uuid primary key,
  password_hash text not null check (password_hash like '$argon2id$%'),
  totp_secret bytea not null,
  totp_last_step bigint not null default 0,
  changed_at timestamptz(3) not null
);

-- Tries to log in, by a keyed hash of what was typed: known and unknown log-ins are counted and locked alike. Rows go a day after the last try.
create table staff.attempt (
  login_hash text primary key,
  failed_count int not null check (failed_count > 0),
  last_at timestamptz(3) not null,
  locked_until timestamptz(3)
);
create index attempt_by_last on staff.attempt (last_at);

-- The cookie's value is not here, only its SHA-256: who reads this table can't become anybody.
create table staff.session (
  id_hash text primary key,
  staff uuid not null,
  created_at timestamptz(3) not null,
  last_seen_at timestamptz(3) not null,
  expires_at timestamptz(3) not null
);
create index session_by_staff on staff.session (staff);
create index session_by_expiry on staff.session (expires_at);

grant usage on schema staff to perisai_app;
grant select, insert, update on staff.member to perisai_app;
grant select, insert, update, delete on staff.credential, staff.attempt, staff.session to perisai_app;
