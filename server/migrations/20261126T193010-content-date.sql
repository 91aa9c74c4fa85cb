-- What was said is judged by the guidelines of its own day: when the platform took it, where it says so. What came before is dated by when it came.
alter table subjects.revision add column dated_at timestamptz(3);
-- Whether the item's creation is the day of this revision; of no other one of the item then.
alter table subjects.revision add column as_created boolean not null default false;
create unique index revision_as_created on subjects.revision (item) where as_created;
