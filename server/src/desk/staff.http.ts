import type { FastifyReply } from 'fastify';
import { type Static, Type } from 'typebox';
import type { FieldError } from '../foundation/html/error-summary.ts';
import { Problem } from '../foundation/http/problems.ts';
import { closed, form } from '../foundation/http/schemas.ts';
import type { App } from '../foundation/http/server.ts';
import { isLanguage } from '../foundation/i18n/language.ts';
import { disable } from '../procedure/staff/disable.ts';
import { enrol } from '../procedure/staff/enrol.ts';
import { resetSecrets } from '../procedure/staff/reset.ts';
import { setRoles } from '../procedure/staff/set-roles.ts';
import { checkLogin, roster } from '../staff/index.ts';
import type { Visit } from './frame.ts';
import { toPutRight } from './refusal.ts';
import { type StaffShown, staffDesk, toPutRightOf } from './staff.ts';
import { idOf, right, send, visitOf } from './visit.http.ts';

const csrf = Type.Optional(Type.String({ maxLength: 200 }));
// Boxes that are ticked come as one word or as several.
const ticked = Type.Optional(Type.Union([Type.String({ maxLength: 40 }), Type.Array(Type.String({ maxLength: 40 }), { maxItems: 20 })]));
const member = closed({
  name: Type.String({ maxLength: 300 }),
  login: Type.String({ maxLength: 200 }),
  roles: ticked,
  languages: ticked,
  csrf,
});
const roles = closed({ roles: ticked, csrf });
const params = Type.Object({ id: Type.String({ maxLength: 100 }) });

/** Who works here: for administrators. */
export function staffRoutes(desk: App): void {
  const config = { page: true, right: right('staff.manage', 'staff') } as const;

  desk.get('/desk/staff', { config }, (request, reply) => show(reply, visitOf(request)));

  // Answered with the page itself, which nothing stores: password and secret are shown once and are nowhere afterwards.
  desk.post('/desk/staff', { config, schema: { body: member } }, async (request, reply) => {
    const visit = visitOf(request);
    const { name, login, ...boxes } = request.body as Static<typeof member>;
    const typed = { name, login, roles: list(boxes.roles), languages: list(boxes.languages) };
    const errors = toPutRightOf(visit, { ...typed, login: canBe(login) ? login : null });
    if (errors.length > 0) return show(reply, visit, { typed, errors }, 422);
    try {
      const enrolled = await enrol(visit.house, visit.member, { ...typed, languages: typed.languages.filter(isLanguage) });
      return show(reply, visit, { enrolled: { ...enrolled, name } });
    } catch (error) {
      if (error instanceof Problem && error.code === 'conflict')
        return show(reply, visit, { typed, errors: toPutRightOf(visit, 'taken') }, error.status);
      return refused(reply, visit, error, { typed });
    }
  });

  desk.post('/desk/staff/:id/roles', { config, schema: { params, body: roles } }, (request, reply) => {
    const visit = visitOf(request);
    const chosen = list((request.body as Static<typeof roles>).roles);
    return change(reply, visit, () => setRoles(visit.house, visit.member, { member: idOf(request), roles: chosen }));
  });

  // As with an enrolment: shown once, stored nowhere.
  desk.post('/desk/staff/:id/reset', { config, schema: { params, body: form({}) } }, async (request, reply) => {
    const visit = visitOf(request);
    try {
      const reset = await resetSecrets(visit.house, visit.member, { member: idOf(request) });
      return show(reply, visit, { enrolled: { ...reset, id: idOf(request) }, reset: true });
    } catch (error) {
      return refused(reply, visit, error, {});
    }
  });

  desk.post('/desk/staff/:id/disable', { config, schema: { params, body: form({}) } }, (request, reply) => {
    const visit = visitOf(request);
    return change(reply, visit, () => disable(visit.house, visit.member, { member: idOf(request) }));
  });
}

function canBe(login: string): boolean {
  try {
    return checkLogin(login) !== '';
  } catch {
    return false;
  }
}

function list(boxes: string | readonly string[] | undefined): readonly string[] {
  return boxes === undefined ? [] : typeof boxes === 'string' ? [boxes] : boxes;
}

async function change(reply: FastifyReply, visit: Visit, step: () => Promise<void>): Promise<FastifyReply> {
  try {
    await step();
    return reply.redirect('/desk/staff', 303);
  } catch (error) {
    return refused(reply, visit, error, {});
  }
}

/** What the step refuses is said on the same page, in its own words where it has any. */
function refused(reply: FastifyReply, visit: Visit, error: unknown, shown: Omit<StaffShown, 'roster'>): Promise<FastifyReply> {
  const wrong = error instanceof Problem ? toPutRight(error, visit.language) : null;
  if (!wrong) throw error;
  const errors: readonly FieldError[] = [wrong];
  return show(reply, visit, { ...shown, errors }, (error as Problem).status);
}

async function show(reply: FastifyReply, visit: Visit, shown: Omit<StaffShown, 'roster'> = {}, status = 200): Promise<FastifyReply> {
  const everybody = await visit.house.db.begin('doors', (tx) => roster(tx));
  return send(reply, await staffDesk(visit, { ...shown, roster: everybody }), status);
}
