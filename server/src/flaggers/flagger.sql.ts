import { reading, type Tx } from '../foundation/db/transaction.ts';
import { type Because, changing } from '../records/because.ts';
import { mustHaveMoved, statesBefore } from '../records/questions.ts';
import { type Flagger, flaggerTransitions } from './flagger.ts';

interface Tables {
  'flaggers.flagger': {
    id: string;
    service: string;
    name: string;
    account: string | null;
    state: string;
    accredited_at: Date;
    suspended_at: Date | null;
    record: string;
  };
}

/** Accredited, for the first time or again. */
export async function upsertFlagger(because: Because<'flagger.accredited'>): Promise<void> {
  const { flagger, name } = because.payload;
  const { recordedAt, id: record, service } = because.record;
  const now = { name, state: 'accredited', accredited_at: recordedAt, suspended_at: null, record };
  const moved = await changing<Tables>(because)
    .insertInto('flaggers.flagger')
    .values({ id: flagger, service, account: because.party('account'), ...now })
    .onConflict((on) =>
      on
        .column('id')
        .doUpdateSet(now)
        .where('flaggers.flagger.state', 'in', statesBefore(flaggerTransitions, 'accredited', 'flagger.accredited')),
    )
    .executeTakeFirst();
  mustHaveMoved({ numUpdatedRows: moved.numInsertedOrUpdatedRows ?? 0n }, because, 'accredited');
}

export async function markSuspended(because: Because<'flagger.suspended'>): Promise<void> {
  const { recordedAt, id: record } = because.record;
  const moved = await changing<Tables>(because)
    .updateTable('flaggers.flagger')
    .set({ state: 'suspended', suspended_at: recordedAt, record })
    .where('id', '=', because.payload.flagger)
    .where('state', 'in', statesBefore(flaggerTransitions, 'suspended', 'flagger.suspended'))
    .executeTakeFirst();
  mustHaveMoved(moved, because, 'suspended');
}

/** With *report* goes from which account they report. */
export async function eraseParty(because: Because<'party.erased'>, party: string): Promise<void> {
  if (because.payload.purpose !== 'report') return;
  await changing<Tables>(because).updateTable('flaggers.flagger').set({ account: null }).where('account', '=', party).execute();
}

const columns = [
  'id',
  'service',
  'name',
  'account',
  'state',
  'accredited_at as accreditedAt',
  'suspended_at as suspendedAt',
  'record',
] as const;

/** Served by the primary key. */
export async function findFlagger(tx: Tx, id: string): Promise<Flagger | undefined> {
  return (await reading<Tables>(tx).selectFrom('flaggers.flagger').select(columns).where('id', '=', id).executeTakeFirst()) as
    | Flagger
    | undefined;
}

/** Who reports from this account, accredited or not. Served by flagger_by_account. */
export async function flaggerOfAccount(tx: Tx, account: string): Promise<Flagger | undefined> {
  return (await reading<Tables>(tx).selectFrom('flaggers.flagger').select(columns).where('account', '=', account).executeTakeFirst()) as
    | Flagger
    | undefined;
}

/** All of them: a handful. */
export async function listFlaggers(tx: Tx): Promise<Flagger[]> {
  return (await reading<Tables>(tx)
    .selectFrom('flaggers.flagger')
    .select(columns)
    .orderBy('service')
    .orderBy('name')
    .execute()) as Flagger[];
}
