import { sql } from 'kysely';
import { reading, type Tx } from '../foundation/db/transaction.ts';
import { type Because, changing } from '../records/because.ts';
import { mustHaveMoved, statesBefore } from '../records/questions.ts';
import { type Action, actionTransitions } from './action.ts';

interface Tables {
  'enforcement.action': {
    id: string;
    service: string;
    case_id: string;
    decision: string;
    target_kind: string;
    target: string;
    target_seq: number;
    do: string;
    desired: string;
    label: string | null;
    temporary: boolean;
    territory: string | null;
    state: string;
    reported: string | null;
    mismatches: number;
    not_before: Date;
    ordered_at: Date;
    settled_at: Date | null;
  };
}

/** A newer desired state takes the place of an older one that the platform has not acknowledged yet: undelivered actions collapse. */
export async function insertAction(because: Because<'action.ordered'>): Promise<void> {
  const p = because.payload;
  const on = changing<Tables>(because);
  await on
    .updateTable('enforcement.action')
    .set({ state: 'superseded', settled_at: because.record.recordedAt })
    .where('target', '=', p.target)
    .where('state', 'in', statesBefore(actionTransitions, 'superseded', 'action.ordered'))
    .execute();
  await on
    .insertInto('enforcement.action')
    .values({
      id: p.action,
      service: because.record.service,
      case_id: because.record.case as string,
      decision: p.decision,
      target_kind: p.target_kind,
      target: p.target,
      target_seq: p.target_seq,
      do: p.do,
      desired: p.desired,
      label: p.label,
      temporary: p.temporary,
      territory: p.territory,
      state: 'ordered',
      mismatches: 0,
      not_before: new Date(p.not_before),
      ordered_at: because.record.recordedAt,
    })
    .execute();
}

export async function settleAction(because: Because<'action.acknowledged'>): Promise<void> {
  const { action, result, reported } = because.payload;
  const moved = await changing<Tables>(because)
    .updateTable('enforcement.action')
    .set({ state: result, reported, settled_at: because.record.recordedAt })
    .where('id', '=', action)
    .where('state', 'in', statesBefore(actionTransitions, result, 'action.acknowledged'))
    .executeTakeFirst();
  mustHaveMoved(moved, because, result);
}

/** Its time ended before the platform had acknowledged it: *lapsed undelivered*. */
export async function lapseAction(because: Because<'action.lapsed'>): Promise<void> {
  const moved = await changing<Tables>(because)
    .updateTable('enforcement.action')
    .set({ state: 'lapsed', settled_at: because.record.recordedAt })
    .where('id', '=', because.payload.action)
    .where('state', 'in', statesBefore(actionTransitions, 'lapsed', 'action.lapsed'))
    .executeTakeFirst();
  mustHaveMoved(moved, because, 'lapsed');
}

export async function noteMismatch(because: Because<'action.mismatched'>): Promise<void> {
  const { action, reported } = because.payload;
  const moved = await changing<Tables>(because)
    .updateTable('enforcement.action')
    .set({ reported, mismatches: sql<number>`mismatches + 1` })
    .where('id', '=', action)
    .where('state', 'in', statesBefore(actionTransitions, 'ordered', 'action.mismatched'))
    .executeTakeFirst();
  mustHaveMoved(moved, because, 'ordered');
}

const columns = [
  'id',
  'service',
  'case_id as case',
  'decision',
  'target_kind as targetKind',
  'target',
  'target_seq as targetSeq',
  'do',
  'desired',
  'label',
  'temporary',
  'territory',
  'state',
  'reported',
  'mismatches',
  'not_before as notBefore',
  'ordered_at as orderedAt',
  'settled_at as settledAt',
] as const;

/** Served by the primary key. */
export async function findAction(tx: Tx, id: string): Promise<Action | undefined> {
  return (await reading<Tables>(tx).selectFrom('enforcement.action').select(columns).where('id', '=', id).executeTakeFirst()) as
    | Action
    | undefined;
}

/** The newest action on a target: what the platform should show. Served by unique (target, target_seq). */
export async function findNewest(tx: Tx, target: string): Promise<Action | undefined> {
  return (await reading<Tables>(tx)
    .selectFrom('enforcement.action')
    .select(columns)
    .where('target', '=', target)
    .orderBy('target_seq', 'desc')
    .limit(1)
    .executeTakeFirst()) as Action | undefined;
}

/** The newest action on a target that had been ordered by then. Served by unique (target, target_seq). */
export async function findNewestAt(tx: Tx, target: string, at: Date): Promise<Action | undefined> {
  return (await reading<Tables>(tx)
    .selectFrom('enforcement.action')
    .select(columns)
    .where('target', '=', target)
    .where('ordered_at', '<=', at)
    .orderBy('target_seq', 'desc')
    .limit(1)
    .executeTakeFirst()) as Action | undefined;
}

/** Served by action_by_decision. */
export async function actionsOf(tx: Tx, decision: string): Promise<Action[]> {
  return (await reading<Tables>(tx)
    .selectFrom('enforcement.action')
    .select(columns)
    .where('decision', '=', decision)
    .orderBy('target_seq')
    .execute()) as Action[];
}

/** Decided, not enforced, oldest first, by keyset. Walks action_not_enforced. */
export async function notEnforced(
  tx: Tx,
  service: string | null,
  after: { orderedAt: Date; id: string } | null,
  limit: number,
): Promise<Action[]> {
  let query = reading<Tables>(tx).selectFrom('enforcement.action').select(columns).where('state', '=', 'ordered');
  if (service !== null) query = query.where('service', '=', service);
  if (after) query = query.where(sql<boolean>`(ordered_at, id) > (${after.orderedAt}, ${after.id}::uuid)`);
  return (await query.orderBy('ordered_at').orderBy('id').limit(limit).execute()) as Action[];
}
