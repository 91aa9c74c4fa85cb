import { Type } from 'typebox';
import { Problem } from '../../foundation/http/problems.ts';
import { form } from '../../foundation/http/schemas.ts';
import type { App } from '../../foundation/http/server.ts';
import { answerCall } from '../../procedure/calls/index.ts';
import { callRows } from '../../views/calls/calls.sql.ts';
import type { Visit } from '../frame.ts';
import { toPutRight } from '../refusal.ts';
import { idOf, right, send, visitOf } from '../visit.http.ts';
import { callsPage } from './calls.ts';

type Reply = Parameters<typeof send>[0];

const params = Type.Object({ id: Type.String({ maxLength: 100 }) });
const limit = 100;

/** Who is called, by whom it is answered. */
export function callRoutes(desk: App): void {
  desk.get('/desk/calls', { config: { page: true, right: right('calls.view', 'calls') } }, (request, reply) =>
    show(reply, visitOf(request)),
  );

  desk.post(
    '/desk/calls/:id/answer',
    { config: { page: true, right: right('call.answer') }, schema: { params, body: form({}) } },
    async (request, reply) => {
      const visit = visitOf(request);
      try {
        await answerCall(visit.house, visit.member, idOf(request));
      } catch (error) {
        const wrong = error instanceof Problem ? toPutRight(error, visit.language) : null;
        if (!wrong) throw error;
        return show(reply, visit, (error as Problem).status, [wrong]);
      }
      return reply.redirect('/desk/calls', 303);
    },
  );
}

async function show(reply: Reply, visit: Visit, status = 200, errors: Parameters<typeof callsPage>[1]['errors'] = []): Promise<Reply> {
  // Who reads what is on record reads all of it; who is called, what they are called for.
  const roles = visit.member.roles.includes('auditor') ? null : visit.member.roles;
  const read = await visit.house.db.begin('doors', async (tx) => ({
    ringing: await callRows(tx, roles, 'ringing', limit),
    answered: await callRows(tx, roles, 'answered', 20),
  }));
  return send(reply, await callsPage(visit, { ...read, errors }), status);
}
