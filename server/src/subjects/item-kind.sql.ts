import { reading, type Tx } from '../foundation/db/transaction.ts';
import { type Because, changing } from '../records/because.ts';
import type { ItemKind, OwnKind } from './subject.ts';

interface Tables {
  'subjects.item_kind': { service: string; kind: string; handled_as: string; schema: string; digest: string; defined_at: Date };
}

/** What counts from now on; what it is handled as stays, so that no two items of one kind are handled differently. */
export async function upsertItemKind(because: Because<'item-kind.defined'>): Promise<void> {
  const { kind, as, schema, digest } = because.payload;
  const defined = { schema, digest, defined_at: because.record.recordedAt };
  await changing<Tables>(because)
    .insertInto('subjects.item_kind')
    .values({ service: because.record.service, kind, handled_as: as, ...defined })
    .onConflict((on) => on.columns(['service', 'kind']).doUpdateSet(defined))
    .execute();
}

function select(tx: Tx) {
  return reading<Tables>(tx).selectFrom('subjects.item_kind').select(['service', 'kind', 'handled_as as as', 'schema', 'digest']);
}

function typed(row: Omit<OwnKind, 'as'> & { readonly as: string }): OwnKind {
  return { ...row, as: row.as as ItemKind };
}

/** Served by the primary key. */
export async function findOwnKind(tx: Tx, service: string, kind: string): Promise<OwnKind | undefined> {
  const row = await select(tx).where('service', '=', service).where('kind', '=', kind).executeTakeFirst();
  return row && typed(row);
}

/** All that services defined; fifty a service at most. */
export async function listOwnKinds(tx: Tx): Promise<OwnKind[]> {
  return (await select(tx).orderBy('service').orderBy('kind').execute()).map(typed);
}
