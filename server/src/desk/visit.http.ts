import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Html } from '../foundation/html/html.ts';
import { type Csrf, cookieName, cookieSettings } from '../foundation/http/csrf.ts';
import { Problem } from '../foundation/http/problems.ts';
import type { App } from '../foundation/http/server.ts';
import { isLanguage, type StaffLanguage, staffLanguage } from '../foundation/i18n/language.ts';
import { negotiate } from '../foundation/i18n/negotiate.ts';
import type { House } from '../procedure/house.ts';
import { type AccessObject, type Action, covers, demand, type Member, memberOfSession, sessionMs } from '../staff/index.ts';
import type { Visit } from './frame.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** On staff pages: what somebody must be allowed to, before anything else happens. */
    right?: Right;
  }
  interface FastifyRequest {
    /** Who visits a staff page; null on the log-in page. */
    visit: Visit | null;
  }
}

/**
 * A row of the permission table that a route stands behind. Without an object: whether any of this person's roles is in that row; what depends
 * on the object itself, the step asks again.
 */
export interface Right {
  readonly action: Action;
  readonly demand: (member: Member) => void;
}

export function right<A extends Action>(action: A, object?: AccessObject<A>): Right {
  return {
    action,
    demand(member) {
      if (object !== undefined) demand(member, action, object);
      else if (!covers(member, action)) throw new Problem('forbidden', `No role of yours is in the row ${action}.`);
    },
  };
}

/** The cookies of the staff pages. */
export function deskCookies(house: House) {
  const secure = new URL(house.publicUrl).protocol === 'https:';
  const [session, language] = [cookieName('perisai-session', secure), cookieName('perisai-language', secure)];
  return {
    session: (request: FastifyRequest): string => request.cookies[session] ?? '',
    begin: (reply: FastifyReply, token: string) => void reply.setCookie(session, token, cookieSettings(secure, sessionMs.absolute / 1_000)),
    end: (reply: FastifyReply) => void reply.clearCookie(session, cookieSettings(secure)),
    /** The language of the page: asked for in the address, and kept from then on; else the one that was kept, else the browser's. */
    language(request: FastifyRequest, reply: FastifyReply): StaffLanguage {
      const asked = (request.query as { lang?: unknown }).lang;
      if (isLanguage(asked)) reply.setCookie(language, asked, cookieSettings(secure, 365 * 24 * 3_600));
      return staffLanguage(
        negotiate({
          query: isLanguage(asked) ? asked : request.cookies[language],
          acceptLanguage: request.headers['accept-language'],
        }),
      );
    },
  };
}

/**
 * Nobody reaches a staff page without a session and the page's right: asked before the body is read, and the roles are those of this moment.
 * Without a session the log-in page comes first and leads back.
 */
export function admit(desk: App, house: House, csrf: Csrf): void {
  const cookies = deskCookies(house);
  desk.decorateRequest('visit', null);
  desk.addHook('onRequest', async (request, reply) => {
    const { open, right } = request.routeOptions.config;
    if (open) return;
    const session = await memberOfSession(house, cookies.session(request));
    if (!session) return reply.redirect(`/desk/log-in?next=${encodeURIComponent(pageOf(request))}`, 303);
    request.visit = {
      house,
      member: session.member,
      language: cookies.language(request, reply),
      path: pageOf(request),
      session: session.id,
      token: csrf.token(session.id),
      now: house.clock.now(),
    };
    right?.demand(session.member);
  });
  // The body has been read: a form that changes anything comes from our own page and this session.
  desk.addHook('preHandler', async (request) => {
    if (request.visit && request.method === 'POST') csrf.check(request, request.visit.session);
  });
}

/** Of a form, the page it stands on: who logs in again, or changes the language, comes to that. */
function pageOf(request: FastifyRequest): string {
  if (request.method !== 'POST') return request.url;
  const [path = ''] = request.url.split('?');
  return path
    .replace(/^\/desk\/held\/.*$/, '/desk/queue')
    .replace(/^(\/desk\/(calls|clocks|break-glass|flaggers))\/.*$/, '$1')
    .replace(/\/bundle\/(gather|take-out|decide|preview)$/, '/bundle')
    .replace(/\/[^/]+\/(roles|disable|reset|replay)$/, '')
    .replace(
      /\/(password|recovery-codes|end-others|next|reveal|claim|release|hide|preview|decide|settle|cancel|withdraw|dismiss|terminate|note|hand-over|raise|park|take-up)$/,
      '',
    );
}

export function visitOf(request: FastifyRequest): Visit {
  if (request.visit === null) throw new Error(`${request.routeOptions.url} is open, so nobody knows who visits`);
  return request.visit;
}

/** The id in the address. @throws Problem `not-found` where it can't be one of ours. */
export function idOf(request: FastifyRequest): string {
  const { id } = request.params as { id: string };
  if (!/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(id)) throw new Problem('not-found');
  return id;
}

export function send(reply: FastifyReply, page: Html, status = 200): FastifyReply {
  return reply.code(status).type('text/html; charset=utf-8').send(page.toString());
}
