import { reading, type Tx } from '../foundation/db/transaction.ts';
import { type Because, changing } from '../records/because.ts';
import { mustHaveMoved, statesBefore } from '../records/questions.ts';
import { type Held, heldTransitions } from './held.ts';

interface Tables {
  'decisions.held': {
    id: string;
    service: string;
    case_id: string;
    revision: string;
    determination: string;
    clause: string | null;
    territory: string | null;
    days: number | null;
    policy: string;
    appeal: string | null;
    bundle: number | null;
    state: string;
    held_by: string | null;
    held_at: Date;
    until: Date;
    decision: string | null;
    record: string;
  };
}

export async function insertHeld(because: Because<'decision.held'>): Promise<void> {
  const { held, revision, determination, clause, territory, days, policy, appeal, bundle, until } = because.payload;
  const { service, case: of, recordedAt, id: record } = because.record;
  await changing<Tables>(because)
    .insertInto('decisions.held')
    .values({
      id: held,
      service,
      case_id: of as string,
      revision,
      determination,
      clause,
      territory,
      days,
      policy,
      appeal,
      bundle: bundle?.cases.length ?? null,
      state: 'held',
      held_by: because.party('actor'),
      held_at: recordedAt,
      until: new Date(until),
      record,
    })
    .execute();
}

export async function markReleased(because: Because<'decision.released'>): Promise<void> {
  const { held, decision } = because.payload;
  await move(because, held, { state: 'released', decision });
}

export async function markUndone(because: Because<'decision.undone'>): Promise<void> {
  await move(because, because.payload.held, { state: 'undone', decision: null });
}

async function move(because: Because, id: string, to: { readonly state: Held['state']; readonly decision: string | null }): Promise<void> {
  const moved = await changing<Tables>(because)
    .updateTable('decisions.held')
    .set(to)
    .where('id', '=', id)
    .where('state', 'in', statesBefore(heldTransitions, to.state, because.record.kind))
    .executeTakeFirst();
  mustHaveMoved(moved, because, to.state);
}

/** With *staff* goes the name of who decided. */
export async function eraseHolders(because: Because<'party.erased'>, party: string): Promise<void> {
  if (because.payload.purpose !== 'staff') return;
  await changing<Tables>(because).updateTable('decisions.held').set({ held_by: null }).where('held_by', '=', party).execute();
}

const columns = [
  'id',
  'service',
  'case_id as case',
  'revision',
  'determination',
  'clause',
  'territory',
  'days',
  'policy',
  'appeal',
  'bundle',
  'state',
  'held_by as heldBy',
  'held_at as heldAt',
  'until',
  'decision',
  'record',
] as const;

export async function findHeld(tx: Tx, id: string): Promise<Held | undefined> {
  return (await reading<Tables>(tx).selectFrom('decisions.held').select(columns).where('id', '=', id).executeTakeFirst()) as
    | Held
    | undefined;
}

/** What is about to be carried out in a case. Served by held_in_case. */
export async function heldIn(tx: Tx, of: string): Promise<Held | undefined> {
  return (await reading<Tables>(tx)
    .selectFrom('decisions.held')
    .select(columns)
    .where('case_id', '=', of)
    .where('state', '=', 'held')
    .executeTakeFirst()) as Held | undefined;
}

/** What this person can still take back, the first to go first. Served by held_by_person. */
export async function heldBy(tx: Tx, staff: string): Promise<readonly Held[]> {
  return (await reading<Tables>(tx)
    .selectFrom('decisions.held')
    .select(columns)
    .where('held_by', '=', staff)
    .where('state', '=', 'held')
    .orderBy('until')
    .orderBy('id')
    .execute()) as unknown as readonly Held[];
}

/** Whose time to undo is over, the longest first. Served by held_due. */
export async function heldUntil(tx: Tx, now: Date, limit: number): Promise<readonly Pick<Held, 'id' | 'case'>[]> {
  return reading<Tables>(tx)
    .selectFrom('decisions.held')
    .select(['id', 'case_id as case'])
    .where('state', '=', 'held')
    .where('until', '<=', now)
    .orderBy('until')
    .orderBy('id')
    .limit(limit)
    .execute();
}
