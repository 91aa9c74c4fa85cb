import { reading, type Tx } from '../foundation/db/transaction.ts';
import { type Because, changing } from '../records/because.ts';
import { mustHaveMoved, statesBefore } from '../records/questions.ts';
import { type ActAlone, actAloneTransitions } from './act-alone.ts';

interface Tables {
  'decisions.act_alone': {
    id: string;
    glass: string;
    what: string;
    subject: string;
    acted_by: string | null;
    acted_at: Date;
    state: string;
    reviewed_by: string | null;
    reviewed_at: Date | null;
    review: string | null;
  };
}

export async function insertAct(because: Because<'break-glass.acted'>): Promise<void> {
  const { act: id, glass, what, subject } = because.payload;
  await changing<Tables>(because)
    .insertInto('decisions.act_alone')
    .values({ id, glass, what, subject, acted_by: because.party('actor'), acted_at: because.record.recordedAt, state: 'unreviewed' })
    .execute();
}

export async function markActReviewed(because: Because<'break-glass.act-reviewed'>): Promise<void> {
  const { act, outcome } = because.payload;
  const { recordedAt, id: review } = because.record;
  const moved = await changing<Tables>(because)
    .updateTable('decisions.act_alone')
    .set({ state: outcome, reviewed_by: because.party('actor'), reviewed_at: recordedAt, review })
    .where('id', '=', act)
    .where('state', 'in', statesBefore(actAloneTransitions, outcome, 'break-glass.act-reviewed'))
    .executeTakeFirst();
  mustHaveMoved(moved, because, outcome);
}

/** With *staff* go the names of all who took part. */
export async function eraseActors(because: Because<'party.erased'>, party: string): Promise<void> {
  if (because.payload.purpose !== 'staff') return;
  const on = changing<Tables>(because);
  await on.updateTable('decisions.act_alone').set({ acted_by: null }).where('acted_by', '=', party).execute();
  await on.updateTable('decisions.act_alone').set({ reviewed_by: null }).where('reviewed_by', '=', party).execute();
}

const columns = [
  'id',
  'glass',
  'what',
  'subject',
  'acted_by as actedBy',
  'acted_at as actedAt',
  'state',
  'reviewed_by as reviewedBy',
  'reviewed_at as reviewedAt',
  'review',
] as const;

/** Served by the primary key. Locked: whoever reviews it does so one after another. */
export async function lockAct(tx: Tx, id: string): Promise<ActAlone | undefined> {
  return (await reading<Tables>(tx)
    .selectFrom('decisions.act_alone')
    .select(columns)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()) as ActAlone | undefined;
}

/** The last time that this was put into force by one person alone. Served by act_alone_by_subject. */
export async function findActOn(tx: Tx, what: ActAlone['what'], subject: string): Promise<ActAlone | undefined> {
  return (await reading<Tables>(tx)
    .selectFrom('decisions.act_alone')
    .select(columns)
    .where('what', '=', what)
    .where('subject', '=', subject)
    .orderBy('acted_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()) as ActAlone | undefined;
}

/** The same of all rules, or of all versions: of each the last time. A handful; served by act_alone_by_subject. */
export async function findActsOn(tx: Tx, what: ActAlone['what']): Promise<ReadonlyMap<string, ActAlone>> {
  const acts = (await reading<Tables>(tx)
    .selectFrom('decisions.act_alone')
    .select(columns)
    .where('what', '=', what)
    .orderBy('acted_at')
    .orderBy('id')
    .execute()) as ActAlone[];
  return new Map(acts.map((act) => [act.subject, act]));
}

/** What was put into force under these openings, oldest first. Served by act_alone_by_glass. */
export async function actsUnder(tx: Tx, glasses: readonly string[]): Promise<readonly ActAlone[]> {
  if (glasses.length === 0) return [];
  return (await reading<Tables>(tx)
    .selectFrom('decisions.act_alone')
    .select(columns)
    .where('glass', 'in', glasses)
    .orderBy('acted_at')
    .orderBy('id')
    .execute()) as ActAlone[];
}
