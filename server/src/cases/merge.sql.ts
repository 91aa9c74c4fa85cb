import { sql } from 'kysely';
import { reading, type Tx } from '../foundation/db/transaction.ts';
import { type Because, changing } from '../records/because.ts';
import { mustHaveMoved, statesBefore } from '../records/questions.ts';
import { caseTransitions } from './case.ts';
import { nextDue } from './clock.sql.ts';
import { moveWork, pressWork } from './work.sql.ts';

interface Tables {
  'cases.case': { id: string; state: string; harm: string; priority: boolean; merged_into: string | null };
  'cases.clock': { subject: string; clock: string; due_at: Date; stopped_at: Date | null };
}

/** It is one matter with another case: from here on it is decided there. */
export async function markMerged(because: Because<'case.merged'>): Promise<void> {
  const moved = await changing<Tables>(because)
    .updateTable('cases.case')
    .set({ state: 'merged', merged_into: because.payload.into })
    .where('id', '=', because.record.case as string)
    .where('state', 'in', statesBefore(caseTransitions, 'merged', 'case.merged'))
    .executeTakeFirst();
  mustHaveMoved(moved, because, 'merged');
  await moveWork(because, 'merged', {});
}

/** It stands for itself again. Its reports and clocks never were anybody else's, so there is nothing to give back. */
export async function markUnmerged(because: Because<'case.unmerged'>): Promise<void> {
  const moved = await changing<Tables>(because)
    .updateTable('cases.case')
    .set({ state: 'open', merged_into: null })
    .where('id', '=', because.record.case as string)
    .where('state', 'in', statesBefore(caseTransitions, 'open', 'case.unmerged'))
    .executeTakeFirst();
  mustHaveMoved(moved, because, 'open');
  await moveWork(because, 'waiting', {});
}

/** What a case comes to with all that is merged into it: the worse harm, the earlier deadlines, the more pressing place in the queue. */
export async function markCombined(because: Because<'case.combined'>): Promise<void> {
  const { harm, priority, clocks, rank, due_at } = because.payload;
  const id = because.record.case as string;
  await changing<Tables>(because).updateTable('cases.case').set({ harm, priority }).where('id', '=', id).execute();
  for (const { clock, due_at: due } of clocks)
    await changing<Tables>(because)
      .updateTable('cases.clock')
      .set({ due_at: new Date(due) })
      .where('subject', '=', id)
      .where('clock', '=', clock)
      .where('stopped_at', 'is', null)
      .execute();
  await pressWork(because, { rank, due: due_at === null ? null : new Date(due_at) });
  await nextDue(because, id);
}

/**
 * The items that hang together with these: those of the case that one of their cases was merged into, and of what else was. Each is changed with
 * the others, so they are locked together. Served by case_by_item and case_merged.
 */
export async function itemsWith(tx: Tx, items: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ item: string }>`
    with lead as (select distinct coalesce(c.merged_into, c.id) as id from cases.case c where c.item = any(${[...items]}::uuid[]))
    select m.item from lead join cases.case m on m.merged_into = lead.id
    union select c.item from lead join cases.case c on c.id = lead.id where exists (select from cases.case m where m.merged_into = lead.id)
    union select unnest(${[...items]}::uuid[])`.execute(reading(tx));
  return rows.map(({ item }) => item);
}

/** Cases that are decided and wait for the platform on this item, as their own or as one's that was merged into them, oldest first. Served by case_by_item. */
export async function decidedOn(tx: Tx, item: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select c.id from cases.case c
    where c.state = 'decided' and c.id in (select coalesce(o.merged_into, o.id) from cases.case o where o.item = ${item}::uuid)
    order by c.opened_at, c.id`.execute(reading(tx));
  return rows.map(({ id }) => id);
}

/** The case in whose life each of these is decided: its own, or the one that it was merged into. Served by the primary key. */
export async function leadsOf(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; lead: string }>`
    select id, coalesce(merged_into, id) as lead from cases.case where id = any(${[...new Set(ids)]}::uuid[])`.execute(reading(tx));
  return new Map(rows.map(({ id, lead }) => [id, lead]));
}
