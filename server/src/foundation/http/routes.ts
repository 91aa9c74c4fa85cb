import type { FastifyInstance, FastifyRequest, onRequestAsyncHookHandler, RouteOptions } from 'fastify';
import { isTransactional } from './idempotency.ts';
import type { Caller, ResolveKey, Scope } from './keys.ts';
import type { ProblemCode } from './problems.ts';
import { Problem } from './problems.ts';
import { openPlaces } from './schemas.ts';

declare module 'fastify' {
  /** What a route says of itself in `config`; the server does the rest. */
  interface FastifyContextConfig {
    /** Services only, with a key of this scope; `callerOf(request)` is who. Each route under /v1 has it, or says that it is `open`. */
    scope?: Scope;
    /** Deliberately for everybody. */
    open?: true;
    /** HTML for people: refusals are pages, forms are taken, /openapi.json leaves it out. */
    page?: true;
    /** Answers however full we are, and is not counted: health. */
    always?: true;
    /** Whether the route takes an Idempotency-Key, and insists on it; its handler is `transactional`. */
    idempotent?: 'required' | 'optional';
    /** The refusals of its own that it may answer, for /openapi.json; those of every route need not be named. */
    problems?: readonly ProblemCode[];
  }
  interface FastifyRequest {
    /** Set on routes with a scope, before anything else happens. */
    service: Caller | null;
  }
  interface FastifyInstance {
    resolveKey: ResolveKey;
    /** One failed authentication from this address. @throws Problem `rate-limited` when they are too many */
    countFailure(request: FastifyRequest): Promise<void>;
  }
}

const authenticating = new WeakSet<object>();

/**
 * Lets only a service pass whose key has the scope, and says who it is in `request.service`. `config.scope` puts it before a route; it runs
 * before the body is read.
 * @throws Problem `unauthorised`, `forbidden-scope`, `rate-limited`
 */
function authenticate(scope: Scope): onRequestAsyncHookHandler {
  const hook: onRequestAsyncHookHandler = async (request, reply) => {
    const token = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1];
    const caller = token === undefined ? null : await request.server.resolveKey(token);
    if (caller === null) {
      await request.server.countFailure(request);
      reply.header('www-authenticate', 'Bearer realm="perisai"');
      throw new Problem('unauthorised');
    }
    request.service = caller;
    if (!caller.scopes.includes(scope)) throw new Problem('forbidden-scope', `This needs a key with the scope \`${scope}\`.`);
  };
  authenticating.add(hook);
  return hook;
}

/** The service that calls a route with a scope. */
export function callerOf(request: FastifyRequest): Caller {
  if (request.service === null) throw new Error(`${request.routeOptions.url} has no scope, so nobody knows who calls`);
  return request.service;
}

/**
 * Holds every route to the house's rules while the server starts, and puts authentication before those with a scope. A route that breaks a
 * rule stops the start, so that it can't be deployed.
 */
export function ruleRoutes(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    const broken = breach(route);
    if (broken !== undefined) throw new Error(`${String(route.method)} ${route.url}: ${broken}`);
    const hooks = [route.onRequest ?? []].flat();
    const scope = route.config?.scope;
    // Fastify makes a HEAD route from a GET route that already has it
    if (scope !== undefined && !hooks.some((hook) => authenticating.has(hook))) route.onRequest = [authenticate(scope), ...hooks];
  });
}

function breach(route: RouteOptions): string | undefined {
  const { scope, open, page, idempotent } = route.config ?? {};
  if (route.url.startsWith('/v1/') && scope === undefined && open === undefined)
    return 'says neither which `scope` it needs nor that it is `open`';
  if (scope !== undefined && (page || open)) return 'has a scope and is for everybody too';
  if (idempotent !== undefined && scope === undefined) return 'is idempotent without a scope: a stranger could ask for the stored answer';
  if (idempotent !== undefined && !isTransactional(route.handler)) return 'is idempotent, but its handler is not `transactional`';
  const writes = [route.method].flat().some((method) => ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method));
  const { body } = (route.schema ?? {}) as { body?: unknown };
  if (body === undefined) return writes && route.schema?.hide !== true ? noBody(route) : undefined;
  const places = openPlaces(body);
  return places.length === 0
    ? undefined
    : `its body lets unknown fields in at ${places.map((place) => place || 'its root').join(', ')}: use closed({…})`;
}

/** A body that nobody described would reach the handler unchecked. */
function noBody(route: RouteOptions): string | undefined {
  return route.method === 'DELETE' ? undefined : 'has no body schema: use closed({}) where it takes none';
}
