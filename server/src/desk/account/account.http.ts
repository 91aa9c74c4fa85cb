import { type Static, Type } from 'typebox';
import { Problem } from '../../foundation/http/problems.ts';
import { form } from '../../foundation/http/schemas.ts';
import type { App } from '../../foundation/http/server.ts';
import { terminateAlone } from '../../procedure/break-glass/index.ts';
import { keepSuspended, terminate } from '../../procedure/moderation/index.ts';
import { toPutRight } from '../refusal.ts';
import { idOf, right, send, visitOf } from '../visit.http.ts';
import { accountNow } from './read.ts';

const params = Type.Object({ id: Type.String({ maxLength: 100 }) });
const ending = form({
  decision: Type.Optional(Type.String({ maxLength: 100 })),
  reason: Type.Optional(Type.String({ maxLength: 5_000 })),
});

/** One account: its history, what counts, what runs; and, for a second person, its end. */
export function accountRoutes(desk: App): void {
  const config = { page: true, right: right('account.view', 'account') } as const;

  desk.get('/desk/accounts/:id', { config, schema: { params } }, async (request, reply) =>
    send(reply, await accountNow(visitOf(request), idOf(request))),
  );

  // Whether this person may is asked by the step, which knows who the first person was.
  const acts = { terminate, keep: keepSuspended, 'terminate-alone': terminateAlone };
  for (const [act, step] of Object.entries(acts))
    desk.post(`/desk/accounts/:id/${act}`, { config, schema: { params, body: ending } }, async (request, reply) => {
      const visit = visitOf(request);
      const id = idOf(request);
      const { decision = '', reason = '' } = request.body as Static<typeof ending>;
      try {
        if (!/^[0-9a-f-]{36}$/.test(decision)) throw new Problem('not-found');
        await step(visit.house, visit.member, { decision, reason });
      } catch (error) {
        const wrong = error instanceof Problem ? toPutRight(error, visit.language) : null;
        if (!wrong) throw error;
        return send(reply, await accountNow(visit, id, [wrong]), (error as Problem).status);
      }
      return reply.redirect(`/desk/accounts/${id}`, 303);
    });
}
