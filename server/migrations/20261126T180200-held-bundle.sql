-- A bundle waits for its undo window as one: of how many cases it is.
alter table decisions.held add bundle integer;
