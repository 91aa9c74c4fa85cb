import { type Static, Type } from 'typebox';
import { secrecyBases } from '../../cases/index.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { form } from '../../foundation/http/schemas.ts';
import type { App } from '../../foundation/http/server.ts';
import { imposeSecrecy, liftSecrecy } from '../../procedure/moderation/index.ts';
import { lanesOf } from '../../staff/index.ts';
import { readSecrecies } from '../../views/secrecy/list.ts';
import { change } from '../case/case.http.ts';
import { toPutRight } from '../refusal.ts';
import { idOf, right, send, visitOf } from '../visit.http.ts';
import { secrecyPage } from './list.ts';

const params = Type.Object({ id: Type.String({ maxLength: 100 }) });
const short = Type.Optional(Type.String({ maxLength: 20 }));
const asked = form({ basis: short, 'secret-days': short, 'secret-reason': Type.Optional(Type.String({ maxLength: 2_000 })) });
const day = 24 * 3_600_000;
const limit = 200;

/** What is kept secret: begun on the page of its case, ended from the list. */
export function secrecyPages(desk: App): void {
  const read = { page: true, right: right('secrecies.view', 'secrecies') } as const;
  const write = { page: true, right: right('secrecy.impose') } as const;
  const list = (visit: ReturnType<typeof visitOf>) =>
    visit.house.db.begin('doors', (tx) => readSecrecies(visit.house, tx, lanesOf(visit.member, 'case.view'), limit));

  desk.get('/desk/secrecy', { config: read }, async (request, reply) => {
    const visit = visitOf(request);
    return send(reply, await secrecyPage(visit, await list(visit)));
  });

  desk.post('/desk/cases/:id/secrecy', { config: write, schema: { params, body: asked } }, (request, reply) => {
    const visit = visitOf(request);
    const { basis, 'secret-days': days = '', 'secret-reason': reason = '' } = request.body as Static<typeof asked>;
    const until = new Date(visit.now.getTime() + (/^\d{1,3}$/.test(days) ? Number(days) : 0) * day);
    return change(reply, visit, idOf(request), {}, (id) =>
      imposeSecrecy(visit.house, visit.member, {
        case: id,
        basis: secrecyBases.find((one) => one === basis) ?? 'authority',
        until,
        reason,
      }),
    );
  });

  desk.post('/desk/secrecy/:id/lift', { config: write, schema: { params, body: form({}) } }, async (request, reply) => {
    const visit = visitOf(request);
    try {
      await liftSecrecy(visit.house, visit.member, idOf(request));
    } catch (error) {
      const wrong = error instanceof Problem ? toPutRight(error, visit.language) : null;
      if (!wrong) throw error;
      return send(reply, await secrecyPage(visit, await list(visit), [wrong]), (error as Problem).status);
    }
    return reply.redirect('/desk/secrecy', 303);
  });
}
