import { acknowledgeLater, apply, holdsNow, presentState } from './actions.ts';
import type { Database, Sql } from './database.ts';
import type { Errand, Tasks } from './errands.ts';
import { owe } from './errands.ts';
import type { Refused, Run } from './outbox.ts';
import type { Action, Perisai } from './perisai.ts';
import type { Lending } from './places/lending.ts';
import { asItem, find, hold, screened } from './posts.ts';
import type { Weather } from './weather.ts';

/** What the calls need of Warung. */
export interface Surroundings {
  database: Database;
  perisai: Perisai;
  weather: Weather;
  publicUrl: () => string;
  lending: Lending;
}

type Call<K extends keyof Tasks> = (task: Tasks[K], key: string) => ReturnType<Run>;

/** One function a kind of errand: what is asked of Perisai, and what its answer changes here. */
function calls({ database, perisai, weather, publicUrl, lending }: Surroundings): { [K in keyof Tasks]: Call<K> } {
  return {
    async screen(task, key) {
      const post = await find(database, task.post);
      if (post === null || post.deleted_at !== null || post.revision !== task.revision) return async () => undefined;
      const verdict = await perisai.screen(asItem(post, publicUrl(), lending), key);
      return async (sql) => {
        const now = await hold(sql, task.post);
        if (now === null || now.deleted_at !== null || now.revision !== task.revision) return;
        await screened(sql, now, verdict);
        const last = await sql.query<{ last_action: Action | null }>('select last_action from warung.post where id = $1', [task.post]);
        const then = await hold(sql, task.post);
        const action = last.rows[0]?.last_action;
        // An action that came while the post still waited was acknowledged as not yet so: now it is.
        if (action && then && holdsNow(now, then, action)) await acknowledgeLater(sql, action, weather);
      };
    },

    async report(task, key) {
      const receipt = await perisai.report(task.body, key);
      return async (sql) => {
        await sql.query(
          `update warung.report set state = $2, perisai = $3, status_url = $4, contact_code = $5, pin = $6, acknowledge_by = $7, status_by = $8,
             answer_by = $9 where id = $1`,
          [
            task.report,
            receipt.state,
            receipt.report,
            receipt.status_url,
            receipt.contact_code,
            receipt.pin,
            receipt.acknowledge_by,
            receipt.status_by,
            receipt.answer_by,
          ],
        );
      };
    },

    async appeal(task, key) {
      const answer = await perisai.appeal(task.body, key);
      return async (sql) => {
        await sql.query('update warung.appeal set state = $2, perisai = $3, status_url = $4, answer_by = $5 where id = $1', [
          task.appeal,
          answer.state,
          answer.appeal,
          answer.status_url,
          answer.answer_by,
        ]);
      };
    },

    async acknowledge(task) {
      const body = await database.transaction((sql) => presentState(sql, task));
      await perisai.acknowledge(task.url, body);
      return async () => undefined;
    },

    async reconcile() {
      let after: string | null = null;
      do {
        const page: Awaited<ReturnType<Perisai['pending']>> = await perisai.pending(after);
        for (const action of page.items) await database.transaction((sql) => apply(sql, action, weather));
        after = page.next;
      } while (after !== null);
      return async () => undefined;
    },
  };
}

/** Runs any errand. */
export function makeRun(surroundings: Surroundings): Run {
  const table = calls(surroundings);
  return (errand: Errand) => (table[errand.kind] as Call<typeof errand.kind>)(errand.task as never, errand.key);
}

/**
 * Perisai will not take it: the report or appeal says so to the person. A post that can't be screened stays unpublished (nothing
 * unscreened is ever shown) until its author edits it.
 */
export const refused: Refused = async (sql, errand, error) => {
  if (errand.kind === 'report') {
    await sql.query(`update warung.report set state = 'refused', refused = $2 where id = $1`, [errand.task.report, error.code]);
  } else if (errand.kind === 'appeal') {
    await sql.query(`update warung.appeal set state = 'refused', refused = $2 where id = $1`, [errand.task.appeal, error.code]);
  }
};

/** Owes the question which actions Perisai still waits for; asked anew each time, since an earlier one may just be being answered. */
export async function reconcileLater(sql: Sql): Promise<void> {
  await owe(sql, { kind: 'reconcile', lane: 'reconcile', task: {} });
}
