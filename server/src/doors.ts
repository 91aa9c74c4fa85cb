import { sql } from 'kysely';
import { reading } from './foundation/db/transaction.ts';
import { assets } from './foundation/html/assets.ts';
import { keyResolver } from './foundation/http/keys.ts';
import { type App, createServer } from './foundation/http/server.ts';
import type { House } from './procedure/house.ts';
import { acknowledgeRoutes } from './procedure/moderation/acknowledge.http.ts';
import { appealRoutes } from './procedure/moderation/appeal.http.ts';
import { reportRoutes } from './procedure/moderation/receive.http.ts';
import { screenRoutes } from './procedure/moderation/screen.http.ts';
import { actionViews } from './views/actions.http.ts';
import { reportViews } from './views/report.http.ts';
import { statementViews } from './views/statement.http.ts';

export const version = '0.1.0';

/** Every route of the product on one server; nobody listens yet. */
export async function openDoors(house: House): Promise<App> {
  const app = await createServer({
    publicUrl: house.publicUrl,
    version,
    log: house.log,
    ids: house.ids,
    db: house.db,
    resolveKey: keyResolver(house),
    assets: [...assets].map(([path, { type, bytes }]) => ({ path, type, body: Buffer.from(bytes), immutable: true })),
    checks: {
      database: async () => {
        await house.db.begin('doors', (tx) => sql`select 1`.execute(reading(tx)));
        return null;
      },
      log: async () => (house.gate.open ? null : house.gate.reason),
    },
  });
  for (const routes of [screenRoutes, reportRoutes, acknowledgeRoutes, appealRoutes, reportViews, actionViews, statementViews]) routes(app, house);
  return app;
}
