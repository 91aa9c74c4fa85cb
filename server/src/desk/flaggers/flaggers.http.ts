import type { FastifyReply } from 'fastify';
import { type Static, Type } from 'typebox';
import type { FieldError } from '../../foundation/html/error-summary.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { form } from '../../foundation/http/schemas.ts';
import type { App } from '../../foundation/http/server.ts';
import { accredit, propose, proposeAgain, refuse, suspend, withdraw } from '../../procedure/flaggers/index.ts';
import * as subjects from '../../subjects/index.ts';
import { readFlaggers } from '../../views/flaggers.ts';
import type { Visit } from '../frame.ts';
import { toPutRight } from '../refusal.ts';
import { idOf, right, send, visitOf } from '../visit.http.ts';
import { type FlaggersTyped, flaggersPage, toPutRightOf } from './flaggers.ts';

const params = Type.Object({ id: Type.String({ maxLength: 100 }) });
const text = (maxLength: number) => Type.Optional(Type.String({ maxLength }));
const proposal = form({ service: text(60), name: text(300), account: text(300), reason: text(2_000) });
const because = form({ reason: text(2_000) });

/** Whose reports come first within their class, how often they are right, and whose waits for a second person. */
export function flaggerRoutes(desk: App): void {
  const config = { page: true, right: right('flaggers.manage', 'flaggers') } as const;
  const settles = { page: true, right: right('flagger.settle') } as const;
  const reasonOf = (body: unknown): string => (body as Static<typeof because>).reason ?? '';

  desk.get('/desk/flaggers', { config }, (request, reply) => show(reply, visitOf(request), {}));

  desk.post('/desk/flaggers', { config, schema: { body: proposal } }, (request, reply) => {
    const visit = visitOf(request);
    const { service = '', name = '', account = '', reason = '' } = request.body as Static<typeof proposal>;
    const typed = { service, name, account, reason };
    if (name.trim().length < 2) return show(reply, visit, { typed, errors: toPutRightOf(visit, 'name') }, 422);
    return change(reply, visit, () => propose(visit.house, visit.member, typed), typed);
  });

  desk.post('/desk/flaggers/:id/propose', { config, schema: { params, body: because } }, (request, reply) => {
    const visit = visitOf(request);
    return change(reply, visit, () => proposeAgain(visit.house, visit.member, { flagger: idOf(request), reason: reasonOf(request.body) }));
  });

  desk.post('/desk/flaggers/:id/suspend', { config, schema: { params, body: because } }, (request, reply) => {
    const visit = visitOf(request);
    return change(reply, visit, () => suspend(visit.house, visit.member, { flagger: idOf(request), reason: reasonOf(request.body) }));
  });

  // Below, the id is that of what waits.
  desk.post('/desk/flaggers/:id/accept', { config: settles, schema: { params, body: form({}) } }, (request, reply) => {
    const visit = visitOf(request);
    return change(reply, visit, () => accredit(visit.house, visit.member, idOf(request)));
  });

  desk.post('/desk/flaggers/:id/refuse', { config: settles, schema: { params, body: because } }, (request, reply) => {
    const visit = visitOf(request);
    return change(reply, visit, () => refuse(visit.house, visit.member, { accreditation: idOf(request), reason: reasonOf(request.body) }));
  });

  const withdraws = { page: true, right: right('flagger.withdraw') } as const;
  desk.post('/desk/flaggers/:id/withdraw', { config: withdraws, schema: { params, body: form({}) } }, (request, reply) => {
    const visit = visitOf(request);
    return change(reply, visit, () => withdraw(visit.house, visit.member, idOf(request)));
  });
}

interface Shown {
  readonly typed?: FlaggersTyped;
  readonly errors?: readonly FieldError[];
}

async function show(reply: FastifyReply, visit: Visit, shown: Shown, status = 200): Promise<FastifyReply> {
  const read = await visit.house.db.begin('doors', async (tx) => ({
    ...(await readFlaggers(visit.house, tx)),
    services: await subjects.services(tx),
  }));
  return send(reply, await flaggersPage(visit, { ...read, ...shown }), status);
}

/** @param typed of the form for a new organisation, where it was that */
async function change(reply: FastifyReply, visit: Visit, step: () => Promise<unknown>, typed?: FlaggersTyped): Promise<FastifyReply> {
  try {
    await step();
    return reply.redirect('/desk/flaggers', 303);
  } catch (error) {
    const wrong = error instanceof Problem ? wrongOf(visit, error, typed) : null;
    if (!wrong) throw error;
    return show(reply, visit, { errors: wrong, ...(typed ? { typed } : {}) }, (error as Problem).status);
  }
}

function wrongOf(visit: Visit, problem: Problem, typed: FlaggersTyped | undefined): readonly FieldError[] | null {
  if (problem.code === 'conflict') return toPutRightOf(visit, typed?.account ? 'account' : 'conflict');
  if (problem.code === 'reason-missing') {
    const [said] = toPutRightOf(visit, 'reason') as [FieldError];
    // The other forms stand behind a summary: the sentence leads nowhere there.
    return [typed ? said : { message: said.message }];
  }
  const wrong = toPutRight(problem, visit.language);
  return wrong && [wrong];
}
