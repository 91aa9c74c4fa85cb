-- What is proposed about a bundle is one proposal for all of it: of how many cases.
alter table decisions.proposal add column bundle integer check (bundle > 0);
