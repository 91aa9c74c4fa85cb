import { deskPages } from './desk/desk.http.ts';
import { ping } from './foundation/db/transaction.ts';
import { keyedDigest } from './foundation/digest.ts';
import { assets } from './foundation/html/assets.ts';
import { createCsrf } from './foundation/http/csrf.ts';
import { keyResolver } from './foundation/http/keys.ts';
import { type App, createServer, type ServerOptions } from './foundation/http/server.ts';
import { countRoutes } from './procedure/counts/count.http.ts';
import type { House } from './procedure/house.ts';
import { acknowledgeRoutes } from './procedure/moderation/acknowledge.http.ts';
import { actionRoutes } from './procedure/moderation/actions.http.ts';
import { appealRoutes } from './procedure/moderation/appeal.http.ts';
import { identifierRoutes } from './procedure/moderation/identify.http.ts';
import { inquiryRoutes } from './procedure/moderation/inquire.http.ts';
import { reportRoutes } from './procedure/moderation/receive.http.ts';
import { reconcileRoutes } from './procedure/moderation/reconcile.http.ts';
import { replayRoutes } from './procedure/moderation/replay.http.ts';
import { screenRoutes } from './procedure/moderation/screen.http.ts';
import { standingRoutes } from './procedure/moderation/standing.http.ts';
import { errorPage } from './public/error.ts';
import { guidelinePages } from './public/guidelines.http.ts';
import { inquiryForms } from './public/inquiry.http.ts';
import { publicPages } from './public/public.http.ts';
import { deliveryViews } from './views/deliveries.http.ts';
import { inquiryViews } from './views/inquiries/inquiry.http.ts';
import { receiptViews } from './views/instructions/receipt.http.ts';
import { reasonViews } from './views/reasons.http.ts';
import { reportViews } from './views/report.http.ts';
import { statementViews } from './views/statement.http.ts';

export const version = '0.2.1';

/** What the configuration says about the doors; where it says nothing, as `createServer` does. */
export type DoorSettings = Pick<ServerOptions, 'limits' | 'trustedProxies'>;

/** Every route of the product on one server; nobody listens yet. */
export async function openDoors(house: House, settings: DoorSettings = {}): Promise<App> {
  const app = await createServer({
    ...settings,
    publicUrl: house.publicUrl,
    version,
    log: house.log,
    ids: house.ids,
    db: house.db,
    resolveKey: keyResolver(house),
    errorPage,
    assets: [...assets].map(([path, { type, bytes }]) => ({ path, type, body: Buffer.from(bytes), immutable: true })),
    checks: {
      database: async () => {
        await ping(house.db);
        return null;
      },
      log: async () => (house.gate.open ? null : house.gate.reason),
    },
  });
  for (const routes of [
    screenRoutes,
    reportRoutes,
    acknowledgeRoutes,
    appealRoutes,
    inquiryRoutes,
    reportViews,
    inquiryViews,
    actionRoutes,
    replayRoutes,
    reconcileRoutes,
    deliveryViews,
    statementViews,
    receiptViews,
    standingRoutes,
    identifierRoutes,
    reasonViews,
    countRoutes,
  ])
    routes(app, house);
  const csrf = createCsrf({
    secret: Buffer.from(keyedDigest(house.secret, 'csrf'), 'hex'),
    publicUrl: house.publicUrl,
    random: house.random,
  });
  publicPages(app, house, csrf);
  guidelinePages(app, house);
  inquiryForms(app, house, csrf);
  deskPages(app, house, csrf);
  return app;
}
