-- Every start destroys again what was erased, so that a restored key store brings nobody back. Erasures are few among the records.
create index record_erasures on records.record (id) where kind = 'party.erased';
