-- What a proposal answers, beside deciding: an appeal, an inquiry, or the review of what was decided alone. Its words lie in the record.
alter table decisions.proposal add answers jsonb check (answers is null or answers ->> 'to' in ('appeal', 'inquiry', 'review'));
