import { reading, type Tx } from '../foundation/db/transaction.ts';
import { type Because, changing } from '../records/because.ts';
import { mustHaveMoved, statesBefore } from '../records/questions.ts';
import { type Accreditation, accreditationTransitions } from './accreditation.ts';

interface Tables {
  'flaggers.accreditation': {
    id: string;
    service: string;
    flagger: string;
    name: string;
    account: string | null;
    again: boolean;
    state: string;
    proposed_by: string | null;
    proposed_at: Date;
    settled_by: string | null;
    settled_at: Date | null;
    record: string;
    settlement: string | null;
  };
}

export async function insertAccreditation(because: Because<'accreditation.proposed'>): Promise<void> {
  const { accreditation: id, flagger, name, again } = because.payload;
  const { recordedAt, id: record, service } = because.record;
  const by = { proposed_by: because.party('actor'), proposed_at: recordedAt, record };
  await changing<Tables>(because)
    .insertInto('flaggers.accreditation')
    .values({ id, service, flagger, name, account: because.party('account'), again, state: 'waiting', ...by })
    .execute();
}

/** With the accreditation itself. One from before it needed two people answers to no proposal. */
export async function markAccepted(because: Because<'flagger.accredited'>): Promise<void> {
  const { accreditation } = because.payload;
  if (accreditation !== null) await settle(because, accreditation, 'accepted', 'flagger.accredited');
}

export async function markRefused(because: Because<'accreditation.refused'>): Promise<void> {
  await settle(because, because.payload.accreditation, 'refused', 'accreditation.refused');
}

export async function markWithdrawn(because: Because<'accreditation.withdrawn'>): Promise<void> {
  await settle(because, because.payload.accreditation, 'withdrawn', 'accreditation.withdrawn');
}

type Settling = 'flagger.accredited' | 'accreditation.refused' | 'accreditation.withdrawn';

async function settle(because: Because<Settling>, id: string, state: Accreditation['state'], by: Settling): Promise<void> {
  const { recordedAt, id: settlement } = because.record;
  const moved = await changing<Tables>(because)
    .updateTable('flaggers.accreditation')
    .set({ state, settled_by: because.party('actor'), settled_at: recordedAt, settlement })
    .where('id', '=', id)
    .where('state', 'in', statesBefore(accreditationTransitions, state, by))
    .executeTakeFirst();
  mustHaveMoved(moved, because, state);
}

/** With *report* goes from which account they would report; with *staff* the names of both people. */
export async function eraseAccreditations(because: Because<'party.erased'>, party: string): Promise<void> {
  const on = changing<Tables>(because).updateTable('flaggers.accreditation');
  if (because.payload.purpose === 'report') await on.set({ account: null }).where('account', '=', party).execute();
  if (because.payload.purpose !== 'staff') return;
  await on.set({ proposed_by: null }).where('proposed_by', '=', party).execute();
  await on.set({ settled_by: null }).where('settled_by', '=', party).execute();
}

const columns = [
  'id',
  'service',
  'flagger',
  'name',
  'account',
  'again',
  'state',
  'proposed_by as proposedBy',
  'proposed_at as proposedAt',
  'settled_by as settledBy',
  'settled_at as settledAt',
  'record',
  'settlement',
] as const;

const rows = (tx: Tx) => reading<Tables>(tx).selectFrom('flaggers.accreditation').select(columns);

/** Served by the primary key. */
export async function findAccreditation(tx: Tx, id: string): Promise<Accreditation | undefined> {
  return (await rows(tx).where('id', '=', id).executeTakeFirst()) as Accreditation | undefined;
}

/** What waits for this organisation, or for whoever has this account. Served by accreditation_waiting and accreditation_waiting_account. */
export async function accreditationWaitingFor(
  tx: Tx,
  whose: { readonly flagger: string } | { readonly account: string },
): Promise<Accreditation | undefined> {
  const waiting = rows(tx).where('state', '=', 'waiting');
  const theirs = 'flagger' in whose ? waiting.where('flagger', '=', whose.flagger) : waiting.where('account', '=', whose.account);
  return (await theirs.executeTakeFirst()) as Accreditation | undefined;
}

/** All that waits, the oldest first: a handful. Served by accreditation_waiting. */
export async function listWaiting(tx: Tx): Promise<Accreditation[]> {
  return (await rows(tx).where('state', '=', 'waiting').orderBy('proposed_at').orderBy('id').execute()) as Accreditation[];
}

/** What came to nothing, the newest first. Served by accreditation_settled. */
export async function listDeclined(tx: Tx, limit: number): Promise<Accreditation[]> {
  return (await rows(tx)
    .where('state', 'in', ['refused', 'withdrawn'])
    .orderBy('settled_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()) as Accreditation[];
}
