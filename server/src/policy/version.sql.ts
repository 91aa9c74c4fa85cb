import { reading, type Tx } from '../foundation/db/transaction.ts';
import { type Because, changing } from '../records/because.ts';

interface Tables {
  'policy.version': { policy: string; digest: string; single_handed: boolean; published_at: Date };
}

export async function insertVersion(because: Because<'policy.published'>): Promise<void> {
  const { policy, digest, single_handed } = because.payload;
  await changing<Tables>(because)
    .insertInto('policy.version')
    .values({ policy, digest, single_handed, published_at: because.record.recordedAt })
    .execute();
}

/** Served by the primary key. */
export async function findVersion(tx: Tx, policy: string): Promise<{ policy: string; digest: string; singleHanded: boolean } | undefined> {
  return reading<Tables>(tx)
    .selectFrom('policy.version')
    .select(['policy', 'digest', 'single_handed as singleHanded'])
    .where('policy', '=', policy)
    .executeTakeFirst();
}
