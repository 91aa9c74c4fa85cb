import type { Harm } from '@perisai/screening';
import { sql } from 'kysely';
import { reading, type Tx } from '../foundation/db/transaction.ts';
import type { Language } from '../foundation/i18n/language.ts';

/** A case with the record that holds what it is about. */
export interface CaseItem {
  readonly id: string;
  readonly item: string;
  /** What kind of item. */
  readonly kind: string;
  readonly author: string | null;
  /** As the platform shows their name; null once erased. */
  readonly authorName: string | null;
  readonly authorLanguage: Language;
  readonly reporterLanguages: readonly Language[];
  /** The record of its newest snapshot. */
  readonly record: string;
  readonly bundledBy: string | null;
  readonly reports: number;
  readonly reporters: number;
  /** How many were merged into it. */
  readonly merged: number;
  readonly harm: Harm;
  /** Its own, those of its reports, and those of what was merged into it. */
  readonly harms: readonly Harm[];
}

const columns = sql`c.id, c.item, i.kind, i.author, coalesce(a.handle, a.external_id) as "authorName", r.record, w.bundled_by as "bundledBy",
  (select count(*)::int from intake.report p where p.case_id = c.id) as reports,
  coalesce(a.language, c.language) as "authorLanguage",
  array(select distinct p.language from intake.report p where p.case_id = c.id) as "reporterLanguages",
  (select count(distinct p.reporter)::int from intake.report p where p.case_id = c.id) as reporters,
  (select count(*)::int from cases.case m where m.merged_into = c.id) as merged, c.harm,
  array(select m.harm from cases.case m where m.id = c.id or m.merged_into = c.id
    union select p.harm from cases.case m join intake.report p on p.case_id = m.id where m.id = c.id or m.merged_into = c.id) as harms`;
const beside = sql`join subjects.item i on i.id = c.item left join subjects.account a on a.id = i.author
  join lateral (select v.record from cases.target t join subjects.revision v on v.id = t.revision
    where t.case_id = c.id order by t.added_at desc, t.revision desc limit 1) r on true`;

/** A case and those in its bundle, or merged into it. Served by keys, work_bundle and case_merged. */
export async function bundleItems(tx: Tx, lead: string): Promise<readonly CaseItem[]> {
  const { rows } = await sql<CaseItem>`
    select ${columns} from cases.work w join cases.case c on c.id = w.id ${beside}
    where w.id in (select b.id from cases.work b where b.id = ${lead} or b.bundle = ${lead}
      union select m.id from cases.case m where m.merged_into = ${lead}) order by (w.id <> ${lead}), w.id`.execute(reading(tx));
  return rows;
}

/**
 * Open cases of the same service since a time that lie in no bundle, the newest first: of the same harm, or of any that is decided in the same lane.
 * Walks work_queue.
 */
export async function besideCase(tx: Tx, lead: string, since: Date, limit: number, harm: 'same' | 'any'): Promise<readonly CaseItem[]> {
  const { rows } = await sql<CaseItem>`
    select ${columns} from cases.case o join cases.work w on w.state in ('waiting', 'parked') join cases.case c on c.id = w.id ${beside}
    where o.id = ${lead} and c.id <> o.id and c.service = o.service
      and (c.harm = o.harm or (${harm === 'any'} and c.harm <> 'csam' and o.harm <> 'csam')) and c.opened_at >= ${since}
      and not exists (select from cases.work b where b.bundle = c.id)
    order by c.opened_at desc, c.id limit ${limit}`.execute(reading(tx));
  return rows;
}
