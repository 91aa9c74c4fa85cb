-- A ruling on an appeal waits as a decision does: the appeal that it answers.
alter table decisions.held add appeal uuid;
