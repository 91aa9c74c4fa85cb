import type { Harm } from '@perisai/screening';
import { sql } from 'kysely';
import { inLanes } from '../cases/questions.ts';
import { reading, type Tx } from '../foundation/db/transaction.ts';
import type { Language } from '../foundation/i18n/language.ts';
import type { Lanes } from '../staff/questions.ts';

/** An appeal that waits for a person. */
export interface AppealRow {
  readonly id: string;
  readonly case: string;
  readonly service: string;
  readonly role: 'author' | 'reporter';
  readonly language: Language;
  readonly harm: Harm;
  readonly receivedAt: Date;
  readonly dueAt: Date | null;
  readonly determination: string;
  readonly clause: string | null;
  /** Who made the contested decision; null: a machine. */
  readonly decidedBy: string | null;
}

/** Appeals that wait, oldest first, by keyset. Walks appeal_open. */
export async function appealRows(
  tx: Tx,
  lanes: Lanes,
  after: { readonly receivedAt: Date; readonly id: string } | undefined,
  limit: number,
): Promise<readonly AppealRow[]> {
  const further = after ? sql`and (a.received_at, a.id) > (${after.receivedAt}, ${after.id}::uuid)` : sql``;
  const { rows } = await sql<AppealRow>`
    select a.id, a.case_id as case, a.service, a.role, a.language, c.harm, a.received_at as "receivedAt", k.due_at as "dueAt",
      d.determination, d.clause, d.decided_by as "decidedBy"
    from appeals.appeal a
    join cases.case c on c.id = a.case_id
    join decisions.decision d on d.id = a.decision
    left join cases.clock k on k.subject = a.id and k.clock = 'appeal.answer'
    where a.state = 'received' and ${inLanes(lanes)} ${further}
    order by a.received_at, a.id limit ${limit}`.execute(reading(tx));
  return rows;
}
