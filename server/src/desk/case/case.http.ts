import type { FastifyReply } from 'fastify';
import { type Static, Type } from 'typebox';
import type { FieldError } from '../../foundation/html/error-summary.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { form } from '../../foundation/http/schemas.ts';
import type { App } from '../../foundation/http/server.ts';
import * as policy from '../../policy/index.ts';
import {
  claim,
  type DecisionInput,
  decide,
  dismiss,
  hide,
  release,
  resemblances,
  revealMaterial,
} from '../../procedure/moderation/index.ts';
import { readCase } from '../../views/case-life.ts';
import { type Material, materialOf } from '../../views/material.ts';
import type { Visit } from '../frame.ts';
import { missing, toPutRight } from '../refusal.ts';
import { idOf, right, send, visitOf } from '../visit.http.ts';
import { casePage } from './case.ts';
import { extentOf } from './measures.ts';
import { previewed } from './previewed.ts';
import type { Typed } from './shown.ts';

const short = Type.Optional(Type.String({ maxLength: 100 }));
const judgement = form({
  determination: short,
  clause: short,
  territory: short,
  days: Type.Optional(Type.String({ maxLength: 10 })),
  measure: short,
  lessened: Type.Optional(Type.String({ maxLength: 2_000 })),
  reason: Type.Optional(Type.String({ maxLength: 5_000 })),
});
const dismissal = form({ report: short, ground: short, because: Type.Optional(Type.String({ maxLength: 5_000 })) });
const params = Type.Object({ id: Type.String({ maxLength: 100 }) });

/** One case: read it, take it, hide what it is about, decide it. */
export function caseRoutes(desk: App): void {
  const act = { params, body: form({}) };
  const claims = { page: true, right: right('case.claim', 'case') } as const;

  desk.get('/desk/cases/:id', { config: { page: true, right: right('case.view', 'case') }, schema: { params } }, async (request, reply) =>
    show(reply, visitOf(request), idOf(request)),
  );

  // Answered with the page itself: what was shown once is gone when the page is loaded again.
  desk.post(
    '/desk/cases/:id/reveal',
    { config: { page: true, right: right('material.view', 'material') }, schema: act },
    async (request, reply) => {
      const visit = visitOf(request);
      const { house, member } = visit;
      const id = idOf(request);
      const material = await revealMaterial(house, member, { case: id, why: 'deciding the case' }, (tx, revisions) =>
        materialOf(house, tx, revisions),
      );
      return show(reply, visit, id, { material });
    },
  );

  desk.post('/desk/cases/:id/claim', { config: claims, schema: act }, (request, reply) => {
    const visit = visitOf(request);
    return change(reply, visit, idOf(request), {}, (id) => claim(visit.house, visit.member, id));
  });

  desk.post('/desk/cases/:id/release', { config: claims, schema: act }, (request, reply) => {
    const visit = visitOf(request);
    return change(reply, visit, idOf(request), {}, (id) => release(visit.house, visit.member, id));
  });

  desk.post(
    '/desk/cases/:id/hide',
    { config: { page: true, right: right('case.withhold', 'case') }, schema: { params, body: form({ clause: short }) } },
    (request, reply) => {
      const visit = visitOf(request);
      const { clause = '' } = request.body as { clause?: string };
      return change(reply, visit, idOf(request), { clause }, (id) => hide(visit.house, visit.member, { case: id, clause }));
    },
  );

  // Answered with the page itself: what was typed, and what would follow from it.
  desk.post(
    '/desk/cases/:id/preview',
    { config: { page: true, right: right('case.decide', 'case') }, schema: { params, body: judgement } },
    (request, reply) => show(reply, visitOf(request), idOf(request), { typed: request.body as Static<typeof judgement> }),
  );

  desk.post(
    '/desk/cases/:id/dismiss',
    { config: { page: true, right: right('report.dismiss', 'report') }, schema: { params, body: dismissal } },
    (request, reply) => {
      const visit = visitOf(request);
      const typed = request.body as Static<typeof dismissal>;
      const { report = '', ground = '', because = '' } = typed;
      return change(reply, visit, idOf(request), typed, () => dismiss(visit.house, visit.member, { report, ground, reason: because }));
    },
  );

  desk.post(
    '/desk/cases/:id/decide',
    { config: { page: true, right: right('case.decide', 'case') }, schema: { params, body: judgement } },
    async (request, reply) => {
      const visit = visitOf(request);
      const typed = request.body as Static<typeof judgement>;
      const { clause, reason = '', lessened = '' } = typed;
      const determination = policy.finalDeterminations.find((one) => one === typed.determination);
      const id = idOf(request);
      if (!determination) return show(reply, visit, id, { typed, errors: [missing('determination', visit.language)], status: 422 });
      return change(reply, visit, id, typed, () =>
        decide(visit.house, visit.member, {
          case: id,
          determination,
          clause: clause || null,
          reason,
          lessened,
          ...extentOf(typed),
          ...measureOf(typed.measure),
        }),
      );
    },
  );
}

/** What the form says of the author's account; a form without that question leaves the account alone. */
function measureOf(typed: string | undefined): Pick<DecisionInput, 'measure'> {
  if (typed === undefined) return {};
  if (typed === 'suggested') return { measure: 'suggested' };
  return { measure: policy.shippedLadder.steps.find(({ measure }) => measure === typed)?.measure ?? null };
}

interface Shown {
  readonly typed?: Typed;
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
  const { read, ...more } = await visit.house.db.begin('doors', async (tx) => {
    const read = await readCase(visit.house, tx, id, material);
    const resembling = read.item?.author ? await resemblances(visit.house, tx, read.item.author) : [];
    return { read, resembling, preview: await previewed(visit, tx, read, shown.typed) };
  });
  return send(reply, await casePage(visit, read, { ...shown, ...more }), status);
}

/** A step, then the case as it is now; what the step refuses is said on the same page, with what was typed. */
export async function change(
  reply: FastifyReply,
  visit: Visit,
  id: string,
  typed: Typed,
  step: (id: string) => Promise<unknown>,
): Promise<FastifyReply> {
  try {
    await step(id);
  } catch (error) {
    const wrong = error instanceof Problem ? toPutRight(error, visit.language) : null;
    if (!wrong) throw error;
    return show(reply, visit, id, { typed, errors: [wrong], status: (error as Problem).status });
  }
  return reply.redirect(`/desk/cases/${id}`, 303);
}
