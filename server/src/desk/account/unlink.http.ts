import { type Static, Type } from 'typebox';
import { Problem } from '../../foundation/http/problems.ts';
import { form } from '../../foundation/http/schemas.ts';
import type { App } from '../../foundation/http/server.ts';
import { unlink } from '../../procedure/returning/index.ts';
import { toPutRight } from '../refusal.ts';
import { idOf, right, send, visitOf } from '../visit.http.ts';
import { whyMissing } from './hint.ts';
import { accountNow } from './read.ts';

const params = Type.Object({ id: Type.String({ maxLength: 100 }) });
const unlinking = form({
  ended: Type.Optional(Type.String({ maxLength: 100 })),
  case: Type.Optional(Type.String({ maxLength: 100 })),
  why: Type.Optional(Type.String({ maxLength: 2_000 })),
});
const isId = (text: string) => /^[0-9a-f-]{36}$/.test(text);

/** That an account is somebody else's than the ended one that it resembles: from its own page, or from that of a case. */
export function unlinkRoutes(desk: App): void {
  desk.post(
    '/desk/accounts/:id/unlink',
    { config: { page: true, right: right('account.unlink', 'account') }, schema: { params, body: unlinking } },
    async (request, reply) => {
      const visit = visitOf(request);
      const id = idOf(request);
      const { ended = '', case: of = '', why = '' } = request.body as Static<typeof unlinking>;
      try {
        if (!isId(ended)) throw new Problem('not-found');
        await unlink(visit.house, visit.member, { account: id, ended, reason: why });
      } catch (error) {
        const wrong = error instanceof Problem ? toPutRight(error, visit.language) : null;
        if (!wrong) throw error;
        return send(
          reply,
          await accountNow(visit, id, [wrong.field === 'reason' ? whyMissing(visit.language) : wrong]),
          (error as Problem).status,
        );
      }
      return reply.redirect(isId(of) ? `/desk/cases/${of}` : `/desk/accounts/${id}`, 303);
    },
  );
}
