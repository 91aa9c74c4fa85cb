import { type Static, Type } from 'typebox';
import { type Csrf, cookieName, cookieSettings } from '../../foundation/http/csrf.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { form } from '../../foundation/http/schemas.ts';
import type { App } from '../../foundation/http/server.ts';
import type { House } from '../../procedure/house.ts';
import { revealMaterial } from '../../procedure/moderation/index.ts';
import { enterOutside, guestOf, settleOutside } from '../../procedure/outside/index.ts';
import { type Member, memberOfSession } from '../../staff/index.ts';
import { readProposal } from '../../views/approvals/proposal.ts';
import { type Material, materialOf } from '../../views/material.ts';
import { fileSchema, sendFile } from '../files/file.http.ts';
import { deskCookies, idOf, send } from '../visit.http.ts';
import { codePage, overPage, secondPage } from './second.ts';

const params = Type.Object({ id: Type.String({ maxLength: 100 }) });
const query = Type.Object({ key: Type.Optional(Type.String({ maxLength: 100 })), lang: Type.Optional(Type.String({ maxLength: 20 })) });
const entering = form({ key: Type.String({ maxLength: 100 }), code: Type.String({ maxLength: 40 }) });
const settling = form({ says: Type.Optional(Type.String({ maxLength: 20 })), reason: Type.Optional(Type.String({ maxLength: 5_000 })) });

type Request = Parameters<ReturnType<typeof deskCookies>['language']>[0];
type Reply = Parameters<typeof send>[0];

/** For somebody from outside who is asked to be the second person, once: nobody is logged in here. */
export function secondRoutes(desk: App, house: House, csrf: Csrf): void {
  const cookies = deskCookies(house);
  const secure = new URL(house.publicUrl).protocol === 'https:';
  const cookie = cookieName('perisai-second', secure);
  const config = { page: true, open: true } as const;
  const sessionOf = (request: Request): string => request.cookies[cookie] ?? '';

  desk.get('/desk/second/:id', { config, schema: { params, querystring: query } }, (request, reply) =>
    whileInvited(request, reply, () => show(request, reply)),
  );

  desk.post('/desk/second/:id/enter', { config, schema: { params, body: entering } }, async (request, reply) => {
    csrf.check(request, csrf.visitor(request, reply));
    // Whoever works here is no second person from outside; the inviter least of all.
    if (await memberOfSession(house, cookies.session(request))) throw new Problem('same-person');
    const { key, code } = request.body as Static<typeof entering>;
    try {
      reply.setCookie(cookie, await enterOutside(house, { invitation: idOf(request), key, code }), cookieSettings(secure, 24 * 3_600));
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'log-in-failed') throw error;
      return send(reply, codePage({ ...asked(request, reply), key, wrong: true }), error.status);
    }
    return reply.redirect(`/desk/second/${idOf(request)}`, 303);
  });

  desk.post('/desk/second/:id/reveal', { config, schema: { params, body: form({}) } }, async (request, reply) => {
    csrf.check(request, csrf.visitor(request, reply));
    return whileInvited(request, reply, async () => {
      const { guest, of } = await whoseCase(request);
      const material = await revealMaterial(house, guest, { case: of, why: 'seconding the decision' }, (tx, revisions) =>
        materialOf(house, tx, revisions),
      );
      return show(request, reply, { material });
    });
  });

  desk.get('/desk/second/:id/files/:revision/:place', { config: { open: true }, schema: fileSchema }, async (request, reply) => {
    const session = sessionOf(request);
    const { guest, of } = await whoseCase(request);
    return sendFile(request, reply, { house, member: guest, session, now: house.clock.now() }, of);
  });

  desk.post('/desk/second/:id/settle', { config, schema: { params, body: settling } }, async (request, reply) => {
    csrf.check(request, csrf.visitor(request, reply));
    const { says, reason = '' } = request.body as Static<typeof settling>;
    const own = { invitation: idOf(request), session: sessionOf(request) };
    return whileInvited(request, reply, async () => {
      try {
        if (says !== 'confirmed' && says !== 'refused') throw new Problem('reason-missing');
        await settleOutside(house, says === 'confirmed' ? { ...own, outcome: says } : { ...own, outcome: says, reason });
      } catch (error) {
        if (!(error instanceof Problem) || !['reason-missing', 'look-first'].includes(error.code)) throw error;
        return show(request, reply, { wrong: true, reason, status: error.status });
      }
      reply.clearCookie(cookie, cookieSettings(secure));
      return send(reply, overPage(asked(request, reply)));
    });
  });

  /** An invitation ends while their page is open: it was withdrawn, answered or its time is over. They are told no more than anybody at the door. */
  async function whileInvited(request: Request, reply: Reply, step: () => Promise<Reply>): Promise<Reply> {
    try {
      return await step();
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'log-in-failed') throw error;
      reply.clearCookie(cookie, cookieSettings(secure));
      const { key = '' } = (request.query ?? {}) as Static<typeof query>;
      // Whoever comes with a link is asked for its code, whatever their browser kept of an earlier one.
      return send(reply, codePage({ ...asked(request, reply), key, wrong: key === '' }), key === '' ? error.status : 200);
    }
  }

  /** Who has opened the invitation, and the case that they were asked about. */
  function whoseCase(request: Request): Promise<{ readonly guest: Member; readonly of: string }> {
    return house.db.begin('doors', async (tx) => {
      const { guest, proposal } = await guestOf(house, tx, idOf(request), sessionOf(request));
      return { guest, of: (await readProposal(house, tx, guest, proposal)).case.of.id };
    });
  }

  function asked(request: Request, reply: Reply) {
    const id = idOf(request);
    const token = csrf.token(csrf.visitor(request, reply));
    return { id, path: `/desk/second/${id}`, token, language: cookies.language(request, reply) };
  }

  async function show(
    request: Request,
    reply: Reply,
    more: { readonly material?: readonly Material[]; readonly wrong?: boolean; readonly reason?: string; readonly status?: number } = {},
  ): Promise<Reply> {
    const page = asked(request, reply);
    const { key = '' } = (request.query ?? {}) as Static<typeof query>;
    const session = sessionOf(request);
    if (session === '') return send(reply, codePage({ ...page, key, wrong: false }));
    const { guest, read } = await house.db.begin('doors', async (tx) => {
      const { guest, proposal } = await guestOf(house, tx, page.id, session);
      return { guest, read: await readProposal(house, tx, guest, proposal, more.material ? { material: more.material } : {}) };
    });
    return send(reply, secondPage({ ...page, house, guest, session, now: house.clock.now(), read, ...more }), more.status ?? 200);
  }
}
