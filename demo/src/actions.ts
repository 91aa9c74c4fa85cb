import type { Sql } from './database.ts';
import { owe } from './errands.ts';
import { applyToAccount, standingOf } from './measures/standing.ts';
import { measureOf, reported, stateOf } from './measures/state.ts';
import type { Action } from './perisai.ts';
import { hold } from './posts.ts';
import type { Weather } from './weather.ts';

/**
 * Does what Perisai asks, and owes it the acknowledgement in the same transaction: a crash after this loses neither. An action whose
 * `target_seq` is not above the last one applied changes nothing, and is still acknowledged, with the state the target then has. So is
 * one that Warung doesn't know how to do: the state says that it was not done. A target that Warung doesn't have is acknowledged as
 * gone; of a kind of target that it has never heard of it says nothing. Answers whether anything changed.
 */
export async function apply(sql: Sql, action: Action, weather: Weather): Promise<boolean> {
  if (action.target.kind !== 'item' && action.target.kind !== 'account') return false;
  const changed = action.target.kind === 'account' ? await applyToAccount(sql, action) : await applyToItem(sql, action);
  await acknowledgeLater(sql, action, weather);
  return changed;
}

async function applyToItem(sql: Sql, action: Action): Promise<boolean> {
  const post = await hold(sql, action.target.id);
  if (post === null || action.target_seq <= post.applied_seq) return false;
  const measure = measureOf(action.do, post.kind);
  if (measure === null) return false;
  const lifted = post.withheld_seq === null ? measure !== 'inaccessible' : action.target_seq >= post.withheld_seq;
  await sql.query(
    `update warung.post set measure = $2, label = $3, applied_seq = $4, last_action = $5, territory = $7,
       screening = case when screening = 'withheld' and $6 then 'published' else screening end,
       withheld_seq = case when $6 then null else withheld_seq end
     where id = $1`,
    [
      post.id,
      measure,
      action.do === 'label' ? (action.label ?? 'label') : null,
      action.target_seq,
      JSON.stringify(action),
      lifted,
      action.territory ?? null,
    ],
  );
  return true;
}

/**
 * Owes the acknowledgement of one action, again where it was owed before: the earlier one may be on its way with what was true then.
 * Of one target they leave one after the other, each with the state at its sending.
 */
export async function acknowledgeLater(sql: Sql, action: Action, weather: Weather): Promise<void> {
  await owe(sql, {
    kind: 'acknowledge',
    lane: `target ${action.target.id}`,
    task: {
      action: action.action,
      url: action.acknowledge,
      post: action.target.id,
      of: action.target.kind,
      seq: action.target_seq,
      lie: weather.lie(),
    },
  });
}

/** What an acknowledgement says at the moment of sending: the state the target now has, and the newest action applied to it. */
export async function presentState(
  sql: Sql,
  task: { post: string; of?: string; seq: number; lie: boolean },
): Promise<{ target_seq: number; state: string; at: string }> {
  const { state, seq } = task.of === 'account' ? await ofAccount(sql, task.post) : await ofItem(sql, task.post);
  const lies: Record<string, string> = { visible: 'removed', active: 'suspended' };
  const lie = lies[state] ?? (task.of === 'account' ? 'active' : 'visible');
  return { target_seq: Math.max(seq, task.seq), state: task.lie ? lie : state, at: new Date().toISOString() };
}

async function ofAccount(sql: Sql, id: string): Promise<{ state: string; seq: number }> {
  const found = await standingOf(sql, id);
  return found === null ? { state: 'gone', seq: 0 } : { state: found.standing, seq: found.seq };
}

async function ofItem(sql: Sql, id: string): Promise<{ state: string; seq: number }> {
  const post = await hold(sql, id);
  return post === null ? { state: 'gone', seq: 0 } : { state: reported(post), seq: post.applied_seq };
}

/** Whether an action that came while the post still waited for its screening holds only now. */
export function holdsNow(before: Parameters<typeof stateOf>[0], then: Parameters<typeof reported>[0], action: Action): boolean {
  return stateOf(before) === 'pending' && reported(then) === action.desired && action.desired !== 'inaccessible';
}
