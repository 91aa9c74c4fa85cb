import type { FastifyReply } from 'fastify';
import { type Static, Type } from 'typebox';
import { cursors } from '../../foundation/http/paging.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { form } from '../../foundation/http/schemas.ts';
import type { App } from '../../foundation/http/server.ts';
import * as policy from '../../policy/index.ts';
import { answerInquiry, type InquiryAnswer } from '../../procedure/moderation/index.ts';
import { lanesOf } from '../../staff/index.ts';
import { readInquiry } from '../../views/inquiries/inquiry.ts';
import { inquiryRows } from '../../views/inquiries/list.sql.ts';
import { extentOf } from '../case/measures.ts';
import type { Visit } from '../frame.ts';
import { missing, toPutRight } from '../refusal.ts';
import { idOf, right, send, visitOf } from '../visit.http.ts';
import { inquiryPage } from './inquiry.ts';
import { inquiriesPage } from './list.ts';
import type { InquiryShown, TypedAnswer } from './words.ts';

const short = Type.Optional(Type.String({ maxLength: 100 }));
const answer = form({
  about: short,
  outcome: short,
  determination: short,
  clause: short,
  territory: short,
  days: Type.Optional(Type.String({ maxLength: 10 })),
  reason: Type.Optional(Type.String({ maxLength: 5_000 })),
});
const params = Type.Object({ id: Type.String({ maxLength: 100 }) });
const query = Type.Object({ after: Type.Optional(Type.String({ maxLength: 512 })), lang: Type.Optional(Type.String({ maxLength: 20 })) });
const places = cursors('time', 'uuid');
const limit = 50;

/** Inquiries: who asks why, and what a person answers. */
export function inquiryPages(desk: App): void {
  const config = { page: true, right: right('inquiries.view', 'inquiries') } as const;

  desk.get('/desk/inquiries', { config, schema: { querystring: query } }, async (request, reply) => {
    const visit = visitOf(request);
    const { after } = request.query as Static<typeof query>;
    const from = places.read(after);
    const { rows, guidelines } = await visit.house.db.begin('doors', async (tx) => ({
      rows: await inquiryRows(tx, lanesOf(visit.member, 'case.view'), from && { receivedAt: from[0], id: from[1] }, limit + 1),
      guidelines: await policy.inForce(tx, visit.now),
    }));
    const { items, next } = places.page(rows, limit, (row) => [row.receivedAt, row.id]);
    return send(reply, await inquiriesPage(visit, { rows: items, guidelines, next, begun: after === undefined }));
  });

  desk.get('/desk/inquiries/:id', { config, schema: { params } }, (request, reply) => show(reply, visitOf(request), idOf(request)));

  // Whether this person may answer, and also correct the very decision (invariant 6), the step asks.
  desk.post('/desk/inquiries/:id/answer', { config, schema: { params, body: answer } }, async (request, reply) => {
    const visit = visitOf(request);
    const id = idOf(request);
    const typed = request.body as Static<typeof answer>;
    const given = answerOf(id, typed);
    if (typeof given === 'string') return show(reply, visit, id, { typed, errors: [missing(given, visit.language)], status: 422 });
    try {
      await answerInquiry(visit.house, visit.member, given);
    } catch (error) {
      const wrong = error instanceof Problem ? toPutRight(error, visit.language) : null;
      if (!wrong) throw error;
      return show(reply, visit, id, { typed, errors: [wrong], status: (error as Problem).status });
    }
    return reply.redirect(`/desk/inquiries/${id}`, 303);
  });
}

/** What was answered, or the choice that is missing. */
function answerOf(inquiry: string, typed: TypedAnswer): InquiryAnswer | 'outcome' | 'determination' {
  const { outcome, clause, reason = '' } = typed;
  if (outcome === 'explained' || outcome === 'appeal') return { inquiry, outcome, answer: reason };
  if (outcome !== 'corrected') return 'outcome';
  if (typed.about === 'dismissal') return { inquiry, outcome, answer: reason };
  const determination = policy.finalDeterminations.find((one) => one === typed.determination);
  return determination ? { inquiry, outcome, determination, clause: clause || null, answer: reason, ...extentOf(typed) } : 'determination';
}

async function show(
  reply: FastifyReply,
  visit: Visit,
  id: string,
  { status = 200, ...shown }: InquiryShown & { readonly status?: number } = {},
): Promise<FastifyReply> {
  const read = await visit.house.db.begin('doors', (tx) => readInquiry(visit.house, tx, visit.member, id));
  return send(reply, await inquiryPage(visit, read, shown), status);
}
