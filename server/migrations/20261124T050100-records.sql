-- The spine. A record is written in the transaction of the change it describes and never changed: perisai_app may INSERT and SELECT here,
-- and DELETE only from `pending` (the sequencer's inbox) and `handle` (erasure). architecture.md, "The spine".
create schema records;

-- One row a record. `line` is the leaf byte for byte (RFC 8785); the other columns only find it again.
create table records.record (
  id uuid not null,
  kind text not null,
  recorded_at timestamptz(3) not null,
  case_id uuid,
  line text not null check (octet_length(line) <= 65535),
  primary key (id)
) partition by range (id);
create table records.record_default partition of records.record default;

-- The order inside a case. Whoever changes a case holds its lock, so case_seq has neither gap nor twin.
create table records.case_record (
  case_id uuid not null,
  case_seq int not null check (case_seq > 0),
  record uuid not null,
  primary key (case_id, case_seq)
);

-- Committed, not yet sequenced. Order of insertion, not of commit: the sequencer takes what it sees, so a slower transaction comes later, never not at all.
create table records.pending (
  seq bigint generated always as identity primary key,
  record uuid not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);

-- The one order: index = cursor = place in the Merkle tree. record is null where a gap was declared.
create table records.leaf (
  index bigint primary key check (index >= 0),
  record uuid unique,
  hash bytea not null check (octet_length(hash) = 32)
);

create table records.checkpoint (
  size bigint primary key,
  note text not null,
  sealed_at timestamptz(3) not null
);

-- Which person a handle means. The row goes with the key when the person is erased; the leaves keep the handle.
create table records.handle (
  handle bytea primary key check (octet_length(handle) = 16),
  party uuid not null,
  purpose text not null check (purpose in ('profile', 'report', 'evidence', 'lawful', 'staff')),
  unique (party, purpose)
);

create table records.record_party (
  record uuid not null,
  handle bytea not null,
  role text not null,
  primary key (record, role, handle)
);
create index record_party_by_handle on records.record_party (handle);

-- What the record only commits to: {salt, value}, AES-256-GCM under the data key of `handle`. Unreadable once that key is destroyed.
create table records.confidential (
  record uuid not null,
  field text not null,
  handle bytea not null,
  sealed bytea not null,
  primary key (record, field)
);

-- Durable subscribers: the next index each will hear.
create table records.subscriber (
  name text primary key,
  next bigint not null default 0,
  failed_at timestamptz(3),
  failure text
);

-- Monthly partitions by the time inside the UUIDv7, cut on the first at midnight Kuala Lumpur, 24 months ahead. Run by every migration.
create function records.make_partitions(from_time timestamptz) returns int language plpgsql as $$
declare
  first timestamp := date_trunc('month', from_time at time zone 'Asia/Kuala_Lumpur');
  lower_id uuid; upper_id uuid; name text; made int := 0;
begin
  for month in 0..24 loop
    name := 'record_' || to_char(first + make_interval(months => month), 'YYYY_MM');
    lower_id := rpad(lpad(to_hex((extract(epoch from (first + make_interval(months => month)) at time zone 'Asia/Kuala_Lumpur') * 1000)::bigint), 12, '0'), 32, '0')::uuid;
    upper_id := rpad(lpad(to_hex((extract(epoch from (first + make_interval(months => month + 1)) at time zone 'Asia/Kuala_Lumpur') * 1000)::bigint), 12, '0'), 32, '0')::uuid;
    if to_regclass('records.' || name) is null then
      execute format('create table records.%I partition of records.record for values from (%L) to (%L)', name, lower_id, upper_id);
      made := made + 1;
    end if;
  end loop;
  return made;
end $$;
revoke all on function records.make_partitions from public;

grant usage on schema records to perisai_app;
grant select, insert on records.record, records.case_record, records.leaf, records.checkpoint, records.record_party, records.confidential to perisai_app;
grant select, insert, delete on records.pending, records.handle to perisai_app;
grant select, insert, update on records.subscriber to perisai_app;
create index record_log_keys on records.record (id) where kind = 'log.key-announced';
