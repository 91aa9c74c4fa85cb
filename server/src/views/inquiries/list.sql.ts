import type { Harm } from '@perisai/screening';
import { sql } from 'kysely';
import { inLanes } from '../../cases/questions.ts';
import { reading, type Tx } from '../../foundation/db/transaction.ts';
import type { Language } from '../../foundation/i18n/language.ts';
import type { Lanes } from '../../staff/questions.ts';

/** An inquiry that waits for a person. */
export interface InquiryRow {
  readonly id: string;
  readonly case: string;
  readonly role: 'author' | 'reporter';
  readonly language: Language;
  readonly harm: Harm;
  readonly receivedAt: Date;
  readonly dueAt: Date | null;
  /** Null where it is about a report that was dismissed. */
  readonly determination: string | null;
  readonly clause: string | null;
}

/** Inquiries that wait, oldest first, by keyset. Walks inquiry_open. */
export async function inquiryRows(
  tx: Tx,
  lanes: Lanes,
  after: { readonly receivedAt: Date; readonly id: string } | undefined,
  limit: number,
): Promise<readonly InquiryRow[]> {
  const further = after ? sql`and (i.received_at, i.id) > (${after.receivedAt}, ${after.id}::uuid)` : sql``;
  const { rows } = await sql<InquiryRow>`
    select i.id, i.case_id as case, i.role, i.language, c.harm, i.received_at as "receivedAt", k.due_at as "dueAt", d.determination, d.clause
    from inquiries.inquiry i
    join cases.case c on c.id = i.case_id
    left join decisions.decision d on d.id = i.decision
    left join cases.clock k on k.subject = i.id and k.clock = 'inquiry.answer'
    where i.state = 'received' and ${inLanes(lanes)} ${further}
    order by i.received_at, i.id limit ${limit}`.execute(reading(tx));
  return rows;
}
