-- An operator's rules of screening, a row a version, and what they hit; which rule a verdict came from.
create table screening.rule (
  id uuid primary key,
  slug text not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  version text not null check (version ~ '^[0-9]{1,6}$'),
  state text not null,
  harm text not null,
  clause text not null,
  expression text not null,
  verdict text not null check (verdict in ('review', 'restrict', 'withhold', 'block')),
  name jsonb not null,
  why jsonb not null,
  drafted_by uuid,
  proposed_by uuid,
  since timestamptz(3) not null,
  braked boolean not null,
  unique (slug, version)
);
-- One version of a rule counts at most.
create unique index rule_live on screening.rule (slug) where state = 'live';
create trigger transition after insert or update on screening.rule for each row
  execute function perisai.transition_allowed('>draft', 'draft>shadow', 'off>shadow', 'shadow>proposed', 'proposed>live', 'live>shadow',
    'draft>off', 'shadow>off', 'proposed>off', 'live>off');

create table screening.rule_minute (
  record uuid primary key,
  minute timestamptz(3) not null,
  screened integer not null check (screened > 0),
  hits jsonb not null
);
create index rule_minute_by_minute on screening.rule_minute (minute);

-- Technical: where a rule hit lately, by the platform's own names; kept for days, told by no record.
create table screening.rule_sample (
  id bigint generated always as identity primary key,
  rule uuid not null,
  service text not null,
  kind text not null,
  surface text not null,
  item text not null,
  url text,
  at timestamptz(3) not null
);
create index rule_sample_by_rule on screening.rule_sample (rule, id desc);

alter table screening.verdict add column rule text, add column rule_version text;
grant select, insert, update on screening.rule, screening.rule_minute to perisai_app;
grant select, insert, delete on screening.rule_sample to perisai_app;
