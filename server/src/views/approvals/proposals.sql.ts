import type { Harm } from '@perisai/screening';
import { sql } from 'kysely';
import { inLanes } from '../../cases/questions.ts';
import * as decisions from '../../decisions/questions.ts';
import { reading, type Tx } from '../../foundation/db/transaction.ts';
import type { Language } from '../../foundation/i18n/language.ts';
import type { Lanes } from '../../staff/questions.ts';

/** A decision that waits for a second person. What was proposed is not said here: whoever settles it looks at the material first. */
export interface ProposalRow {
  readonly id: string;
  readonly case: string;
  readonly service: string;
  readonly harm: Harm;
  readonly language: Language;
  readonly needs: readonly decisions.Need[];
  readonly proposedBy: string | null;
  readonly answers: decisions.Answers | null;
  /** Who made the decision that it would change. */
  readonly contestedBy: readonly (string | null)[];
  readonly proposedAt: Date;
  /** When the determination is due, or the answer to an appeal or an inquiry. */
  readonly dueAt: Date | null;
  /** What the platform shows meanwhile. */
  readonly desired: string | null;
}

/** Child abuse material first, then the oldest, by keyset. Walks proposal_queue: few wait at a time; of each the clock by its key. */
export async function proposalRows(
  tx: Tx,
  lanes: Lanes,
  after: { readonly notCsam: boolean; readonly proposedAt: Date; readonly id: string } | undefined,
  limit: number,
): Promise<readonly ProposalRow[]> {
  const further = after
    ? sql`and ((c.harm <> 'csam'), p.proposed_at, p.id) > (${after.notCsam}, ${after.proposedAt}, ${after.id}::uuid)`
    : sql``;
  const { rows } = await sql<Omit<ProposalRow, 'contestedBy'>>`
    select p.id, p.case_id as case, p.service, c.harm, c.language, p.needs, p.proposed_by as "proposedBy", p.answers, p.proposed_at as "proposedAt",
      k.due_at as "dueAt",
      (select a.desired from enforcement.action a where a.target = c.item order by a.target_seq desc limit 1) as desired
    from decisions.proposal p
    join cases.case c on c.id = p.case_id
    left join cases.clock k on k.stopped_at is null
      and k.subject = case when p.answers ->> 'to' in ('appeal', 'inquiry') then (p.answers ->> 'id')::uuid else c.id end
      and k.clock = case p.answers ->> 'to' when 'appeal' then 'appeal.answer' when 'inquiry' then 'inquiry.answer' else 'determine' end
    where p.state = 'waiting' and ${inLanes(lanes)} ${further}
    order by (c.harm <> 'csam'), p.proposed_at, p.id limit ${limit}`.execute(reading(tx));
  const read: ProposalRow[] = [];
  for (const row of rows) {
    const contested = row.answers && (await decisions.decision(tx, row.answers.decision));
    const first = contested ? await decisions.madeBy(tx, contested) : null;
    read.push({ ...row, contestedBy: first ? [first.decidedBy, first.proposedBy, ...first.others] : [] });
  }
  return read;
}
