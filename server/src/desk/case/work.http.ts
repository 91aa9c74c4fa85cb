import { type Static, Type } from 'typebox';
import { form } from '../../foundation/http/schemas.ts';
import type { App } from '../../foundation/http/server.ts';
import { type HandOver, handOver, note, park, raise, takeUp } from '../../procedure/casework/index.ts';
import { idOf, right, visitOf } from '../visit.http.ts';
import { change } from './case.http.ts';
import { rests } from './work.ts';

const text = Type.Optional(Type.String({ maxLength: 2_000 }));
const short = Type.Optional(Type.String({ maxLength: 60 }));
const params = Type.Object({ id: Type.String({ maxLength: 100 }) });
const noted = form({ note: text });
const handed = form({ note: text, to: short });
const parked = form({ note: text, hours: short });
const hour = 3_600_000;

/** What is done with a case besides deciding it: each act a form on its page, each a record. */
export function workRoutes(desk: App): void {
  const behind = (action: 'case.hand-over' | 'case.park' | 'case.note') => ({ page: true, right: right(action, 'case') }) as const;

  desk.post('/desk/cases/:id/note', { config: behind('case.note'), schema: { params, body: noted } }, (request, reply) => {
    const visit = visitOf(request);
    const { note: said = '' } = request.body as Static<typeof noted>;
    return change(reply, visit, idOf(request), {}, (id) => note(visit.house, visit.member, { case: id, note: said }));
  });

  desk.post('/desk/cases/:id/hand-over', { config: behind('case.hand-over'), schema: { params, body: handed } }, (request, reply) => {
    const visit = visitOf(request);
    const { note: said = '', to = '' } = request.body as Static<typeof handed>;
    return change(reply, visit, idOf(request), {}, (id) => handOver(visit.house, visit.member, { case: id, to: receiver(to), note: said }));
  });

  desk.post('/desk/cases/:id/raise', { config: behind('case.hand-over'), schema: { params, body: noted } }, (request, reply) => {
    const visit = visitOf(request);
    const { note: said = '' } = request.body as Static<typeof noted>;
    return change(reply, visit, idOf(request), {}, (id) => raise(visit.house, visit.member, { case: id, note: said }));
  });

  desk.post('/desk/cases/:id/park', { config: behind('case.park'), schema: { params, body: parked } }, (request, reply) => {
    const visit = visitOf(request);
    const { note: said = '', hours } = request.body as Static<typeof parked>;
    const rest = rests.find((one) => String(one) === hours) ?? rests[0];
    const until = new Date(visit.now.getTime() + (rest as number) * hour);
    return change(reply, visit, idOf(request), {}, (id) => park(visit.house, visit.member, { case: id, until, note: said }));
  });

  desk.post('/desk/cases/:id/take-up', { config: behind('case.park'), schema: { params, body: form({}) } }, (request, reply) => {
    const visit = visitOf(request);
    return change(reply, visit, idOf(request), {}, (id) => takeUp(visit.house, visit.member, id));
  });
}

/** `desk:…` or `person:…`, as the form has it; anything else is no desk of ours. */
function receiver(to: string): HandOver['to'] {
  const [kind, id = ''] = to.split(/:(.*)/s);
  const known = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;
  return kind === 'person' && known.test(id) ? { member: id } : { desk: kind === 'desk' ? id : to };
}
