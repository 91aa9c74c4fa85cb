import { sql } from 'kysely';
import { reading, type Tx } from '../foundation/db/transaction.ts';
import { type Because, changing } from '../records/because.ts';
import { mustHaveMoved, statesBefore } from '../records/questions.ts';
import type { Changes } from './document.ts';
import { type Draft, draftTransitions } from './draft.ts';

interface Tables {
  'policy.draft': {
    id: string;
    based_on: string;
    changes: string;
    digest: string;
    state: string;
    authors: string[];
    reviewed_by: string | null;
    review: string | null;
    changed_at: Date;
    policy: string | null;
  };
}

/** Begins a draft, or gives it what it says now. Whoever wrote is among its authors for good. */
export async function writeDraft(because: Because<'policy.drafted'>): Promise<void> {
  const { draft, based_on, changes, digest } = because.payload;
  const author = because.party('actor');
  const told = { based_on, changes: JSON.stringify(changes), digest, changed_at: because.record.recordedAt, state: 'drafting' };
  const moved = await changing<Tables>(because)
    .insertInto('policy.draft')
    .values({ id: draft, ...told, authors: author === null ? [] : [author], reviewed_by: null, review: null, policy: null })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet({
          ...told,
          reviewed_by: null,
          authors: sql<
            string[]
          >`case when ${author}::uuid is null or ${author}::uuid = any(draft.authors) then draft.authors else draft.authors || ${author}::uuid end`,
        })
        .where('policy.draft.state', 'in', statesBefore(draftTransitions, 'drafting', 'policy.drafted')),
    )
    .executeTakeFirst();
  mustHaveMoved({ numUpdatedRows: moved.numInsertedOrUpdatedRows ?? 0n }, because, 'drafting');
}

export async function reviewDraft(because: Because<'policy.reviewed'>): Promise<void> {
  const { draft, outcome } = because.payload;
  const to = outcome === 'accepted' ? 'accepted' : 'drafting';
  const moved = await changing<Tables>(because)
    .updateTable('policy.draft')
    .set({ state: to, reviewed_by: because.party('actor'), review: because.record.id })
    .where('id', '=', draft)
    .where('state', 'in', statesBefore(draftTransitions, to, 'policy.reviewed'))
    .executeTakeFirst();
  mustHaveMoved(moved, because, to);
}

export async function scheduleDraft(because: Because<'policy.scheduled'>): Promise<void> {
  const moved = await changing<Tables>(because)
    .updateTable('policy.draft')
    .set({ state: 'scheduled', policy: because.payload.policy })
    .where('id', '=', because.payload.draft)
    .where('state', 'in', statesBefore(draftTransitions, 'scheduled', 'policy.scheduled'))
    .executeTakeFirst();
  mustHaveMoved(moved, because, 'scheduled');
}

export async function dropDraft(because: Because<'policy.dropped'>): Promise<void> {
  const moved = await changing<Tables>(because)
    .updateTable('policy.draft')
    .set({ state: 'dropped' })
    .where('id', '=', because.payload.draft)
    .where('state', 'in', statesBefore(draftTransitions, 'dropped', 'policy.dropped'))
    .executeTakeFirst();
  mustHaveMoved(moved, because, 'dropped');
}

/** With *staff* goes who wrote and who reviewed. */
export async function eraseParty(because: Because<'party.erased'>, party: string): Promise<void> {
  if (because.payload.purpose !== 'staff') return;
  const on = changing<Tables>(because);
  await on
    .updateTable('policy.draft')
    .set({ authors: sql<string[]>`array_remove(authors, ${party}::uuid)` })
    .where(sql<boolean>`${party}::uuid = any(authors)`)
    .execute();
  await on.updateTable('policy.draft').set({ reviewed_by: null }).where('reviewed_by', '=', party).execute();
}

const columns = [
  'id',
  'based_on as basedOn',
  'changes',
  'digest',
  'state',
  'authors',
  'reviewed_by as reviewedBy',
  'review',
  'changed_at as changedAt',
  'policy',
] as const;

/** Served by the primary key. */
export async function findDraft(tx: Tx, id: string): Promise<Draft | undefined> {
  const row = await reading<Tables>(tx).selectFrom('policy.draft').select(columns).where('id', '=', id).executeTakeFirst();
  return row && { ...row, state: row.state as Draft['state'], changes: row.changes as unknown as Changes };
}

/** The draft that a version came from; undefined of the first. A handful. */
export async function draftOf(tx: Tx, policy: string): Promise<Draft | undefined> {
  const row = await reading<Tables>(tx).selectFrom('policy.draft').select(columns).where('policy', '=', policy).executeTakeFirst();
  return row && { ...row, state: row.state as Draft['state'], changes: row.changes as unknown as Changes };
}

/** What is being written now, the newest change first: a handful. */
export async function openDrafts(tx: Tx): Promise<Draft[]> {
  const rows = await reading<Tables>(tx)
    .selectFrom('policy.draft')
    .select(columns)
    .where('state', 'in', ['drafting', 'accepted'])
    .orderBy('changed_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ ...row, state: row.state as Draft['state'], changes: row.changes as unknown as Changes }));
}
