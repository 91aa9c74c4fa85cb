import { reading, type Tx } from '../foundation/db/transaction.ts';
import { type Because, changing } from '../records/because.ts';
import { mustHaveMoved, statesBefore } from '../records/questions.ts';
import { type Alone, aloneTransitions, type Glass, glassTransitions } from './glass.ts';

interface Tables {
  'decisions.glass': {
    id: string;
    opened_by: string | null;
    opened_at: Date;
    until_at: Date;
    state: string;
    closed_at: Date | null;
    record: string;
  };
  'decisions.alone': {
    id: string;
    glass: string;
    case_id: string;
    proposal: string;
    needs: string[];
    decided_by: string | null;
    decided_at: Date;
    state: string;
    reviewed_by: string | null;
    reviewed_at: Date | null;
    instead: string | null;
    review: string | null;
  };
}

export async function insertGlass(because: Because<'break-glass.opened'>): Promise<void> {
  const { recordedAt, id: record } = because.record;
  const { glass: id, until } = because.payload;
  const row = { id, opened_by: because.party('actor'), opened_at: recordedAt, until_at: new Date(until), state: 'open', record };
  await changing<Tables>(because).insertInto('decisions.glass').values(row).execute();
}

export async function markGlassClosed(because: Because<'break-glass.closed'>): Promise<void> {
  const moved = await changing<Tables>(because)
    .updateTable('decisions.glass')
    .set({ state: 'closed', closed_at: because.record.recordedAt })
    .where('id', '=', because.payload.glass)
    .where('state', 'in', statesBefore(glassTransitions, 'closed', 'break-glass.closed'))
    .executeTakeFirst();
  mustHaveMoved(moved, because, 'closed');
}

export async function insertAlone(because: Because<'break-glass.used'>): Promise<void> {
  const { decision: id, glass, proposal, needs } = because.payload;
  const { recordedAt, case: of } = because.record;
  await changing<Tables>(because)
    .insertInto('decisions.alone')
    .values({
      ...{ id, glass, case_id: of as string, proposal, needs: [...needs], state: 'unreviewed' },
      decided_by: because.party('actor'),
      decided_at: recordedAt,
    })
    .execute();
}

export async function markReviewed(because: Because<'break-glass.reviewed'>): Promise<void> {
  const { decision, outcome, instead } = because.payload;
  const { recordedAt, id: review } = because.record;
  const moved = await changing<Tables>(because)
    .updateTable('decisions.alone')
    .set({ state: outcome, instead, reviewed_by: because.party('actor'), reviewed_at: recordedAt, review })
    .where('id', '=', decision)
    .where('state', 'in', statesBefore(aloneTransitions, outcome, 'break-glass.reviewed'))
    .executeTakeFirst();
  mustHaveMoved(moved, because, outcome);
}

/** With *staff* go the names of all who took part. */
export async function eraseAlone(because: Because<'party.erased'>, party: string): Promise<void> {
  if (because.payload.purpose !== 'staff') return;
  const on = changing<Tables>(because);
  await on.updateTable('decisions.glass').set({ opened_by: null }).where('opened_by', '=', party).execute();
  await on.updateTable('decisions.alone').set({ decided_by: null }).where('decided_by', '=', party).execute();
  await on.updateTable('decisions.alone').set({ reviewed_by: null }).where('reviewed_by', '=', party).execute();
}

const glassColumns = [
  'id',
  'opened_by as openedBy',
  'opened_at as openedAt',
  'until_at as until',
  'state',
  'closed_at as closedAt',
  'record',
] as const;
const aloneColumns = [
  'id',
  'glass',
  'case_id as case',
  'proposal',
  'needs',
  'decided_by as decidedBy',
  'decided_at as decidedAt',
  'state',
  'reviewed_by as reviewedBy',
  'reviewed_at as reviewedAt',
  'review',
] as const;

/** Served by the primary key. Locked: whoever uses or closes it does so one after another. */
export async function lockGlass(tx: Tx, id: string): Promise<Glass | undefined> {
  return (await reading<Tables>(tx)
    .selectFrom('decisions.glass')
    .select(glassColumns)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()) as Glass | undefined;
}

/** What this person has open. Walks glass_newest: it is opened seldom. */
export async function openGlassOf(tx: Tx, member: string, now: Date): Promise<Glass | undefined> {
  return (await reading<Tables>(tx)
    .selectFrom('decisions.glass')
    .select(glassColumns)
    .where('opened_by', '=', member)
    .where('state', '=', 'open')
    .where('until_at', '>', now)
    .orderBy('opened_at', 'desc')
    .limit(1)
    .executeTakeFirst()) as Glass | undefined;
}

/** The newest, with all that was decided under each. Walks glass_newest and alone_by_glass. */
export async function glassesWith(tx: Tx, limit: number): Promise<readonly (Glass & { readonly decided: readonly Alone[] })[]> {
  const glasses = (await reading<Tables>(tx)
    .selectFrom('decisions.glass')
    .select(glassColumns)
    .orderBy('opened_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()) as Glass[];
  if (glasses.length === 0) return [];
  const decided = (await reading<Tables>(tx)
    .selectFrom('decisions.alone')
    .select(aloneColumns)
    .where(
      'glass',
      'in',
      glasses.map(({ id }) => id),
    )
    .orderBy('decided_at')
    .execute()) as Alone[];
  return glasses.map((glass) => ({ ...glass, decided: decided.filter((one) => one.glass === glass.id) }));
}

/** What was decided alone, by the decision. Served by the primary key. */
export async function findAlone(tx: Tx, decision: string): Promise<Alone | undefined> {
  return (await reading<Tables>(tx).selectFrom('decisions.alone').select(aloneColumns).where('id', '=', decision).executeTakeFirst()) as
    | Alone
    | undefined;
}

/** What was decided alone among what was decided as one. Served by the primary key. */
export async function findAloneAmong(tx: Tx, made: readonly string[]): Promise<Alone | undefined> {
  return (await reading<Tables>(tx).selectFrom('decisions.alone').select(aloneColumns).where('id', 'in', made).executeTakeFirst()) as
    | Alone
    | undefined;
}
