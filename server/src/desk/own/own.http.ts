import { type Static, Type } from 'typebox';
import type { FieldError } from '../../foundation/html/error-summary.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { form } from '../../foundation/http/schemas.ts';
import type { App } from '../../foundation/http/server.ts';
import { changePassword, endOtherSessions, makeRecoveryCodes } from '../../procedure/staff/own.ts';
import { countRecoveryCodes, sessionsOf } from '../../staff/index.ts';
import type { Visit } from '../frame.ts';
import { right, send, visitOf } from '../visit.http.ts';
import { type OwnShown, ownPage, wrongOf } from './own.ts';

const typed = Type.String({ maxLength: 1_000 });
const passwords = form({ old: typed, fresh: typed });
const password = form({ password: typed });
type Reply = Parameters<typeof send>[0];

/** How somebody logs in themselves: their password, their one-time codes, where they are logged in. */
export function ownRoutes(desk: App): void {
  const config = { page: true, right: right('own.manage', 'own') } as const;

  desk.get('/desk/own', { config }, (request, reply) => show(reply, visitOf(request)));

  desk.post('/desk/own/password', { config, schema: { body: passwords } }, (request, reply) => {
    const visit = visitOf(request);
    const { old, fresh } = request.body as Static<typeof passwords>;
    return change(reply, visit, { 'log-in-failed': 'old', 'field-wrong': 'fresh' }, async () => {
      await changePassword(visit.house, { id: visit.session, member: visit.member }, { old, fresh });
      return { done: 'password' };
    });
  });

  // Answered with the page itself, which nothing stores: the codes are shown once and are nowhere afterwards.
  desk.post('/desk/own/recovery-codes', { config, schema: { body: password } }, (request, reply) => {
    const visit = visitOf(request);
    const { password: said } = request.body as Static<typeof password>;
    return change(reply, visit, { 'log-in-failed': 'password' }, async () => ({
      codes: await makeRecoveryCodes(visit.house, visit.member, said),
    }));
  });

  desk.post('/desk/own/end-others', { config, schema: { body: form({}) } }, (request, reply) => {
    const visit = visitOf(request);
    return change(reply, visit, {}, async () => {
      await endOtherSessions(visit.house, { id: visit.session, member: visit.member });
      return { done: 'sessions' };
    });
  });
}

type Shown = Pick<OwnShown, 'done' | 'codes' | 'errors'>;

/** A change, then the page as it is now. @param places the field that a refusal is about */
async function change(reply: Reply, visit: Visit, places: Readonly<Record<string, string>>, step: () => Promise<Shown>): Promise<Reply> {
  try {
    return await show(reply, visit, await step());
  } catch (error) {
    const field = error instanceof Problem ? places[error.code] : undefined;
    if (!(error instanceof Problem) || field === undefined) throw error;
    const errors: readonly FieldError[] = [{ field, message: wrongOf(visit, field) }];
    return show(reply, visit, { errors }, 422);
  }
}

async function show(reply: Reply, visit: Visit, shown: Shown = {}, status = 200): Promise<Reply> {
  const read = await visit.house.db.begin('doors', async (tx) => ({
    sessions: await sessionsOf(tx, visit.member.id, visit.now),
    left: await countRecoveryCodes(tx, visit.member.id),
  }));
  return send(reply, await ownPage(visit, { ...read, ...shown }), status);
}
