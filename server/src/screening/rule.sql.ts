import { sql } from 'kysely';
import { reading, type Tx, technical } from '../foundation/db/transaction.ts';
import { type Because, changing } from '../records/because.ts';
import { type Kind, mustHaveMoved, statesBefore } from '../records/questions.ts';
import { type Rule, ruleTransitions } from './rule.ts';
import type { RuleSample } from './rule-counter.ts';

interface Tables {
  'screening.rule': {
    id: string;
    slug: string;
    version: string;
    state: string;
    harm: string;
    clause: string;
    expression: string;
    verdict: string;
    name: string;
    why: string;
    drafted_by: string | null;
    proposed_by: string | null;
    since: Date;
    braked: boolean;
  };
  'screening.rule_minute': { record: string; minute: Date; screened: number; hits: string };
}

export async function insertRule(because: Because<'rule.drafted'>): Promise<void> {
  const { rule: id, slug, version, harm, clause, when, verdict, name, why } = because.payload;
  await changing<Tables>(because)
    .insertInto('screening.rule')
    .values({
      ...{ id, slug, version, harm, clause, verdict, state: 'draft', braked: false, expression: when },
      name: JSON.stringify(name),
      why: JSON.stringify(why),
      drafted_by: because.party('actor'),
      proposed_by: null,
      since: because.record.recordedAt,
    })
    .execute();
}

async function move(because: Because<MovingKind>, to: Rule['state'], more: Partial<Tables['screening.rule']> = {}): Promise<void> {
  const moved = await changing<Tables>(because)
    .updateTable('screening.rule')
    .set({ state: to, since: because.record.recordedAt, ...more })
    .where('id', '=', because.payload.rule)
    .where('state', 'in', statesBefore(ruleTransitions, to, because.record.kind as Kind))
    .executeTakeFirst();
  mustHaveMoved(moved, because, to);
}
type MovingKind = 'rule.shadowed' | 'rule.proposed' | 'rule.made-live' | 'rule.braked' | 'rule.switched-off';

/** Tried on every item from now on; what it was proposed or braked for before is over. */
export const shadow = (because: Because<'rule.shadowed'>): Promise<void> => move(because, 'shadow', { braked: false, proposed_by: null });
export const propose = (because: Because<'rule.proposed'>): Promise<void> =>
  move(because, 'proposed', { proposed_by: because.party('actor'), braked: false });
export const makeLive = (because: Because<'rule.made-live'>): Promise<void> => move(because, 'live');
export const brake = (because: Because<'rule.braked'>): Promise<void> => move(because, 'shadow', { braked: true, proposed_by: null });
export const switchOff = (because: Because<'rule.switched-off'>): Promise<void> => move(because, 'off');

/** What one process counted in a minute. */
export async function countRules(because: Because<'rules.counted'>): Promise<void> {
  const { minute, screened, hits } = because.payload;
  await changing<Tables>(because)
    .insertInto('screening.rule_minute')
    .values({ record: because.record.id, minute: new Date(minute), screened, hits: JSON.stringify(hits) })
    .execute();
}

/** With *staff* goes who wrote and who proposed. */
export async function eraseParty(because: Because<'party.erased'>, party: string): Promise<void> {
  if (because.payload.purpose !== 'staff') return;
  const on = changing<Tables>(because);
  await on.updateTable('screening.rule').set({ drafted_by: null }).where('drafted_by', '=', party).execute();
  await on.updateTable('screening.rule').set({ proposed_by: null }).where('proposed_by', '=', party).execute();
}

const columns = sql`id, slug, version, state, harm, clause, expression as when, verdict, name, why,
  drafted_by as "draftedBy", proposed_by as "proposedBy", since, braked`;

/** Every version of every rule, the newest of each first. Some hundreds at most. */
export async function allRules(tx: Tx): Promise<Rule[]> {
  const { rows } = await sql<Rule>`select ${columns} from screening.rule order by slug, version::int desc`.execute(reading(tx));
  return rows;
}

/** Served by the primary key. */
export async function findRule(tx: Tx, id: string): Promise<Rule | undefined> {
  return (await sql<Rule>`select ${columns} from screening.rule where id = ${id}`.execute(reading(tx))).rows[0];
}

/** Served by the unique index on slug and version. */
export async function findRuleNamed(tx: Tx, slug: string, version: string): Promise<Rule | undefined> {
  const { rows } = await sql<Rule>`select ${columns} from screening.rule where slug = ${slug} and version = ${version}`.execute(
    reading(tx),
  );
  return rows[0];
}

/** What was screened since a moment, and how much of it each rule hit. Served by rule_minute_by_minute. */
export async function hitsSince(tx: Tx, from: Date): Promise<{ readonly screened: number; readonly hits: ReadonlyMap<string, number> }> {
  const { rows: sums } = await sql<{ screened: number }>`
    select coalesce(sum(screened), 0)::int as screened from screening.rule_minute where minute >= ${from}`.execute(reading(tx));
  const { rows } = await sql<{ rule: string; hits: number }>`
    select key as rule, sum(value::int)::int as hits from screening.rule_minute, jsonb_each_text(hits)
    where minute >= ${from} group by key`.execute(reading(tx));
  return { screened: sums[0]?.screened ?? 0, hits: new Map(rows.map(({ rule, hits }) => [rule, hits])) };
}

const samplesKept = 20;

/** Where a rule hit lately: what the platform calls it, never what it says. The newest 20 a rule stay, and none for longer than 7 days. */
export async function keepSamples(tx: Tx, samples: readonly (RuleSample & { readonly rule: string })[], at: Date): Promise<void> {
  for (const { rule, service, kind, surface, item, url } of samples)
    await sql`insert into screening.rule_sample (rule, service, kind, surface, item, url, at)
      values (${rule}, ${service}, ${kind}, ${surface}, ${item}, ${url}, ${at})`.execute(technical(tx));
  await sql`delete from screening.rule_sample s using (
      select id, row_number() over (partition by rule order by id desc) as place from screening.rule_sample) ranked
    where s.id = ranked.id and (ranked.place > ${samplesKept} or s.at < ${new Date(at.getTime() - 7 * 86_400_000)})`.execute(technical(tx));
}

/** The newest first. Served by rule_sample_by_rule. */
export async function samplesOf(tx: Tx, rule: string): Promise<(RuleSample & { readonly at: Date })[]> {
  const { rows } = await sql<RuleSample & { at: Date }>`
    select service, kind, surface, item, url, at from screening.rule_sample where rule = ${rule} order by id desc limit ${samplesKept}`.execute(
    reading(tx),
  );
  return rows;
}
