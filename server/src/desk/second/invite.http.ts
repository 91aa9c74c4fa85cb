import { type Static, Type } from 'typebox';
import { Problem } from '../../foundation/http/problems.ts';
import { form } from '../../foundation/http/schemas.ts';
import type { App } from '../../foundation/http/server.ts';
import { type Invited, inviteOutside, withdrawOutside } from '../../procedure/outside/index.ts';
import { toPutRight } from '../refusal.ts';
import { idOf, right, send, visitOf } from '../visit.http.ts';
import { invitePage } from './invite.ts';
import { tooLatePage } from './invited.ts';

const params = Type.Object({ id: Type.String({ maxLength: 100 }) });
const inviting = form({ name: Type.Optional(Type.String({ maxLength: 300 })), hours: Type.Optional(Type.String({ maxLength: 3 })) });
const withdrawing = form({ invitation: Type.Optional(Type.String({ pattern: '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$' })) });

/** Somebody from outside is invited to be the second person for one proposal; until they have answered, that is taken back. */
export function inviteRoutes(desk: App): void {
  const config = { page: true, right: right('second.invite') } as const;

  desk.get('/desk/approvals/:id/invite', { config, schema: { params } }, async (request, reply) =>
    send(reply, await invitePage(visitOf(request), idOf(request), {})),
  );

  desk.post('/desk/approvals/:id/invite', { config, schema: { params, body: inviting } }, async (request, reply) => {
    const visit = visitOf(request);
    const proposal = idOf(request);
    const typed = request.body as Static<typeof inviting>;
    let invited: Invited;
    try {
      invited = await inviteOutside(visit.house, visit.member, { proposal, name: typed.name ?? '', hours: Number(typed.hours) });
    } catch (error) {
      const wrong = error instanceof Problem ? toPutRight(error, visit.language) : null;
      if (!wrong) throw error;
      return send(reply, await invitePage(visit, proposal, { typed, errors: [wrong] }), (error as Problem).status);
    }
    reply.header('cache-control', 'no-store');
    return send(reply, await invitePage(visit, proposal, { invited }));
  });

  const withdraws = { page: true, right: right('second.withdraw') } as const;
  desk.post('/desk/approvals/:id/withdraw', { config: withdraws, schema: { params, body: withdrawing } }, async (request, reply) => {
    const visit = visitOf(request);
    const { invitation } = request.body as Static<typeof withdrawing>;
    if (invitation === undefined) throw new Problem('not-found');
    try {
      await withdrawOutside(visit.house, visit.member, invitation);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'conflict') throw error;
      return send(reply, await tooLatePage(visit, idOf(request)), error.status);
    }
    return reply.redirect(`/desk/approvals/${idOf(request)}`, 303);
  });
}
