import { reading, type Tx } from '../foundation/db/transaction.ts';
import { type Because, changing } from '../records/because.ts';
import type { Decision } from './decision.ts';

interface Tables {
  'decisions.decision': { id: string; case_id: string; target: string; determination: string };
  'decisions.bundled': { decision: string; bundle: string; case_id: string };
}

/** What was decided as one. */
export async function insertBundle(because: Because<'bundle.decided'>): Promise<void> {
  const { bundle, decisions } = because.payload;
  await changing<Tables>(because)
    .insertInto('decisions.bundled')
    .values(decisions.map((decision) => ({ decision, bundle, case_id: because.record.case as string })))
    .execute();
}

/** The bundle that a decision was made in; undefined where it was made by itself. Served by the primary key. */
export async function findBundle(tx: Tx, decision: string): Promise<string | undefined> {
  const row = await reading<Tables>(tx)
    .selectFrom('decisions.bundled')
    .select('bundle')
    .where('decision', '=', decision)
    .executeTakeFirst();
  return row?.bundle;
}

/**
 * The decisions of which a notice may be that tells of this one: itself, what was decided as one with it, and the decision on an item that a
 * measure on an account followed from. Served by the primary key and bundled_by_bundle.
 */
export async function toldWith(tx: Tx, { id, follows }: { readonly id: string; readonly follows: string | null }): Promise<string[]> {
  const bundle = await findBundle(tx, follows ?? id);
  return [id, ...(bundle === undefined ? [] : await inBundle(tx, bundle))];
}

/** The bundles that these were made in; one that was made by itself is not among them. Served by the primary key. */
export async function bundlesOf(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await reading<Tables>(tx)
    .selectFrom('decisions.bundled')
    .select(['decision', 'bundle'])
    .where('decision', 'in', ids)
    .execute();
  return new Map(rows.map(({ decision, bundle }) => [decision, bundle]));
}

/** The decisions of a bundle. Served by bundled_by_bundle. */
export async function inBundle(tx: Tx, bundle: string): Promise<string[]> {
  const rows = await reading<Tables>(tx)
    .selectFrom('decisions.bundled')
    .select('decision')
    .where('bundle', '=', bundle)
    .orderBy('decision')
    .execute();
  return rows.map(({ decision }) => decision);
}

/** The decisions of a bundle in brief. Served by bundled_by_bundle and the primary key. */
export async function briefInBundle(
  tx: Tx,
  bundle: string,
): Promise<readonly Pick<Decision, 'id' | 'case' | 'target' | 'determination'>[]> {
  return (await reading<Tables>(tx)
    .selectFrom('decisions.bundled as b')
    .innerJoin('decisions.decision as d', 'd.id', 'b.decision')
    .select(['d.id', 'd.case_id as case', 'd.target', 'd.determination'])
    .where('b.bundle', '=', bundle)
    .orderBy('d.id')
    .execute()) as Pick<Decision, 'id' | 'case' | 'target' | 'determination'>[];
}
