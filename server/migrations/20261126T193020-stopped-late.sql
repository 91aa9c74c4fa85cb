-- What was done too late, but before anybody looked, was late all the same: the sweeper finds it here.
create index clock_stopped_late on cases.clock (due_at) where breached_at is null and stopped_at > due_at;
