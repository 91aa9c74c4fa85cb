import type { Harm } from '@perisai/screening';
import { sql } from 'kysely';
import type { Need } from '../../decisions/questions.ts';
import { reading, type Tx } from '../../foundation/db/transaction.ts';

export interface Own {
  readonly id: string;
  readonly case: string;
  readonly harm: Harm;
  readonly determination: string;
  readonly needs: readonly Need[];
  /** Of how many cases as one; null where it is about its own case alone. */
  readonly bundle: number | null;
  readonly proposedAt: Date;
}

/** What somebody proposed that they could decide alone, and nobody has settled, the oldest first. Walks proposal_queue. */
export async function ownProposals(tx: Tx, member: string): Promise<readonly Own[]> {
  const { rows } = await sql<Own>`
    select p.id, p.case_id as case, c.harm, p.determination, p.needs, p.bundle, p.proposed_at as "proposedAt"
    from decisions.proposal p join cases.case c on c.id = p.case_id
    where p.state = 'waiting' and p.proposed_by = ${member}::uuid and p.answers is null order by p.proposed_at, p.id limit 50`.execute(
    reading(tx),
  );
  return rows;
}
