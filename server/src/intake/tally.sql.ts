import { sql } from 'kysely';
import { reading, type Tx } from '../foundation/db/transaction.ts';
import { type Arrival, type Tally, vexatiousDays } from './standing.ts';

const day = 24 * 3_600_000;

/** How the reports of a reporter, or of an accredited organisation, ended. Served by report_by_reporter and report_by_flagger. */
export async function tallyOf(tx: Tx, whose: { readonly reporter: string } | { readonly flagger: string }, now: Date): Promise<Tally> {
  const since = new Date(now.getTime() - vexatiousDays * day);
  const theirs = 'reporter' in whose ? sql`reporter = ${whose.reporter}` : sql`flagger = ${whose.flagger}`;
  const { rows } = await sql<Tally>`
    select count(*)::int as reports,
      (count(*) filter (where outcome = 'actioned'))::int as actioned,
      (count(*) filter (where outcome = 'no-violation'))::int as "noViolation",
      (count(*) filter (where ground is not null))::int as dismissed,
      (count(*) filter (where ground = 'vexatious' and dismissed_at > ${since}))::int as vexatious
    from intake.report where ${theirs}`.execute(reading(tx));
  return rows[0] as Tally;
}

/** The newest reports on an item since then, no more than a flood needs to be seen. Served by report_by_item. */
export async function arrivalsOn(tx: Tx, item: string, since: Date): Promise<Arrival[]> {
  const { rows } = await sql<Arrival>`
    select age_days as "ageDays" from intake.report where item = ${item} and received_at > ${since}
    order by received_at desc limit 200`.execute(reading(tx));
  return rows;
}
