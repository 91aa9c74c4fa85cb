import { type Static, Type } from 'typebox';
import type { Csrf } from '../foundation/http/csrf.ts';
import { Problem } from '../foundation/http/problems.ts';
import { form } from '../foundation/http/schemas.ts';
import type { App } from '../foundation/http/server.ts';
import type { House } from '../procedure/house.ts';
import { enter } from '../procedure/staff/enter.ts';
import { logOut, memberOfSession } from '../staff/index.ts';
import { logInPage } from './log-in.ts';
import { deskCookies, send } from './visit.http.ts';

const query = Type.Object({ next: Type.Optional(Type.String({ maxLength: 2_000 })), lang: Type.Optional(Type.String({ maxLength: 20 })) });
const short = Type.String({ maxLength: 200 });
const body = form({ login: short, password: Type.String({ maxLength: 1_000 }), code: short });

/** The way in and the way out. */
export function logInRoutes(desk: App, house: House, csrf: Csrf): void {
  const cookies = deskCookies(house);

  desk.get('/desk/log-in', { config: { page: true, open: true }, schema: { querystring: query } }, async (request, reply) => {
    if (await memberOfSession(house, cookies.session(request))) return reply.redirect(landing(request.query as Static<typeof query>), 303);
    const token = csrf.token(csrf.visitor(request, reply));
    return send(reply, logInPage({ language: cookies.language(request, reply), path: request.url, token }));
  });

  desk.post('/desk/log-in', { config: { page: true, open: true }, schema: { querystring: query, body } }, async (request, reply) => {
    const visitor = csrf.visitor(request, reply);
    csrf.check(request, visitor);
    const { login, password, code } = request.body as Static<typeof body>;
    try {
      const { token } = await enter(house, { login, password, code: code.replace(/\s/g, '') });
      cookies.begin(reply, token);
      return reply.redirect(landing(request.query as Static<typeof query>), 303);
    } catch (error) {
      if (!(error instanceof Problem) || (error.code !== 'log-in-failed' && error.code !== 'log-in-locked')) throw error;
      const until = error.code === 'log-in-locked' ? new Date(house.clock.now().getTime() + (error.retryAfter ?? 60) * 1_000) : null;
      if (until) reply.header('retry-after', String(error.retryAfter ?? 60));
      const refused = { at: house.clock.now(), until };
      const language = cookies.language(request, reply);
      return send(reply, logInPage({ language, path: request.url, token: csrf.token(visitor), login, refused }), error.status);
    }
  });

  desk.post('/desk/log-out', { config: { page: true }, schema: { body: form({}) } }, async (request, reply) => {
    await logOut(house, cookies.session(request));
    cookies.end(reply);
    return reply.redirect('/desk/log-in', 303);
  });
}

/** Where somebody wanted to go before they had to log in: on these pages only, never elsewhere. */
function landing({ next = '/desk' }: { readonly next?: string }): string {
  const origin = 'https://desk.example';
  if (!URL.canParse(next, origin)) return '/desk';
  const { origin: to, pathname, search } = new URL(next, origin);
  return to === origin && /^\/desk(\/|$)/.test(pathname) && !pathname.includes('//') && !/^\/desk\/log-/.test(pathname)
    ? `${pathname}${search}`
    : '/desk';
}
