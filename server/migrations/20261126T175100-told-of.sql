-- The window for an appeal runs from the notice that told somebody: which told them of this decision, or of what was decided as one with it.
create index notice_by_decision on notices.notice (decision) where decision is not null;
