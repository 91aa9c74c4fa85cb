import { reading, type Tx } from '../foundation/db/transaction.ts';
import { type Because, changing } from '../records/because.ts';
import type { Decision } from './decision.ts';

interface Tables {
  'decisions.decision': {
    id: string;
    puid: string;
    service: string;
    case_id: string;
    stage: string;
    automated: string;
    item: string;
    revision: string;
    determination: string;
    clause: string | null;
    policy: string;
    supersedes: string | null;
    superseded_by: string | null;
    appeal: string | null;
    expires_at: Date | null;
    lapsed_at: Date | null;
    appeal_until: Date | null;
    decided_by: string | null;
    decided_at: Date;
    record: string;
  };
}

/** Never edited: a decision that overturns another is a new one, and the old one only learns by which. */
export async function insertDecision(because: Because<'decision.made'>): Promise<void> {
  const p = because.payload;
  const on = changing<Tables>(because);
  await on
    .insertInto('decisions.decision')
    .values({
      id: p.decision,
      puid: p.puid,
      service: because.record.service,
      case_id: because.record.case as string,
      stage: p.stage,
      automated: p.automated,
      item: p.item,
      revision: p.revision,
      determination: p.determination,
      clause: p.clause,
      policy: p.policy,
      supersedes: p.supersedes,
      appeal: p.appeal,
      expires_at: p.expires_at === null ? null : new Date(p.expires_at),
      appeal_until: p.appeal_until === null ? null : new Date(p.appeal_until),
      decided_by: because.party('actor'),
      decided_at: because.record.recordedAt,
      record: because.record.id,
    })
    .execute();
  if (p.supersedes !== null)
    await on.updateTable('decisions.decision').set({ superseded_by: p.decision }).where('id', '=', p.supersedes).execute();
}

export async function markLapsed(because: Because<'period.lapsed'>): Promise<void> {
  await changing<Tables>(because)
    .updateTable('decisions.decision')
    .set({ lapsed_at: because.record.recordedAt })
    .where('id', '=', because.payload.decision)
    .execute();
}

/** With *staff* goes who decided. */
export async function eraseParty(because: Because<'party.erased'>, party: string): Promise<void> {
  if (because.payload.purpose !== 'staff') return;
  await changing<Tables>(because).updateTable('decisions.decision').set({ decided_by: null }).where('decided_by', '=', party).execute();
}

const columns = [
  'id',
  'puid',
  'service',
  'case_id as case',
  'stage',
  'automated',
  'item',
  'revision',
  'determination',
  'clause',
  'policy',
  'supersedes',
  'superseded_by as supersededBy',
  'appeal',
  'expires_at as expiresAt',
  'lapsed_at as lapsedAt',
  'appeal_until as appealUntil',
  'decided_by as decidedBy',
  'decided_at as decidedAt',
  'record',
] as const;

/** Served by the primary key. */
export async function findDecision(tx: Tx, id: string): Promise<Decision | undefined> {
  return (await reading<Tables>(tx).selectFrom('decisions.decision').select(columns).where('id', '=', id).executeTakeFirst()) as
    | Decision
    | undefined;
}

/** By the public id on the statement of reasons. Served by its unique index. */
export async function findByPuid(tx: Tx, puid: string): Promise<Decision | undefined> {
  return (await reading<Tables>(tx).selectFrom('decisions.decision').select(columns).where('puid', '=', puid).executeTakeFirst()) as
    | Decision
    | undefined;
}

/** The decision that stands on an item now: the newest that nothing has superseded. Served by decision_by_item. */
export async function findStanding(tx: Tx, item: string): Promise<Decision | undefined> {
  return (await reading<Tables>(tx)
    .selectFrom('decisions.decision')
    .select(columns)
    .where('item', '=', item)
    .where('superseded_by', 'is', null)
    .orderBy('decided_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()) as Decision | undefined;
}

/** All decisions of a case, oldest first. Served by decision_by_case. */
export async function decisionsOf(tx: Tx, caseId: string): Promise<Decision[]> {
  return (await reading<Tables>(tx)
    .selectFrom('decisions.decision')
    .select(columns)
    .where('case_id', '=', caseId)
    .orderBy('decided_at')
    .orderBy('id')
    .execute()) as Decision[];
}

/** Periods of temporary inaccessibility that ran out undetermined, and were not noted since `again`. Walks decision_expiring. */
export async function expiredPeriods(tx: Tx, now: Date, again: Date, limit: number): Promise<Decision[]> {
  const rows = await reading<Tables>(tx)
    .selectFrom('decisions.decision')
    .select(columns)
    .where('expires_at', '<', now)
    .where('superseded_by', 'is', null)
    .where(({ eb, or }) => or([eb('lapsed_at', 'is', null), eb('lapsed_at', '<', again)]))
    .orderBy('expires_at')
    .limit(limit)
    .execute();
  return rows as Decision[];
}
