import { reading, type Tx } from '../foundation/db/transaction.ts';
import { type Because, changing } from '../records/because.ts';
import { mustHaveMoved, statesBefore } from '../records/questions.ts';
import { type Ending, endingTransitions } from './ending.ts';

interface Tables {
  'decisions.ending': {
    id: string;
    service: string;
    case_id: string;
    state: string;
    proposed_by: string | null;
    proposed_at: Date;
    settled_by: string | null;
    settled_at: Date | null;
    decision: string | null;
    settlement: string | null;
  };
}

export async function insertEnding(because: Because<'ending.proposed'>): Promise<void> {
  const { service, case: of, recordedAt } = because.record;
  const row = { id: because.payload.suspension, service, case_id: of as string, state: 'waiting' };
  await changing<Tables>(because)
    .insertInto('decisions.ending')
    .values({ ...row, proposed_by: because.party('actor'), proposed_at: recordedAt })
    .execute();
}

export async function settleEnding(because: Because<'ending.settled'>): Promise<void> {
  const { suspension, outcome, decision } = because.payload;
  const { id: settlement, recordedAt } = because.record;
  const moved = await changing<Tables>(because)
    .updateTable('decisions.ending')
    .set({ state: outcome, decision, settlement, settled_by: because.party('actor'), settled_at: recordedAt })
    .where('id', '=', suspension)
    .where('state', 'in', statesBefore(endingTransitions, outcome, 'ending.settled'))
    .executeTakeFirst();
  mustHaveMoved(moved, because, outcome);
}

/** With *staff* go the names of both. */
export async function eraseEnders(because: Because<'party.erased'>, party: string): Promise<void> {
  if (because.payload.purpose !== 'staff') return;
  const on = changing<Tables>(because);
  await on.updateTable('decisions.ending').set({ proposed_by: null }).where('proposed_by', '=', party).execute();
  await on.updateTable('decisions.ending').set({ settled_by: null }).where('settled_by', '=', party).execute();
}

/** By the decision that suspended the account. Served by the primary key. */
export async function findEnding(tx: Tx, suspension: string): Promise<Ending | undefined> {
  return (await reading<Tables>(tx)
    .selectFrom('decisions.ending')
    .select([
      'id',
      'service',
      'case_id as case',
      'state',
      'proposed_by as proposedBy',
      'proposed_at as proposedAt',
      'settled_by as settledBy',
      'settled_at as settledAt',
      'decision',
      'settlement',
    ])
    .where('id', '=', suspension)
    .executeTakeFirst()) as Ending | undefined;
}
