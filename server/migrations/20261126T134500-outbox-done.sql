-- Finished messages are forgotten by age: their bodies name people, out of reach of their keys.
create index outbox_done on perisai.outbox (done_at) where done_at is not null;
