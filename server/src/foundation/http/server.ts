import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyBaseLogger, FastifyInstance, RawReplyDefaultExpression, RawRequestDefaultExpression, RawServerDefault } from 'fastify';
import fastify, { LogController } from 'fastify';
import type { Database } from '../db/transaction.ts';
import type { Ids } from '../ids.ts';
import type { Asset } from './assets.ts';
import { serveAssets } from './assets.ts';
import { readBodies } from './bodies.ts';
import { secureHeaders } from './headers.ts';
import type { HealthCheck } from './health.ts';
import { healthRoutes } from './health.ts';
import type { ResolveKey } from './keys.ts';
import type { Limits } from './limits.ts';
import { limitRates, refuseWhenFull, usualLimits } from './limits.ts';
import { describeRoutes } from './openapi.ts';
import { problemPages } from './problem-pages.ts';
import type { ErrorPage } from './refusals.ts';
import { answerRefusals, plainErrorPage } from './refusals.ts';
import { ruleRoutes } from './routes.ts';
import { validators } from './validation.ts';
import { watchRequests } from './watch.ts';

/** The server that routes are written against: `app.post(path, { config, schema }, handler)`, types from the TypeBox schemas. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

export interface ServerOptions {
  /** Where clients see us, such as `https://safety.warung.example`. */
  readonly publicUrl: string;
  /** Of the product, for /openapi.json. */
  readonly version: string;
  readonly log: FastifyBaseLogger;
  readonly ids: Ids;
  readonly db: Pick<Database, 'waiting'>;
  /** From a token to its caller: `keyResolver(house)`. */
  readonly resolveKey: ResolveKey;
  /** What `/readyz` asks: database, log gate, migrations. */
  readonly checks: Readonly<Record<string, HealthCheck>>;
  readonly assets?: readonly Asset[];
  readonly errorPage?: ErrorPage;
  readonly limits?: Partial<Limits>;
  /** Proxies whose `X-Forwarded-For` is believed: addresses or networks; without it nobody's. */
  readonly trustedProxies?: readonly string[];
  /** Whether the log may hold clients' addresses. No unless the operator says so. */
  readonly logAddresses?: boolean;
  /** How long requests may take to finish when the server is closed; then their connections are cut. 10 s. */
  readonly graceMs?: number;
  /** After the last request is answered: the place to close the pools. */
  readonly closed?: () => Promise<void>;
}

/**
 * The house's one HTTP server, without routes of its own but `/healthz`, `/readyz`, `/openapi.json` and assets. Add routes, then
 * `await app.listen(…)`; a route that breaks a rule of the house (routes.ts) stops the start. `await app.close()` takes no more requests,
 * finishes those that run and then closes what `closed` names.
 */
export async function createServer(options: ServerOptions): Promise<App> {
  const limits = { ...usualLimits, ...options.limits };
  const plain: FastifyInstance<RawServerDefault, RawRequestDefaultExpression, RawReplyDefaultExpression, FastifyBaseLogger> = fastify({
    loggerInstance: options.log,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: () => options.ids.next(),
    bodyLimit: limits.body,
    trustProxy: options.trustedProxies === undefined ? false : [...options.trustedProxies],
    routerOptions: { maxParamLength: 500 },
    requestTimeout: 30_000,
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    frameworkErrors: (error, request, reply) => plain.errorHandler(error, request, reply),
  });
  const app: App = plain.withTypeProvider<TypeBoxTypeProvider>();
  app.setValidatorCompiler(validators());
  app.decorateRequest('service', null);
  app.decorate('resolveKey', options.resolveKey);
  watchRequests(app, { addresses: options.logAddresses ?? false });
  secureHeaders(app, { https: new URL(options.publicUrl).protocol === 'https:' });
  refuseWhenFull(app, options.db, limits);
  readBodies(app);
  ruleRoutes(app);
  await limitRates(app, limits);
  await app.register(cookie);
  await app.register(formbody);
  answerRefusals(app, options.errorPage ?? plainErrorPage, options.publicUrl);
  await describeRoutes(app, options.version);
  healthRoutes(app, options.checks);
  problemPages(app);
  serveAssets(app, options.assets ?? []);
  closeGracefully(app, options.graceMs ?? 10_000, options.closed);
  return app;
}

function closeGracefully(app: App, graceMs: number, closed: (() => Promise<void>) | undefined): void {
  let impatience: NodeJS.Timeout | undefined;
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
    impatience = setTimeout(() => app.server.closeAllConnections(), graceMs);
  });
  // A connection that is kept alive after its last answer would hold up the end until the grace is over.
  app.addHook('onSend', async (_request, reply) => {
    if (closing) reply.header('connection', 'close');
  });
  app.addHook('onClose', async () => {
    clearTimeout(impatience);
    await closed?.();
  });
}
