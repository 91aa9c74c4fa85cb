import type { FastifyReply } from 'fastify';
import { type Static, Type } from 'typebox';
import * as decisions from '../../decisions/index.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { closed, form } from '../../foundation/http/schemas.ts';
import type { App } from '../../foundation/http/server.ts';
import * as policy from '../../policy/index.ts';
import { publishAlone } from '../../procedure/break-glass/index.ts';
import * as steps from '../../procedure/policy/index.ts';
import { readDraft } from '../../views/policy-draft.ts';
import type { Visit } from '../frame.ts';
import { toPutRight } from '../refusal.ts';
import { idOf, right, send, visitOf } from '../visit.http.ts';
import { clauseFields, clauseOf, clausePage, type TypedClause, typedOf } from './clause.ts';
import { type DraftShown, draftPage } from './draft.ts';
import { policyPage } from './policy.ts';
import { words } from './words.ts';

const word = Type.Optional(Type.String({ maxLength: 200 }));
const params = Type.Object({ id: Type.String({ maxLength: 100 }) });
const clauseBody = form({
  seen: word as never,
  ...Object.fromEntries(clauseFields.map((name) => [name, Type.Optional(Type.String({ maxLength: 5_000 }))])),
});

type Errors = NonNullable<DraftShown['errors']>;
type FieldError = Errors[number];

/** The guidelines: their versions and drafts. Who may review what, the step asks of the draft itself. */
export function policyRoutes(desk: App): void {
  const views = { page: true, right: right('policy.view', 'policy') } as const;
  const writes = { page: true, right: right('policy.write', 'policy') } as const;

  desk.get('/desk/policy', { config: views }, (request, reply) => showAll(reply, visitOf(request)));

  desk.post('/desk/policy', { config: writes, schema: { body: form({}) } }, async (request, reply) => {
    const { house, member } = visitOf(request);
    return reply.redirect(`/desk/policy/${await steps.beginDraft(house, member)}`, 303);
  });

  const imported = form({ text: Type.String({ maxLength: 1_000_000 }) });
  desk.post('/desk/policy/import', { config: writes, bodyLimit: 4_000_000, schema: { body: imported } }, async (request, reply) => {
    const visit = visitOf(request);
    const { text } = request.body as Static<typeof imported>;
    const wanted = steps.readDocument(text);
    if (wanted === null)
      return showAll(reply, visit, { typed: text, errors: [{ field: 'text', message: words(visit.language)('wrong.json') }] }, 422);
    return reply.redirect(`/desk/policy/${await steps.beginDraft(visit.house, visit.member, wanted)}`, 303);
  });

  const named = form({ version: Type.String({ maxLength: 20 }) });
  for (const [act, step] of [
    ['confirm', steps.confirmVersion],
    ['withdraw', steps.withdrawVersion],
  ] as const)
    desk.post(`/desk/policy/${act}`, { config: writes, schema: { body: named } }, async (request, reply) => {
      const visit = visitOf(request);
      return doing(visit, () => step(visit.house, visit.member, (request.body as Static<typeof named>).version), {
        done: () => reply.redirect('/desk/policy', 303),
        wrong: (errors, status) => showAll(reply, visit, { errors }, status),
      });
    });

  desk.get('/desk/policy/:id', { config: views, schema: { params } }, (request, reply) =>
    showDraft(reply, visitOf(request), idOf(request)),
  );

  const query = Type.Object({ clause: word, lang: word });
  desk.get('/desk/policy/:id/clause', { config: writes, schema: { params, querystring: query } }, async (request, reply) => {
    const { clause } = request.query as Static<typeof query>;
    const visit = visitOf(request);
    const { draft, text } = await visit.house.db.begin('doors', (tx) => readDraft(visit.house, tx, idOf(request)));
    const known = clause === undefined ? undefined : text.clauses.find(({ id }) => id === clause);
    if (clause !== undefined && !known) throw new Problem('not-found');
    return send(
      reply,
      await clausePage(visit, { draft, seen: draft.digest, known: known !== undefined, typed: known ? typedOf(known) : {} }),
    );
  });

  desk.post('/desk/policy/:id/clause', { config: writes, schema: { params, body: clauseBody } }, async (request, reply) => {
    const visit = visitOf(request);
    const { seen = '', ...typed } = request.body as TypedClause;
    const draft = idOf(request);
    const becomes = clauseOf(typed);
    return doing(visit, () => steps.amendDraft(visit.house, visit.member, { draft, seen, clause: { id: becomes.id, becomes } }), {
      done: () => reply.redirect(`/desk/policy/${draft}`, 303),
      wrong: async (errors, status) => {
        const read = await visit.house.db.begin('doors', (tx) => readDraft(visit.house, tx, draft));
        const known = read.text.clauses.some(({ id }) => id === becomes.id);
        return send(reply, await clausePage(visit, { draft: read.draft, seen, known, typed, errors }), status);
      },
    });
  });

  const acts = closed({
    seen: word,
    id: word,
    outcome: word,
    reason: Type.Optional(Type.String({ maxLength: 3_000 })),
    from: word,
    csrf: word,
  });
  type Act = Static<typeof acts>;
  const act = (name: string, step: (visit: Visit, draft: string, body: Act & { seen: string }) => Promise<unknown>) =>
    desk.post(`/desk/policy/:id/${name}`, { config: writes, schema: { params, body: acts } }, (request, reply) => {
      const visit = visitOf(request);
      const id = idOf(request);
      const body = request.body as Act;
      return doing(visit, () => step(visit, id, { ...body, seen: body.seen ?? '' }), {
        done: () => reply.redirect(`/desk/policy/${id}`, 303),
        wrong: (errors, status) => showDraft(reply, visit, id, errors, status),
      });
    });
  act('remove', ({ house, member }, draft, { seen, id = '' }) =>
    steps.amendDraft(house, member, { draft, seen, clause: { id, becomes: null } }),
  );
  act('renew', ({ house, member }, draft, { seen }) => steps.amendDraft(house, member, { draft, seen }));
  act('drop', ({ house, member }, draft, { seen }) => steps.dropDraft(house, member, { draft, seen }));
  act('review', async ({ house, member, language }, draft, { seen, outcome, reason = '' }) => {
    const say = words(language);
    if (outcome !== 'accepted' && outcome !== 'returned') return { field: 'outcome', message: say('wrong.outcome') };
    return steps.reviewDraft(house, member, { draft, seen, outcome, reason });
  });
  for (const [name, publish] of [
    ['publish', steps.publishDraft],
    ['alone', publishAlone],
  ] as const)
    act(name, async ({ house, member, language }, draft, { seen, from = '' }) => {
      const at = from.trim() === '' ? house.clock.now() : momentOf(from);
      if (at === null) return { field: 'from', message: words(language)('from.error') };
      return publish(house, member, { draft, seen, from: at });
    });
}

/** A moment as people here write it: Kuala Lumpur has kept UTC+8 since 1982. Null where it is none. */
function momentOf(typed: string): Date | null {
  const found = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)$/.exec(typed.trim());
  const at = found ? new Date(`${found[1]}T${found[2]}:00+08:00`) : null;
  return at === null || Number.isNaN(at.getTime()) ? null : at;
}

/** A step; what it refuses is said on the page that asked for it. */
async function doing(
  visit: Visit,
  step: () => Promise<unknown>,
  { done, wrong }: { done: () => FastifyReply; wrong: (errors: Errors, status: number) => Promise<FastifyReply> },
): Promise<FastifyReply> {
  try {
    const answered = await step();
    return isError(answered) ? await wrong([answered], 422) : done();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const said = refusalOf(error, visit);
    if (!said) throw error;
    return wrong([said], error.status);
  }
}

const isError = (answered: unknown): answered is FieldError => typeof answered === 'object' && answered !== null && 'message' in answered;

/** A refusal in the words of these pages; null where it isn't about what was typed here. */
function refusalOf(problem: Problem, { language }: Visit): FieldError | null {
  const say = words(language);
  if (problem.code === 'conflict') return { message: say('wrong.conflict') };
  if (problem.code === 'glass-closed') return { message: say('wrong.glass') };
  if (problem.code === 'policy-incomplete') return { message: say('wrong.incomplete') };
  if (problem.code === 'field-wrong') return { message: say('wrong.form') };
  return toPutRight(problem, language);
}

async function showAll(
  reply: FastifyReply,
  visit: Visit,
  more: { typed?: string; errors?: Errors } = {},
  status = 200,
): Promise<FastifyReply> {
  const read = await visit.house.db.begin('doors', async (tx) => ({
    alone: await decisions.actsOn(tx, 'policy'),
    versions: await policy.allVersions(tx),
    current: await policy.inForce(tx, visit.now),
    drafts: await policy.openDrafts(tx),
  }));
  return send(reply, await policyPage(visit, { ...read, ...more }), status);
}

async function showDraft(reply: FastifyReply, visit: Visit, id: string, errors: Errors = [], status = 200): Promise<FastifyReply> {
  const read = await visit.house.db.begin('doors', async (tx) => ({
    ...(await readDraft(visit.house, tx, id)),
    glass: (await decisions.openGlassOf(tx, visit.member.id, visit.now)) !== undefined,
  }));
  return send(reply, await draftPage(visit, { ...read, errors }), status);
}
