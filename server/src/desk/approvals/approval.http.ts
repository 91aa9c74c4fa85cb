import { type Static, Type } from 'typebox';
import { Problem } from '../../foundation/http/problems.ts';
import { form } from '../../foundation/http/schemas.ts';
import type { App } from '../../foundation/http/server.ts';
import * as policy from '../../policy/index.ts';
import { cancelProposal, revealMaterial, type SecondRuling, settleProposal } from '../../procedure/moderation/index.ts';
import { readProposal } from '../../views/approvals/proposal.ts';
import { type Material, materialOf } from '../../views/material.ts';
import { fingerprintsOf } from '../case/fingerprints.ts';
import { extentOf } from '../case/measures.ts';
import type { Visit } from '../frame.ts';
import { missing, toPutRight } from '../refusal.ts';
import { idOf, right, send, visitOf } from '../visit.http.ts';
import { type ApprovalShown, approvalPage } from './approval.ts';
import type { TypedSettling } from './settling.ts';

type Reply = Parameters<typeof send>[0];

const short = Type.Optional(Type.String({ maxLength: 100 }));
const settling = form({
  outcome: short,
  determination: short,
  territory: short,
  days: short,
  clause: short,
  reason: Type.Optional(Type.String({ maxLength: 5_000 })),
});
const params = Type.Object({ id: Type.String({ maxLength: 100 }) });

/** One proposal: what was proposed, and what a second person says of it. Who may settle which, the steps ask. */
export function approvalRoutes(desk: App): void {
  const config = { page: true, right: right('approvals.view', 'approvals') } as const;
  const act = { params, body: form({}) };

  desk.get('/desk/approvals/:id', { config, schema: { params } }, (request, reply) => show(reply, visitOf(request), idOf(request)));

  desk.post('/desk/approvals/:id/reveal', { config, schema: act }, async (request, reply) => {
    const visit = visitOf(request);
    const { house, member } = visit;
    const id = idOf(request);
    const { case: read } = await house.db.begin('doors', (tx) => readProposal(house, tx, member, id));
    const material = await revealMaterial(house, member, { case: read.of.id, why: 'seconding the decision' }, (tx, revisions) =>
      materialOf(house, tx, revisions),
    );
    return show(reply, visit, id, { material });
  });

  desk.post('/desk/approvals/:id/settle', { config, schema: { params, body: settling } }, async (request, reply) => {
    const visit = visitOf(request);
    const id = idOf(request);
    const typed = request.body as Static<typeof settling>;
    const ruled = rulingOf(id, typed);
    if (typeof ruled === 'string') return show(reply, visit, id, { typed, errors: [missing(ruled, visit.language)], status: 422 });
    return change(reply, visit, id, typed, () => settleProposal(visit.house, visit.member, ruled));
  });

  desk.post('/desk/approvals/:id/cancel', { config, schema: act }, (request, reply) => {
    const visit = visitOf(request);
    const id = idOf(request);
    return change(reply, visit, id, {}, () => cancelProposal(visit.house, visit.member, id));
  });
}

/** What was said, or the choice that is missing. */
function rulingOf(
  proposal: string,
  { outcome, determination, clause, reason = '', ...extent }: TypedSettling,
): SecondRuling | 'outcome' | 'determination' {
  if (outcome === 'confirmed') return { proposal, outcome };
  if (outcome === 'refused') return { proposal, outcome, reason };
  if (outcome !== 'changed') return 'outcome';
  const instead = policy.finalDeterminations.find((one) => one === determination);
  return instead ? { proposal, outcome, determination: instead, clause: clause || null, reason, ...extentOf(extent) } : 'determination';
}

async function change(reply: Reply, visit: Visit, id: string, typed: TypedSettling, step: () => Promise<unknown>): Promise<Reply> {
  try {
    await step();
  } catch (error) {
    const wrong = error instanceof Problem ? toPutRight(error, visit.language) : null;
    if (!wrong) throw error;
    return show(reply, visit, id, { typed, errors: [wrong], status: (error as Problem).status });
  }
  return reply.redirect(`/desk/approvals/${id}`, 303);
}

interface Shown extends ApprovalShown {
  readonly material?: readonly Material[];
  readonly status?: number;
}

/**
 * The page of a proposal. Material that is not guarded lies open on it, and of child abuse material its fingerprints do: for a second person
 * that is the look that has to come first, and it goes on record like any other.
 */
async function show(reply: Reply, visit: Visit, id: string, { status = 200, material, ...shown }: Shown = {}): Promise<Reply> {
  const { house, member } = visit;
  const read = await house.db.begin('doors', (tx) => readProposal(house, tx, member, id, { material }));
  const fingerprints = await fingerprintsOf(visit, read.case.of.id);
  const again = fingerprints && (await house.db.begin('doors', (tx) => readProposal(house, tx, member, id, { material, fingerprints })));
  return send(reply, await approvalPage(visit, again ?? read, shown), status);
}
