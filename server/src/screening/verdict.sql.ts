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
    rule: string | null;
    rule_version: string | null;
  };
}

export async function insertVerdict(because: Because<'verdict.given'>): Promise<void> {
  const { screening, item, revision, verdict, harm, clause, signals } = because.payload;
  // The strongest finding comes first: the verdict is its own.
  const first = signals[0];
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
      rule: first?.detector.startsWith('rule:') ? first.detector.slice('rule:'.length) : null,
      rule_version: first?.detector.startsWith('rule:') ? first.version : null,
    })
    .execute();
}

/** The newest verdict that was given on a revision, where it raised anything: a file that came late may have a verdict of its own. Served by verdict_by_revision. */
export async function findVerdict(
  tx: Tx,
  revision: string,
): Promise<
  { screening: string; verdict: string; harm: string; case: string; rule: string | null; ruleVersion: string | null } | undefined
> {
  return reading<Tables>(tx)
    .selectFrom('screening.verdict')
    .select(['screening', 'verdict', 'harm', 'case_id as case', 'rule', 'rule_version as ruleVersion'])
    .where('revision', '=', revision)
    .orderBy('given_at', 'desc')
    .orderBy('screening', 'desc')
    .executeTakeFirst();
}
