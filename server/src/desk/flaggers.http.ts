import type { FastifyReply } from 'fastify';
import { type Static, Type } from 'typebox';
import type { FieldError } from '../foundation/html/error-summary.ts';
import { Problem } from '../foundation/http/problems.ts';
import { form } from '../foundation/http/schemas.ts';
import type { App } from '../foundation/http/server.ts';
import { accredit, accreditAgain, suspend } from '../procedure/flaggers/index.ts';
import * as subjects from '../subjects/index.ts';
import { readFlaggers } from '../views/flaggers.ts';
import { type FlaggersTyped, flaggersPage, toPutRightOf } from './flaggers.ts';
import type { Visit } from './frame.ts';
import { toPutRight } from './refusal.ts';
import { idOf, right, send, visitOf } from './visit.http.ts';

const params = Type.Object({ id: Type.String({ maxLength: 100 }) });
const text = (maxLength: number) => Type.Optional(Type.String({ maxLength }));
const accreditation = form({ service: text(60), name: text(300), account: text(300) });
const suspension = form({ reason: text(2_000) });

/** Whose reports come first within their class, and how often they are right. */
export function flaggerRoutes(desk: App): void {
  const config = { page: true, right: right('flaggers.manage', 'flaggers') } as const;

  desk.get('/desk/flaggers', { config }, (request, reply) => show(reply, visitOf(request), {}));

  desk.post('/desk/flaggers', { config, schema: { body: accreditation } }, (request, reply) => {
    const visit = visitOf(request);
    const { service = '', name = '', account = '' } = request.body as Static<typeof accreditation>;
    const typed = { service, name, account };
    if (name.trim().length < 2) return show(reply, visit, { typed, errors: toPutRightOf(visit, 'name') }, 422);
    return change(reply, visit, typed, () => accredit(visit.house, visit.member, typed));
  });

  desk.post('/desk/flaggers/:id/accredit', { config, schema: { params, body: form({}) } }, (request, reply) => {
    const visit = visitOf(request);
    return change(reply, visit, {}, () => accreditAgain(visit.house, visit.member, idOf(request)));
  });

  desk.post('/desk/flaggers/:id/suspend', { config, schema: { params, body: suspension } }, (request, reply) => {
    const visit = visitOf(request);
    const { reason = '' } = request.body as Static<typeof suspension>;
    return change(reply, visit, {}, () => suspend(visit.house, visit.member, { flagger: idOf(request), reason }));
  });
}

interface Shown {
  readonly typed?: FlaggersTyped;
  readonly errors?: readonly FieldError[];
}

async function show(reply: FastifyReply, visit: Visit, shown: Shown, status = 200): Promise<FastifyReply> {
  const read = await visit.house.db.begin('doors', async (tx) => ({
    rows: await readFlaggers(visit.house, tx),
    services: await subjects.services(tx),
  }));
  return send(reply, await flaggersPage(visit, { ...read, ...shown }), status);
}

async function change(reply: FastifyReply, visit: Visit, typed: FlaggersTyped, step: () => Promise<unknown>): Promise<FastifyReply> {
  try {
    await step();
    return reply.redirect('/desk/flaggers', 303);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const wrong =
      error.code === 'conflict' ? toPutRightOf(visit, 'account') : [toPutRight(error, visit.language)].filter((one) => one !== null);
    if (wrong.length === 0) throw error;
    return show(reply, visit, { typed, errors: wrong }, error.status);
  }
}
