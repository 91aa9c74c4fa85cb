import type { Sql } from './database.ts';
import { owe } from './errands.ts';
import type { Action } from './perisai.ts';
import { hold, reported, stateOf } from './posts.ts';
import type { Weather } from './weather.ts';

const measures = { visible: 'none', inaccessible: 'inaccessible', removed: 'removed', labelled: 'labelled' } as const;

/**
 * Does what Perisai asks, and owes it the acknowledgement in the same transaction: a crash after this loses neither. An action whose
 * `target_seq` is not above the last one applied changes nothing, and is still acknowledged, with the state the post then has.
 * A post that Warung doesn't have is acknowledged as gone. Answers whether anything changed.
 */
export async function apply(sql: Sql, action: Action, weather: Weather): Promise<boolean> {
  // Warung can't close an account yet, and doesn't say that it has: the action stays decided, not enforced.
  if (action.target.kind !== 'item') return false;
  const post = await hold(sql, action.target.id);
  const fresh = post !== null && action.target_seq > post.applied_seq;
  if (fresh) {
    const lifted = post.withheld_seq === null ? action.desired !== 'inaccessible' : action.target_seq >= post.withheld_seq;
    await sql.query(
      `update warung.post set measure = $2, label = $3, applied_seq = $4, last_action = $5,
         screening = case when screening = 'withheld' and $6 then 'published' else screening end,
         withheld_seq = case when $6 then null else withheld_seq end
       where id = $1`,
      [
        post.id,
        measures[action.desired],
        action.do === 'label' ? (action.label ?? 'label') : null,
        action.target_seq,
        JSON.stringify(action),
        lifted,
      ],
    );
  }
  await acknowledgeLater(sql, action, weather);
  return fresh;
}

/**
 * Owes the acknowledgement of one action, again where it was owed before: the earlier one may be on its way with what was true then.
 * Of one target they leave one after the other, each with the state at its sending.
 */
export async function acknowledgeLater(sql: Sql, action: Action, weather: Weather): Promise<void> {
  await owe(sql, {
    kind: 'acknowledge',
    lane: `target ${action.target.id}`,
    task: { action: action.action, url: action.acknowledge, post: action.target.id, seq: action.target_seq, lie: weather.lie() },
  });
}

/** What an acknowledgement says at the moment of sending: the state the post now has, and the newest action applied to it. */
export async function presentState(
  sql: Sql,
  task: { post: string; seq: number; lie: boolean },
): Promise<{ target_seq: number; state: string; at: string }> {
  const post = await hold(sql, task.post);
  const state = post === null ? 'gone' : reported(stateOf(post));
  return {
    target_seq: Math.max(post?.applied_seq ?? 0, task.seq),
    state: task.lie ? (state === 'visible' ? 'removed' : 'visible') : state,
    at: new Date().toISOString(),
  };
}
