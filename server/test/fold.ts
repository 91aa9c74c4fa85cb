import pg from 'pg';
import { connectPools } from '../src/foundation/db/pools.ts';
import { openDatabase } from '../src/foundation/db/transaction.ts';
import { fold, stateTables } from '../src/procedure/fold.ts';
import type { Spine } from '../src/records/index.ts';
import { leavesFrom } from '../src/records/leaf.sql.ts';
import { retell, tell } from '../src/records/retell.ts';

/** Records folded in one pair of transactions: far below the minute that a transaction may take. */
const slice = 250;

/**
 * Tells every sequenced record of a house again, by index, to a second database that has its migrations and nothing else. What wasn't
 * sequenced yet is left out, so settle first. Returns how many were told.
 */
export async function foldInto(source: Pick<Spine, 'db' | 'keys'>, targetUrl: string): Promise<number> {
  const target = openDatabase(connectPools({ url: targetUrl }));
  try {
    for (let told = 0; ; ) {
      const next = told;
      const read = await source.db.begin('jobs', (from) =>
        target.begin('jobs', async (on) => {
          const leaves = await leavesFrom(from, next, slice);
          for (const { record } of leaves) {
            const again = record === null ? null : await tell(source, from, record);
            if (again) await fold(await retell(again, from, on));
          }
          return leaves.length;
        }),
      );
      told += read;
      if (read < slice) return told;
    }
  } finally {
    await target.end();
  }
}

/** A row that is not the same in both databases; null where it is missing. */
export interface Difference {
  readonly table: string;
  readonly source: unknown;
  readonly target: unknown;
}

/** The state tables of two databases, row for row, every column, in the order of their primary keys. Empty: they are the same. */
export async function compareStateTables(
  sourceUrl: string,
  targetUrl: string,
): Promise<{ readonly rows: number; readonly differences: Difference[] }> {
  const [source, target] = [new pg.Client({ connectionString: sourceUrl }), new pg.Client({ connectionString: targetUrl })];
  await Promise.all([source.connect(), target.connect()]);
  const differences: Difference[] = [];
  let rows = 0;
  try {
    for (const table of stateTables) {
      const [here, there] = await Promise.all([rowsOf(source, table), rowsOf(target, table)]);
      rows += here.size;
      for (const key of new Set([...here.keys(), ...there.keys()])) {
        const [one, other] = [here.get(key) ?? null, there.get(key) ?? null];
        if (one !== other) differences.push({ table, source: one, target: other });
      }
    }
  } finally {
    await Promise.all([source.end(), target.end()]);
  }
  return { rows, differences };
}

/** A table's rows as text, by primary key, in its order. */
async function rowsOf(client: pg.Client, table: string): Promise<Map<string, string>> {
  const { rows: keys } = await client.query<{ name: string }>(
    `select quote_ident(a.attname) as name from pg_index i cross join unnest(i.indkey::int2[]) with ordinality as k(attnum, place)
     join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum where i.indrelid = $1::regclass and i.indisprimary order by place`,
    [table],
  );
  if (keys.length === 0) throw new Error(`${table} has no primary key`);
  const key = keys.map(({ name }) => name).join(', ');
  const quoted = table
    .split('.')
    .map((part) => `"${part}"`)
    .join('.');
  const { rows } = await client.query<{ key: string; row: string }>(
    `select jsonb_build_array(${key})::text as key, to_jsonb(t)::text as row from ${quoted} t order by ${key}`,
  );
  return new Map(rows.map(({ key: id, row }) => [id, row]));
}
