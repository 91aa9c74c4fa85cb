-- A decision and an action are about a target: an item, an account, and what may follow. The words for what is decided, asked and shown are
-- those of enforcement/actions and the policy, whose tests hold them; here they are only words.
alter table decisions.decision rename column item to target;
alter table decisions.decision add column target_kind text not null default 'item' check (target_kind ~ '^[a-z-]{1,40}$');
alter table decisions.decision alter column target_kind drop default;
-- What was seen of it; an account has no revisions.
alter table decisions.decision alter column revision drop not null;
alter table decisions.decision add check (target_kind <> 'item' or revision is not null);
alter table decisions.decision drop constraint decision_determination_check;
alter table decisions.decision add check (determination ~ '^[a-z-]{1,40}$');
-- Whose account it concerns: the item's author, or the account itself. It leaves with the person.
alter table decisions.decision add column account uuid;
update decisions.decision d set account = (select author from subjects.item i where i.id = d.target);
-- The decision on an item that a measure on its author follows from.
alter table decisions.decision add column follows uuid;
-- Measures of limited length: until when, and when that end was carried out.
alter table decisions.decision add column ends_at timestamptz(3);
alter index decisions.decision_by_item rename to decision_by_target;
create index decision_by_account on decisions.decision (account, decided_at desc) where account is not null;
create index decision_following on decisions.decision (follows) where follows is not null;

alter table enforcement.action rename column item to target;
alter table enforcement.action rename constraint action_item_target_seq_key to action_target_target_seq_key;
alter table enforcement.action add column target_kind text not null default 'item' check (target_kind ~ '^[a-z-]{1,40}$');
alter table enforcement.action alter column target_kind drop default;
alter table enforcement.action drop constraint action_do_check;
alter table enforcement.action add check ("do" ~ '^[a-z-]{1,40}$');
