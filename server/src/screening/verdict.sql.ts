import { reading, type Tx } from '../foundation/db/transaction.ts';
import { type Because, changing } from '../records/because.ts';

interface Tables {
  'screening.verdict': {
    screening: string;
    service: string;
    item: string;
    revision: string;
    verdict: string;
    harm: string;
    clause: string;
    case_id: string;
    given_at: Date;
  };
}

export async function insertVerdict(because: Because<'verdict.given'>): Promise<void> {
  const { screening, item, revision, verdict, harm, clause } = because.payload;
  await changing<Tables>(because)
    .insertInto('screening.verdict')
    .values({
      screening,
      service: because.record.service,
      item,
      revision,
      verdict,
      harm,
      clause,
      case_id: because.record.case as string,
      given_at: because.record.recordedAt,
    })
    .execute();
}

/** The verdict that was given on a revision, where it raised anything. Served by verdict_by_revision. */
export async function findVerdict(tx: Tx, revision: string): Promise<{ screening: string; verdict: string; case: string } | undefined> {
  return reading<Tables>(tx)
    .selectFrom('screening.verdict')
    .select(['screening', 'verdict', 'case_id as case'])
    .where('revision', '=', revision)
    .executeTakeFirst();
}
