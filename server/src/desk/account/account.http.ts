import { type Static, Type } from 'typebox';
import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { FieldError } from '../../foundation/html/error-summary.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { form } from '../../foundation/http/schemas.ts';
import type { App } from '../../foundation/http/server.ts';
import * as policy from '../../policy/index.ts';
import { terminateAlone } from '../../procedure/break-glass/index.ts';
import { awaitsSecond, keepSuspended, standingOf, terminate } from '../../procedure/moderation/index.ts';
import { resemblances, unlink } from '../../procedure/returning/index.ts';
import * as subjects from '../../subjects/index.ts';
import type { Visit } from '../frame.ts';
import { toPutRight } from '../refusal.ts';
import { idOf, right, send, visitOf } from '../visit.http.ts';
import { type AccountRead, type Awaited, accountPage } from './account.ts';
import { whyMissing } from './hint.ts';

const params = Type.Object({ id: Type.String({ maxLength: 100 }) });
const ending = form({
  decision: Type.Optional(Type.String({ maxLength: 100 })),
  reason: Type.Optional(Type.String({ maxLength: 5_000 })),
});

const unlinking = form({
  ended: Type.Optional(Type.String({ maxLength: 100 })),
  case: Type.Optional(Type.String({ maxLength: 100 })),
  why: Type.Optional(Type.String({ maxLength: 2_000 })),
});
const isId = (text: string) => /^[0-9a-f-]{36}$/.test(text);

/** One account: its history, what counts, what runs; and, for a second person, its end. */
export function accountRoutes(desk: App): void {
  const config = { page: true, right: right('account.view', 'account') } as const;

  desk.get('/desk/accounts/:id', { config, schema: { params } }, async (request, reply) =>
    send(reply, await page(visitOf(request), idOf(request))),
  );

  // Whether this person may is asked by the step, which knows who the first person was.
  const acts = { terminate, keep: keepSuspended, 'terminate-alone': terminateAlone };
  for (const [act, step] of Object.entries(acts))
    desk.post(`/desk/accounts/:id/${act}`, { config, schema: { params, body: ending } }, async (request, reply) => {
      const visit = visitOf(request);
      const id = idOf(request);
      const { decision = '', reason = '' } = request.body as Static<typeof ending>;
      try {
        if (!isId(decision)) throw new Problem('not-found');
        await step(visit.house, visit.member, { decision, reason });
      } catch (error) {
        const wrong = error instanceof Problem ? toPutRight(error, visit.language) : null;
        if (!wrong) throw error;
        return send(reply, await page(visit, id, [wrong]), (error as Problem).status);
      }
      return reply.redirect(`/desk/accounts/${id}`, 303);
    });

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
          await page(visit, id, [wrong.field === 'reason' ? whyMissing(visit.language) : wrong]),
          (error as Problem).status,
        );
      }
      return reply.redirect(isId(of) ? `/desk/cases/${of}` : `/desk/accounts/${id}`, 303);
    },
  );
}

async function page(visit: Visit, id: string, errors?: readonly FieldError[]) {
  const { house } = visit;
  const read = await house.db.begin('doors', async (tx): Promise<AccountRead> => {
    const account = await subjects.account(tx, id);
    if (!account) throw new Problem('account-unknown', 'There is no such account, or it was erased.');
    const standing = await standingOf(house, tx, id);
    const alone = (await decisions.openGlassOf(tx, visit.member.id, visit.now)) !== undefined;
    const waiting: Awaited[] = [];
    for (const { decision } of standing.live)
      if (await awaitsSecond(house, tx, decision))
        waiting.push({
          id: decision.id,
          ...(await decisions.madeBy(tx, decision)),
          harm: (await cases.caseOf(tx, decision.case))?.harm ?? '',
          alone,
        });
    return {
      account,
      standing,
      waiting,
      resembling: await resemblances(tx, id),
      history: await decisions.decisionsOnAccount(tx, id, 100),
      guidelines: await policy.inForce(tx, visit.now),
    };
  });
  return accountPage(visit, read, errors);
}
