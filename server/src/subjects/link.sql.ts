import { sql } from 'kysely';
import { reading, type Tx } from '../foundation/db/transaction.ts';
import { type Because, changing } from '../records/because.ts';
import { mustHaveMoved, statesBefore } from '../records/questions.ts';
import { commonOver, type Link, linkTransitions, type Shared, strongKinds } from './link.ts';

interface Tables {
  'subjects.link': {
    id: string;
    account: string | null;
    ended: string | null;
    state: string;
    kinds: string[] | null;
    confidence: string | null;
    case_id: string | null;
    noted_at: Date;
    undone_at: Date | null;
  };
}

/** Two accounts are linked, or have more in common than was known. Where either is erased, nobody is. */
export async function insertLink(because: Because<'account.linked'>): Promise<void> {
  const [account, ended] = [because.party('account'), because.party('ended')];
  const both = account !== null && ended !== null;
  const basis = both ? because.payload.basis : null;
  const said = { kinds: basis?.kinds ?? null, confidence: basis?.confidence ?? null };
  await changing<Tables>(because)
    .insertInto('subjects.link')
    .values({
      id: because.payload.link,
      account: both ? account : null,
      ended: both ? ended : null,
      state: 'linked',
      ...said,
      case_id: because.record.case,
      noted_at: because.record.recordedAt,
      undone_at: null,
    })
    .onConflict((on) =>
      on
        .column('id')
        .doUpdateSet({ ...said, case_id: sql`coalesce(excluded.case_id, subjects.link.case_id)` })
        .where('subjects.link.state', 'in', statesBefore(linkTransitions, 'linked', because.record.kind)),
    )
    .execute();
}

/** It is somebody else. */
export async function undoLink(because: Because<'account.unlinked'>): Promise<void> {
  const moved = await changing<Tables>(because)
    .updateTable('subjects.link')
    .set({ state: 'undone', undone_at: because.record.recordedAt })
    .where('id', '=', because.payload.link)
    .where('state', 'in', statesBefore(linkTransitions, 'undone', because.record.kind))
    .executeTakeFirst();
  mustHaveMoved(moved, because, 'undone');
}

/** Whoever is erased for *linking* is linked to nobody any more. Served by link_of_pair and link_by_ended. */
export async function eraseLinks(because: Because<'party.erased'>, party: string): Promise<void> {
  if (because.payload.purpose !== 'linking') return;
  await changing<Tables>(because)
    .updateTable('subjects.link')
    .set({ account: null, ended: null, kinds: null, confidence: null })
    .where((or) => or.or([or('account', '=', party), or('ended', '=', party)]))
    .execute();
}

/** To which ended accounts this one was linked, undone links too. Served by link_of_pair. */
export async function linksOf(tx: Tx, account: string): Promise<Link[]> {
  return (await reading<Tables>(tx)
    .selectFrom('subjects.link')
    .select(['id', 'account', 'ended', 'state', 'kinds', 'confidence', 'case_id as case'])
    .where('account', '=', account)
    .orderBy('noted_at')
    .orderBy('id')
    .execute()) as Link[];
}

/** Another account that is known by the same, and by what. */
export interface Sharing {
  readonly account: string;
  readonly shared: readonly Shared[];
}

/**
 * Other accounts that are known by the same, those first that have the most in common which strangers hardly share, at most a hundred: behind a whole
 * university on one network, somebody with the same telephone is not lost. How many have a thing in common is counted up to a hundred: beyond that
 * it says nothing, and a hundred of them are looked at. Served by identifier_by_digest and the primary key.
 */
export async function sharingWith(tx: Tx, account: string): Promise<Sharing[]> {
  const { rows } = await sql<Sharing>`
    with mine as materialized (
      select known.kind, known.digest, (select count(*)::int from (
        select from subjects.identifier one where one.kind = known.kind and one.digest = known.digest limit 100) few) as holders
      from subjects.identifier known where known.account = ${account}),
    found as materialized (
      select distinct holder.account from mine cross join lateral (
        select other.account from subjects.identifier other
        where other.kind = mine.kind and other.digest = mine.digest and other.account <> ${account} limit 100) holder),
    pair as (
      select other.account, other.kind, min(mine.holders) as holders from found
      join subjects.identifier other on other.account = found.account
      join mine on mine.kind = other.kind and mine.digest = other.digest
      group by other.account, other.kind)
    select account, json_agg(json_build_object('kind', kind, 'holders', holders) order by kind) as shared
    from pair group by account
    order by count(*) filter (where kind = any(${strongKinds}::text[]) and holders <= ${commonOver}) desc, count(*) desc, account
    limit 100`.execute(reading(tx));
  return rows;
}

/** When it was first said by what an account is known. Served by the primary key. */
export async function identifiedSince(tx: Tx, account: string): Promise<Date | null> {
  const { rows } = await sql<{
    since: Date | null;
  }>`select min(noted_at) as since from subjects.identifier where account = ${account}`.execute(reading(tx));
  return rows[0]?.since ?? null;
}
