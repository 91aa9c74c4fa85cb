import { type Static, Type } from 'typebox';
import { Problem } from '../../foundation/http/problems.ts';
import { form } from '../../foundation/http/schemas.ts';
import type { App } from '../../foundation/http/server.ts';
import * as policy from '../../policy/index.ts';
import { closeGlass, decideAlone, openGlass, reviewAct } from '../../procedure/break-glass/index.ts';
import { reviewAlone } from '../../procedure/moderation/index.ts';
import { readBreakGlass } from '../../views/break-glass/read.ts';
import { idOf, right, send, visitOf } from '../visit.http.ts';
import { breakGlassPage, type TypedGlass, wrongOf } from './break-glass.ts';

type Reply = Parameters<typeof send>[0];
type Visit = ReturnType<typeof visitOf>;

const params = Type.Object({ id: Type.String({ maxLength: 100 }) });
const text = (maxLength: number) => Type.Optional(Type.String({ maxLength }));
const opening = form({ hours: text(3), reason: text(2_000) });
const review = form({ says: text(20), reason: text(5_000), determination: text(40), clause: text(100) });

/** Who decides alone what needs two, why, and what; and who reviews it. */
export function breakGlassRoutes(desk: App): void {
  const opens = { page: true, right: right('break-glass.open', 'break-glass') } as const;
  actRoutes(desk);

  desk.get('/desk/break-glass', { config: { page: true, right: right('break-glass.view', 'break-glass') } }, (request, reply) =>
    show(reply, visitOf(request)),
  );
  desk.post('/desk/break-glass', { config: opens, schema: { body: opening } }, (request, reply) => {
    const visit = visitOf(request);
    const typed = request.body as Static<typeof opening>;
    return change(reply, visit, typed, () =>
      openGlass(visit.house, visit.member, { hours: Number(typed.hours), reason: typed.reason ?? '' }),
    );
  });
  desk.post(
    '/desk/break-glass/:id/close',
    { config: { page: true, right: right('break-glass.close') }, schema: { params, body: form({}) } },
    (request, reply) => {
      const visit = visitOf(request);
      return change(reply, visit, {}, () => closeGlass(visit.house, visit.member, idOf(request)));
    },
  );
  desk.post('/desk/break-glass/:id/decide', { config: opens, schema: { params, body: form({}) } }, (request, reply) => {
    const visit = visitOf(request);
    return change(reply, visit, {}, () => decideAlone(visit.house, visit.member, idOf(request)));
  });
  desk.post(
    '/desk/break-glass/:id/review',
    { config: { page: true, right: right('proposal.settle') }, schema: { params, body: review } },
    (request, reply) => {
      const visit = visitOf(request);
      const { says, reason = '', determination, clause } = request.body as Static<typeof review>;
      const what = policy.finalDeterminations.find((one) => one === determination);
      const decision = idOf(request);
      return change(reply, visit, { decision, because: reason }, () => {
        if (says !== 'agrees' && says !== 'objects') throw new Problem('reason-missing');
        return reviewAlone(visit.house, visit.member, {
          ...{ decision, agrees: says === 'agrees', reason },
          ...(what && clause ? { instead: { determination: what, clause } } : {}),
        });
      });
    },
  );
}

/** The same of rules and guidelines. */
function actRoutes(desk: App): void {
  const config = { page: true, right: right('policy.review') } as const;
  desk.post('/desk/break-glass/acts/:id/review', { config, schema: { params, body: review } }, (request, reply) => {
    const visit = visitOf(request);
    const { says, reason = '' } = request.body as Static<typeof review>;
    const act = idOf(request);
    return change(reply, visit, { decision: act, because: reason }, () => {
      if (says !== 'agrees' && says !== 'objects') throw new Problem('reason-missing');
      return reviewAct(visit.house, visit.member, { act, agrees: says === 'agrees', reason });
    });
  });
}

async function show(reply: Reply, visit: Visit, typed: TypedGlass = {}, problem?: Problem): Promise<Reply> {
  const read = await visit.house.db.begin('doors', (tx) => readBreakGlass(visit.house, tx, visit.member, 50));
  return send(reply, await breakGlassPage(visit, read, typed, problem), problem?.status ?? 200);
}

async function change(reply: Reply, visit: Visit, typed: TypedGlass, step: () => Promise<unknown>): Promise<Reply> {
  try {
    await step();
  } catch (error) {
    if (!(error instanceof Problem) || wrongOf(visit, error) === null) throw error;
    return show(reply, visit, typed, error);
  }
  return reply.redirect('/desk/break-glass', 303);
}
