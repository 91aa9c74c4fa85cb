-- Kinds of item that a service defined itself: each is handled as one of ours, and says by a JSON Schema which fields an item of it has. What an
-- item's fields hold lies sealed in its snapshot, not here.
create table subjects.item_kind (
  service text not null,
  kind text not null check (kind ~ '^[a-z][a-z-]{0,39}$'),
  handled_as text not null,
  schema text not null check (octet_length(schema) <= 16384),
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  defined_at timestamptz(3) not null,
  primary key (service, kind)
);
grant select, insert, update on subjects.item_kind to perisai_app;

-- `kind` stays one of ours, by which everything is decided; this is what the service calls it, where that is a kind of its own.
alter table subjects.item add column own_kind text;
