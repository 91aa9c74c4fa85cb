import type { FastifyReply } from 'fastify';
import { type Static, Type } from 'typebox';
import type { FieldError } from '../foundation/html/error-summary.ts';
import { cursors } from '../foundation/http/paging.ts';
import { Problem } from '../foundation/http/problems.ts';
import { form } from '../foundation/http/schemas.ts';
import type { App } from '../foundation/http/server.ts';
import * as policy from '../policy/index.ts';
import { type AppealRuling, decideAppealOrHold, revealMaterial, takenBack } from '../procedure/moderation/index.ts';
import { resemblances } from '../procedure/returning/index.ts';
import { lanesOf } from '../staff/index.ts';
import { readAppeal } from '../views/appeal.ts';
import { appealRows } from '../views/appeals.sql.ts';
import { type Material, materialOf } from '../views/material.ts';
import { appealPage, type TypedRuling } from './appeal.ts';
import { appealsPage } from './appeals.ts';
import { fingerprintsOf } from './case/fingerprints.ts';
import { extentOf } from './case/measures.ts';
import type { Visit } from './frame.ts';
import { missing, toPutRight } from './refusal.ts';
import { idOf, right, send, visitOf } from './visit.http.ts';

const short = Type.Optional(Type.String({ maxLength: 100 }));
const ruling = form({
  outcome: short,
  determination: short,
  clause: short,
  alone: short,
  territory: short,
  days: Type.Optional(Type.String({ maxLength: 10 })),
  reason: Type.Optional(Type.String({ maxLength: 5_000 })),
});
const params = Type.Object({ id: Type.String({ maxLength: 100 }) });
const asked = Type.Object({ again: short, lang: short });
const query = Type.Object({ after: Type.Optional(Type.String({ maxLength: 512 })), lang: Type.Optional(Type.String({ maxLength: 20 })) });
const places = cursors('time', 'uuid');
const limit = 50;

/** Appeals: who asks for another person to look again, and what that person says. */
export function appealRoutes(desk: App): void {
  const config = { page: true, right: right('appeals.view', 'appeals') } as const;

  desk.get('/desk/appeals', { config, schema: { querystring: query } }, async (request, reply) => {
    const visit = visitOf(request);
    const { after } = request.query as Static<typeof query>;
    const from = places.read(after);
    const read = await visit.house.db.begin('doors', async (tx) => ({
      rows: await appealRows(tx, lanesOf(visit.member, 'case.view'), from && { receivedAt: from[0], id: from[1] }, limit + 1),
      guidelines: await policy.inForce(tx, visit.now),
    }));
    const { items, next } = places.page(read.rows, limit, (row) => [row.receivedAt, row.id]);
    return send(reply, await appealsPage(visit, { rows: items, guidelines: read.guidelines, next, begun: after === undefined }));
  });

  desk.get('/desk/appeals/:id', { config, schema: { params, querystring: asked } }, async (request, reply) => {
    const visit = visitOf(request);
    const { again } = request.query as Static<typeof asked>;
    return show(reply, visit, idOf(request), again === undefined ? {} : { typed: await typedBefore(visit, idOf(request), again) });
  });

  desk.post('/desk/appeals/:id/reveal', { config, schema: { params, body: form({}) } }, async (request, reply) => {
    const visit = visitOf(request);
    const { house, member } = visit;
    const id = idOf(request);
    const { case: read } = await house.db.begin('doors', (tx) => readAppeal(house, tx, member, id));
    const material = await revealMaterial(house, member, { case: read.of.id, why: 'hearing the appeal' }, (tx, revisions) =>
      materialOf(house, tx, revisions),
    );
    return show(reply, visit, id, { material });
  });

  // Whether this person may decide this very appeal (invariant 6), the step asks.
  desk.post('/desk/appeals/:id/decide', { config, schema: { params, body: ruling } }, async (request, reply) => {
    const visit = visitOf(request);
    const id = idOf(request);
    const typed = request.body as Static<typeof ruling>;
    const ruled = rulingOf(id, typed);
    if (typeof ruled === 'string') return show(reply, visit, id, { typed, errors: [missing(ruled, visit.language)], status: 422 });
    try {
      await decideAppealOrHold(visit.house, visit.member, ruled);
    } catch (error) {
      const wrong = error instanceof Problem ? toPutRight(error, visit.language) : null;
      if (!wrong) throw error;
      return show(reply, visit, id, { typed, errors: [wrong], status: (error as Problem).status });
    }
    return reply.redirect(`/desk/appeals/${id}`, 303);
  });
}

/** What this person had typed for a ruling that they took back; nothing where it was no such. */
async function typedBefore({ house, member }: Visit, appeal: string, id: string): Promise<TypedRuling> {
  const before = await house.db.begin('doors', (tx) => takenBack(house, tx, member, id));
  if (before?.appeal !== appeal) return {};
  const { determination, clause, territory, days, outcome, alone, reason } = before;
  return {
    ...{ determination, reason, territory: territory ?? 'everywhere', days: days === null ? '' : String(days) },
    ...(outcome === null ? {} : { outcome }),
    ...(clause === null ? {} : { clause }),
    ...(alone ? { alone: 'yes' } : {}),
  };
}

/** What was decided, or the choice that is missing. */
function rulingOf(appeal: string, typed: TypedRuling): AppealRuling | 'outcome' | 'determination' {
  const { outcome, clause, reason = '' } = typed;
  if (outcome === 'upheld' || outcome === 'replaced') return { appeal, outcome, reason };
  if (outcome !== 'overturned' && outcome !== 'partly') return 'outcome';
  const determination = [...policy.finalDeterminations, ...policy.accountMeasures].find((one) => one === typed.determination);
  return determination
    ? { appeal, outcome, determination, clause: clause || null, reason, alone: typed.alone === 'yes', ...extentOf(typed) }
    : 'determination';
}

interface Shown {
  readonly typed?: TypedRuling;
  readonly errors?: readonly FieldError[];
  readonly material?: readonly Material[];
  readonly status?: number;
}

async function show(
  reply: FastifyReply,
  visit: Visit,
  id: string,
  { status = 200, material, ...shown }: Shown = {},
): Promise<FastifyReply> {
  const { house, member } = visit;
  const asked = await house.db.begin('doors', (tx) => readAppeal(house, tx, member, id, { material }));
  const fingerprints = await fingerprintsOf(visit, asked.case.of.id);
  const read = fingerprints ? await house.db.begin('doors', (tx) => readAppeal(house, tx, member, id, { material, fingerprints })) : asked;
  const author = read.case.item?.author ?? null;
  const resembling = author === null ? [] : await house.db.begin('doors', (tx) => resemblances(tx, author));
  return send(reply, await appealPage(visit, read, { ...shown, resembling }), status);
}
