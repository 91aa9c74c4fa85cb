import type { FastifyReply } from 'fastify';
import { type Static, Type } from 'typebox';
import type { FieldError } from '../../foundation/html/error-summary.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { form } from '../../foundation/http/schemas.ts';
import type { App } from '../../foundation/http/server.ts';
import { merge, unmerge, type Why } from '../../procedure/casework/index.ts';
import { readCase } from '../../views/case-life.ts';
import { readDuplicates } from '../../views/similar.ts';
import type { Visit } from '../frame.ts';
import { toPutRight } from '../refusal.ts';
import { idOf, right, send, visitOf } from '../visit.http.ts';
import { change } from './case.http.ts';
import { mergePage } from './merge.ts';

const params = Type.Object({ id: Type.String({ maxLength: 100 }) });
const chosen = form({
  other: Type.Optional(Type.String({ maxLength: 300 })),
  why: Type.Optional(Type.String({ maxLength: 100 })),
  direction: Type.Optional(Type.String({ maxLength: 10 })),
});
const uuid = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/;
const whys: readonly Why[] = ['link', 'text', 'file', 'author'];

/** One matter in two cases: which could be, the merge, and the way back. */
export function mergeRoutes(desk: App): void {
  desk.get('/desk/cases/:id/merge', { config: { page: true, right: right('case.view') }, schema: { params } }, (request, reply) =>
    show(reply, visitOf(request), idOf(request)),
  );

  const acts = { page: true, right: right('case.hand-over', 'case') } as const;
  desk.post('/desk/cases/:id/merge', { config: acts, schema: { params, body: chosen } }, async (request, reply) => {
    const visit = visitOf(request);
    const id = idOf(request);
    const { other: typed = '', why = '', direction } = request.body as Static<typeof chosen>;
    // Its id, or the address of its page.
    const other = uuid.exec(typed.toLowerCase())?.[0];
    const [from, into] = direction === 'there' ? [id, other] : [other, id];
    try {
      if (from === undefined || into === undefined) throw new Problem('merge-refused', 'No case was named.');
      await merge(visit.house, visit.member, { case: from, into, why: whys.filter((one) => why.split(' ').includes(one)) });
    } catch (error) {
      const wrong = error instanceof Problem ? toPutRight(error, visit.language) : null;
      if (!wrong) throw error;
      return show(reply, visit, id, { typed, errors: [wrong] }, (error as Problem).status);
    }
    return reply.redirect(`/desk/cases/${into}`, 303);
  });

  desk.post('/desk/cases/:id/unmerge', { config: acts, schema: { params, body: form({}) } }, (request, reply) => {
    const visit = visitOf(request);
    return change(reply, visit, idOf(request), {}, (id) => unmerge(visit.house, visit.member, id));
  });
}

async function show(
  reply: FastifyReply,
  visit: Visit,
  id: string,
  shown: { readonly typed?: string; readonly errors?: readonly FieldError[] } = {},
  status = 200,
): Promise<FastifyReply> {
  const { house, member } = visit;
  const read = await house.db.begin('doors', async (tx) => ({
    case: await readCase(house, tx, member, id),
    alike: await readDuplicates(house, tx, id),
  }));
  return send(reply, await mergePage(visit, read, shown), status);
}
