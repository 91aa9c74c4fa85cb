import { reading, type Tx } from '../foundation/db/transaction.ts';
import { type Because, changing } from '../records/because.ts';
import { mustHaveMoved, statesBefore } from '../records/questions.ts';
import { type Appeal, appealTransitions } from './appeal.ts';

interface Tables {
  'appeals.appeal': {
    id: string;
    service: string;
    case_id: string;
    decision: string;
    role: string;
    appellant: string | null;
    language: string;
    state: string;
    outcome: string | null;
    new_decision: string | null;
    received_at: Date;
    decided_by: string | null;
    decided_at: Date | null;
    record: string;
  };
}

export async function insertAppeal(because: Because<'appeal.received'>): Promise<void> {
  const { appeal, decision, role, language } = because.payload;
  await changing<Tables>(because)
    .insertInto('appeals.appeal')
    .values({
      id: appeal,
      service: because.record.service,
      case_id: because.record.case as string,
      decision,
      role,
      appellant: because.party('appellant'),
      language,
      state: 'received',
      received_at: because.record.recordedAt,
      record: because.record.id,
    })
    .execute();
}

export async function settleAppeal(because: Because<'appeal.decided'>): Promise<void> {
  const { appeal, outcome, decision } = because.payload;
  const moved = await changing<Tables>(because)
    .updateTable('appeals.appeal')
    .set({ state: 'decided', outcome, new_decision: decision, decided_by: because.party('actor'), decided_at: because.record.recordedAt })
    .where('id', '=', appeal)
    .where('state', 'in', statesBefore(appealTransitions, 'decided', 'appeal.decided'))
    .executeTakeFirst();
  mustHaveMoved(moved, because, 'decided');
}

/** With *report* the appellant goes, with *staff* who decided. */
export async function eraseParty(because: Because<'party.erased'>, party: string): Promise<void> {
  const on = changing<Tables>(because);
  if (because.payload.purpose === 'report')
    await on.updateTable('appeals.appeal').set({ appellant: null }).where('appellant', '=', party).execute();
  if (because.payload.purpose === 'staff')
    await on.updateTable('appeals.appeal').set({ decided_by: null }).where('decided_by', '=', party).execute();
}

const columns = [
  'id',
  'service',
  'case_id as case',
  'decision',
  'role',
  'appellant',
  'language',
  'state',
  'outcome',
  'new_decision as newDecision',
  'received_at as receivedAt',
  'decided_by as decidedBy',
  'decided_at as decidedAt',
  'record',
] as const;

/** Served by the primary key. */
export async function findAppeal(tx: Tx, id: string): Promise<Appeal | undefined> {
  return (await reading<Tables>(tx).selectFrom('appeals.appeal').select(columns).where('id', '=', id).executeTakeFirst()) as
    | Appeal
    | undefined;
}

/** The appeal of this side against this decision. Served by appeal_once. */
export async function findAppealBy(tx: Tx, decision: string, role: string, appellant: string): Promise<Appeal | undefined> {
  return (await reading<Tables>(tx)
    .selectFrom('appeals.appeal')
    .select(columns)
    .where('decision', '=', decision)
    .where('role', '=', role)
    .where('appellant', '=', appellant)
    .executeTakeFirst()) as Appeal | undefined;
}

/** Whether this person still waits for an answer. Walks appeal_open. */
export async function hasOpenAppeal(tx: Tx, appellant: string): Promise<boolean> {
  return (
    (await reading<Tables>(tx)
      .selectFrom('appeals.appeal')
      .select('id')
      .where('appellant', '=', appellant)
      .where('state', '=', 'received')
      .limit(1)
      .executeTakeFirst()) !== undefined
  );
}

/** Whether somebody's appeal against this decision waits for an answer. Served by appeal_once. */
export async function isContested(tx: Tx, decision: string): Promise<boolean> {
  return (
    (await reading<Tables>(tx)
      .selectFrom('appeals.appeal')
      .select('id')
      .where('decision', '=', decision)
      .where('state', '=', 'received')
      .limit(1)
      .executeTakeFirst()) !== undefined
  );
}
