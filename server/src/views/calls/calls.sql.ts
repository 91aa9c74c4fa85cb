import type { Harm } from '@perisai/screening';
import { sql } from 'kysely';
import type { Call } from '../../calls/questions.ts';
import { reading, type Tx } from '../../foundation/db/transaction.ts';

/** A call with the names that are still known. */
export interface CallRow
  extends Pick<Call, 'id' | 'about' | 'service' | 'case' | 'clock' | 'subject' | 'dueAt' | 'roles' | 'short' | 'calledAt' | 'times'> {
  /** Of its case; null where it is about none. */
  readonly harm: Harm | null;
  readonly names: readonly string[];
  readonly answeredAt: Date | null;
  readonly answeredBy: string | null;
}

/** Whose calls somebody sees: those for their roles; null: all. */
type For = readonly string[] | null;

/** What rings, the longest first; and the newest of what was answered. Walks call_ringing, call_newest. */
export async function callRows(tx: Tx, roles: For, state: 'ringing' | 'answered', limit: number): Promise<readonly CallRow[]> {
  const { rows } = await sql<CallRow>`
    select k.id, k.about, k.service, k.case_id as case, k.clock, k.subject, k.due_at as "dueAt", k.roles, k.short, k.called_at as "calledAt", k.times,
      k.answered_at as "answeredAt", a.name as "answeredBy", c.harm,
      array(select m.name from staff.member m where m.id = any(k.called) and m.name is not null order by m.name) as names
    from calls.call k left join cases.case c on c.id = k.case_id left join staff.member a on a.id = k.answered_by
    where k.state = ${state} ${roles === null ? sql`` : sql`and k.roles && ${[...roles]}::text[]`}
    order by ${state === 'ringing' ? sql`k.made_at, k.id` : sql`k.made_at desc, k.id`} limit ${limit}`.execute(reading(tx));
  return rows;
}
