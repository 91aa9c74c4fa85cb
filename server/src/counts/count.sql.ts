import { sql } from 'kysely';
import { reading, type Tx } from '../foundation/db/transaction.ts';
import { type Because, changing } from '../records/because.ts';
import type { UserCount } from './count.ts';

interface Tables {
  'counts.user_count': {
    service: string;
    surface: string;
    day: string;
    peak: number;
    daily: number;
    monthly: number;
    method: string;
    recorded_at: Date;
  };
}

export async function upsertCount(because: Because<'users.counted'>): Promise<void> {
  const { surface, day, peak, daily, monthly, method } = because.payload;
  const said = { peak, daily, monthly, method, recorded_at: because.record.recordedAt };
  await changing<Tables>(because)
    .insertInto('counts.user_count')
    .values({ service: because.record.service, surface, day, ...said })
    .onConflict((on) => on.columns(['service', 'surface', 'day']).doUpdateSet(said))
    .execute();
}

/** The newest day of each surface. Served by the primary key. */
export async function newestCounts(tx: Tx): Promise<UserCount[]> {
  const { rows } = await sql<UserCount>`
    select distinct on (service, surface) service, surface, day::text as day, peak::float8 as peak, daily::float8 as daily,
      monthly::float8 as monthly, method
    from counts.user_count order by service, surface, day desc`.execute(reading(tx));
  return rows;
}
