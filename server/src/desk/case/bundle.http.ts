import type { FastifyReply } from 'fastify';
import { type Static, Type } from 'typebox';
import type { FieldError } from '../../foundation/html/error-summary.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { closed } from '../../foundation/http/schemas.ts';
import type { App } from '../../foundation/http/server.ts';
import * as policy from '../../policy/index.ts';
import { decideBundleOrHold, gather, takeOut, type Why } from '../../procedure/casework/index.ts';
import { bundleFiles } from '../../views/bundle-files.ts';
import { readCase } from '../../views/case-life.ts';
import { readBundle } from '../../views/similar.ts';
import type { Visit } from '../frame.ts';
import { missing, toPutRight } from '../refusal.ts';
import { idOf, right, send, visitOf } from '../visit.http.ts';
import { bundlePage } from './bundle.ts';
import { judgementOf } from './bundle-judgement.ts';
import { previewBundle } from './bundle-previewed.ts';
import type { Typed } from './shown.ts';

const short = Type.Optional(Type.String({ maxLength: 100 }));
const several = Type.Optional(
  Type.Union([Type.String({ maxLength: 100 }), Type.Array(Type.String({ maxLength: 100 }), { maxItems: 1_000 })]),
);
const params = Type.Object({ id: Type.String({ maxLength: 100 }) });
const csrf = Type.Optional(Type.String({ maxLength: 200 }));
const gathered = closed({ case: several, csrf });
const judgement = closed({
  csrf,
  determination: short,
  clause: short,
  territory: short,
  days: Type.Optional(Type.String({ maxLength: 10 })),
  measure: short,
  less: several,
  lessened: Type.Optional(Type.String({ maxLength: 2_000 })),
  reason: Type.Optional(Type.String({ maxLength: 5_000 })),
  except: several,
});
const uuid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;
const whys: readonly Why[] = ['link', 'text', 'file', 'author'];

/** A bundle: what belongs to it, what could, and one decision for all of it. */
export function bundleRoutes(desk: App): void {
  desk.get('/desk/cases/:id/bundle', { config: { page: true, right: right('case.view') }, schema: { params } }, (request, reply) =>
    show(reply, visitOf(request), idOf(request)),
  );

  const gathers = { page: true, right: right('case.hand-over', 'case') } as const;
  desk.post('/desk/cases/:id/bundle/gather', { config: gathers, schema: { params, body: gathered } }, (request, reply) => {
    const visit = visitOf(request);
    const chosen = list((request.body as Static<typeof gathered>).case).map((one) => one.split(' '));
    const cases = chosen
      .filter(([id = '']) => uuid.test(id))
      .map(([id, ...why]) => ({ id: id as string, why: whys.filter((one) => why.includes(one)) }));
    return change(reply, visit, idOf(request), {}, (lead) => gather(visit.house, visit.member, { lead, cases }));
  });

  desk.post('/desk/cases/:id/bundle/take-out', { config: gathers, schema: { params, body: gathered } }, (request, reply) => {
    const visit = visitOf(request);
    const out = list((request.body as Static<typeof gathered>).case).filter((id) => uuid.test(id));
    return change(reply, visit, idOf(request), {}, async () => {
      for (const id of out) await takeOut(visit.house, visit.member, id);
    });
  });

  // Answered with the page itself: what was typed, and what would follow from it for whom.
  desk.post(
    '/desk/cases/:id/bundle/preview',
    { config: { page: true, right: right('case.decide') }, schema: { params, body: judgement } },
    (request, reply) => show(reply, visitOf(request), idOf(request), { typed: typedOf(request.body as Static<typeof judgement>) }),
  );

  desk.post(
    '/desk/cases/:id/bundle/decide',
    { config: { page: true, right: right('case.decide') }, schema: { params, body: judgement } },
    async (request, reply) => {
      const visit = visitOf(request);
      const typed = typedOf(request.body as Static<typeof judgement>);
      const determination = policy.finalDeterminations.find((one) => one === typed.determination);
      const id = idOf(request);
      if (!determination) return show(reply, visit, id, { typed, errors: [missing('determination', visit.language)] }, 422);
      const judged = { case: id, reason: typed.reason ?? '', ...judgementOf(typed, determination) };
      return change(reply, visit, id, typed, () => decideBundleOrHold(visit.house, visit.member, judged), `/desk/cases/${id}`);
    },
  );
}

function typedOf({ except, less, csrf: _, ...typed }: Static<typeof judgement>): Typed {
  return { ...typed, except: list(except), less: list(less) };
}

const list = (value: string | readonly string[] | undefined): readonly string[] => (value === undefined ? [] : [value].flat());

interface Shown {
  readonly typed?: Typed;
  readonly errors?: readonly FieldError[];
}

async function show(reply: FastifyReply, visit: Visit, id: string, shown: Shown = {}, status = 200): Promise<FastifyReply> {
  const { house, member } = visit;
  const { preview, ...read } = await house.db.begin('doors', async (tx) => {
    const about = { case: await readCase(house, tx, member, id), bundle: await readBundle(house, tx, id) };
    const read = { ...about, files: about.case.mayLook ? await bundleFiles(house, tx, about.bundle.members) : new Map() };
    return { ...read, preview: await previewBundle(visit, tx, read, shown.typed) };
  });
  return send(reply, await bundlePage(visit, read, { ...shown, preview }), status);
}

async function change(
  reply: FastifyReply,
  visit: Visit,
  id: string,
  typed: Typed,
  step: (id: string) => Promise<unknown>,
  then = `/desk/cases/${id}/bundle`,
): Promise<FastifyReply> {
  try {
    await step(id);
  } catch (error) {
    const wrong = error instanceof Problem ? toPutRight(error, visit.language) : null;
    if (!wrong) throw error;
    return show(reply, visit, id, { typed, errors: [wrong] }, (error as Problem).status);
  }
  return reply.redirect(then, 303);
}
