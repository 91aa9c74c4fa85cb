import { type Static, Type } from 'typebox';
import { caseOf } from '../../cases/index.ts';
import type { FieldError } from '../../foundation/html/error-summary.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { form } from '../../foundation/http/schemas.ts';
import type { App } from '../../foundation/http/server.ts';
import * as policy from '../../policy/index.ts';
import {
  claim,
  type DecisionInput,
  decideOrPropose,
  dismiss,
  hide,
  release,
  revealMaterial,
  takenBack,
} from '../../procedure/moderation/index.ts';
import { resemblances } from '../../procedure/returning/index.ts';
import { may } from '../../staff/index.ts';
import { readCase } from '../../views/case-life.ts';
import { type Material, materialOf } from '../../views/material.ts';
import { readDuplicates } from '../../views/similar.ts';
import type { Visit } from '../frame.ts';
import { missing, toPutRight } from '../refusal.ts';
import { idOf, right, send, visitOf } from '../visit.http.ts';
import { casePage } from './case.ts';
import { fingerprintsOf } from './fingerprints.ts';
import { extentOf } from './measures.ts';
import { previewed } from './previewed.ts';
import type { Typed } from './shown.ts';

type Reply = Parameters<typeof send>[0];

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
const asked = Type.Object({ again: short, lang: short });

/** One case: read it, take it, hide what it is about, decide it. */
export function caseRoutes(desk: App): void {
  const act = { params, body: form({}) };
  const claims = { page: true, right: right('case.claim') } as const;

  desk.get(
    '/desk/cases/:id',
    { config: { page: true, right: right('case.view') }, schema: { params, querystring: asked } },
    async (request, reply) => {
      const visit = visitOf(request);
      const { again } = request.query as Static<typeof asked>;
      return show(reply, visit, idOf(request), again === undefined ? {} : { typed: await typedBefore(visit, idOf(request), again) });
    },
  );

  // Answered with the page itself: what was shown once is gone when the page is loaded again.
  desk.post('/desk/cases/:id/reveal', { config: { page: true, right: right('material.view') }, schema: act }, async (request, reply) => {
    const visit = visitOf(request);
    const { house, member } = visit;
    const id = idOf(request);
    const material = await revealMaterial(house, member, { case: id, why: 'deciding the case' }, (tx, revisions) =>
      materialOf(house, tx, revisions),
    );
    return show(reply, visit, id, { material });
  });

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
    { config: { page: true, right: right('case.withhold') }, schema: { params, body: form({ clause: short }) } },
    (request, reply) => {
      const visit = visitOf(request);
      const { clause = '' } = request.body as { clause?: string };
      return change(reply, visit, idOf(request), { clause }, (id) => hide(visit.house, visit.member, { case: id, clause }));
    },
  );

  // Answered with the page itself: what was typed, and what would follow from it.
  desk.post(
    '/desk/cases/:id/preview',
    { config: { page: true, right: right('case.decide') }, schema: { params, body: judgement } },
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
    { config: { page: true, right: right('case.decide') }, schema: { params, body: judgement } },
    async (request, reply) => {
      const visit = visitOf(request);
      const typed = request.body as Static<typeof judgement>;
      const { clause, reason = '', lessened = '' } = typed;
      const determination = policy.finalDeterminations.find((one) => one === typed.determination);
      const id = idOf(request);
      if (!determination) return show(reply, visit, id, { typed, errors: [missing('determination', visit.language)], status: 422 });
      return change(reply, visit, id, typed, () =>
        decideOrPropose(visit.house, visit.member, {
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

/** What this person had typed for a decision that they took back; nothing where it was no such. */
async function typedBefore({ house, member }: Visit, of: string, id: string): Promise<Typed> {
  const before = await house.db.begin('doors', (tx) => takenBack(house, tx, member, id));
  if (before?.case !== of) return {};
  const { determination, clause, territory, days, measure, reason, lessened } = before;
  return {
    ...{ determination, reason, lessened, territory: territory ?? 'everywhere', days: days === null ? '' : String(days) },
    ...(clause === null ? {} : { clause }),
    ...(measure === null ? {} : { measure }),
  };
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

async function show(reply: Reply, visit: Visit, id: string, { status = 200, material, ...shown }: Shown = {}): Promise<Reply> {
  const { house, member } = visit;
  const fingerprints = await fingerprintsOf(visit, id);
  const { read, ...more } = await house.db.begin('doors', async (tx) => {
    const read = await readCase(house, tx, member, id, { material, fingerprints });
    const resembling = read.item?.author ? await resemblances(tx, read.item.author) : [];
    // Who decides sees the nearest at once; each has to be opened, so the others are looked for on a page of their own.
    const mine = read.of.state === 'open' && read.holder?.id === member.id;
    const alike = mine ? (await readDuplicates(house, tx, id, 20)).suggestions : [];
    return { read, resembling, alike, preview: await previewed(visit, tx, read, shown.typed) };
  });
  return send(reply, await casePage(visit, read, { ...shown, ...more }), status);
}

/**
 * A step, then the case as it is now; what the step refuses is said on the same page, with what was typed. Who hid by a clause on child abuse
 * material has handed the case over, and may not see it any more.
 */
export async function change(reply: Reply, visit: Visit, id: string, typed: Typed, step: (id: string) => Promise<unknown>): Promise<Reply> {
  try {
    await step(id);
  } catch (error) {
    const wrong = error instanceof Problem ? toPutRight(error, visit.language) : null;
    if (!wrong) throw error;
    return show(reply, visit, id, { typed, errors: [wrong], status: (error as Problem).status });
  }
  const of = await visit.house.db.begin('doors', (tx) => caseOf(tx, id));
  const lost = of !== undefined && !may(visit.member, 'case.view', { type: 'case', harm: of.harm }).allowed;
  return reply.redirect(lost ? '/desk/queue?notice=referred' : `/desk/cases/${id}`, 303);
}
