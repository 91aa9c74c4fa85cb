-- The clocks page reads the newest breaches: few, among all the clocks there ever were.
create index clock_breached on cases.clock (breached_at desc) where breached_at is not null;
