-- How many people use a service, by surface and day, as its provider counts them. Saying a day again replaces its figures; the records keep both.
create schema counts;
create table counts.user_count (
  service text not null,
  surface text not null,
  day date not null,
  peak bigint not null check (peak >= 0),
  daily bigint not null check (daily >= 0),
  monthly bigint not null check (monthly >= 0),
  method text not null,
  recorded_at timestamptz(3) not null,
  primary key (service, surface, day)
);
grant usage on schema counts to perisai_app;
grant select, insert, update on counts.user_count to perisai_app;
