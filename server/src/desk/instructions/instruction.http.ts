import type { FastifyReply } from 'fastify';
import { type Static, Type } from 'typebox';
import type { Tx } from '../../foundation/db/transaction.ts';
import { cursors } from '../../foundation/http/paging.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { form } from '../../foundation/http/schemas.ts';
import type { App } from '../../foundation/http/server.ts';
import * as instructions from '../../instructions/index.ts';
import { advanceInstruction, type InstructionInput, receiveInstruction } from '../../procedure/moderation/index.ts';
import * as subjects from '../../subjects/index.ts';
import type { Visit } from '../frame.ts';
import { missing, toPutRight } from '../refusal.ts';
import { idOf, right, send, visitOf } from '../visit.http.ts';
import type { TypedInstruction } from './entry.ts';
import { instructionPage } from './instruction.ts';
import { type RegisterShown, registerPage } from './list.ts';
import { receiptPage } from './receipt.ts';

const short = Type.Optional(Type.String({ maxLength: 200 }));
const entry = form({ service: short, kind: short, reference: short, due: short, item_kind: short, item_id: short });
const step = form({ to: short, due: short });
const params = Type.Object({ id: Type.String({ maxLength: 100 }) });
const query = Type.Object({ after: Type.Optional(Type.String({ maxLength: 512 })), lang: Type.Optional(Type.String({ maxLength: 20 })) });
const places = cursors('time', 'uuid');
const limit = 50;

/** The regulator's instructions: what is asked, by when, what became of it, and the receipt. */
export function instructionPages(desk: App): void {
  const view = { page: true, right: right('instructions.view', 'instructions') } as const;
  const enter = { page: true, right: right('instruction.register', 'instruction') } as const;

  desk.get('/desk/instructions', { config: view, schema: { querystring: query } }, (request, reply) =>
    show(reply, visitOf(request), { after: (request.query as Static<typeof query>).after }),
  );

  desk.get('/desk/instructions/:id', { config: view, schema: { params } }, async (request, reply) => {
    const visit = visitOf(request);
    const id = idOf(request);
    return send(reply, await instructionPage(visit, await visit.house.db.begin('doors', (tx) => known(tx, id))));
  });

  desk.get('/desk/instructions/:id/receipt', { config: view, schema: { params } }, async (request, reply) => {
    const visit = visitOf(request);
    const id = idOf(request);
    const receipt = await visit.house.db.begin('doors', async (tx) => instructions.receiptOf(tx, await known(tx, id)));
    return send(reply, await receiptPage(visit, receipt));
  });

  desk.post('/desk/instructions', { config: enter, schema: { body: entry } }, async (request, reply) => {
    const visit = visitOf(request);
    const typed = request.body as Static<typeof entry>;
    const input = inputOf(typed);
    if (typeof input === 'string') return show(reply, visit, { typed, errors: [missing(input, visit.language)], status: 422 });
    try {
      return reply.redirect(`/desk/instructions/${await receiveInstruction(visit.house, visit.member, input)}`, 303);
    } catch (error) {
      const wrong = error instanceof Problem ? toPutRight(error, visit.language) : null;
      if (!wrong) throw error;
      return show(reply, visit, { typed, errors: [wrong], status: (error as Problem).status });
    }
  });

  desk.post('/desk/instructions/:id/advance', { config: enter, schema: { params, body: step } }, async (request, reply) => {
    const visit = visitOf(request);
    const id = idOf(request);
    const { to = '', due: typed } = request.body as Static<typeof step>;
    const due = timeOf(typed);
    try {
      await advanceInstruction(visit.house, visit.member, { instruction: id, to, ...(due ? { due } : {}) });
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'due-missing') throw error;
      const of = await visit.house.db.begin('doors', (tx) => known(tx, id));
      const shown = { ...(typed ? { due: typed } : {}), errors: [missing('due', visit.language)] };
      return send(reply, await instructionPage(visit, of, shown), error.status);
    }
    return reply.redirect(`/desk/instructions/${id}`, 303);
  });
}

/** Malaysian time, as it is typed. */
function timeOf(typed = ''): Date | null {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)$/.exec(typed.trim()) ?? [];
  const said = new Date(`${day}T${time}:00+08:00`);
  return Number.isNaN(said.getTime()) ? null : said;
}

/** @throws Problem `instruction-unknown`. */
async function known(tx: Tx, id: string): Promise<instructions.Instruction> {
  const found = await instructions.instruction(tx, id);
  if (!found) throw new Problem('instruction-unknown', `There is no instruction ${id}.`);
  return found;
}

/** What was entered, or the field that is missing. */
function inputOf(typed: TypedInstruction): InstructionInput | 'kind' | 'reference' | 'due' {
  const kind = (['remove', 'restore', 'direction', 'non-compliance'] as const).find((one) => one === typed.kind);
  if (!kind) return 'kind';
  const reference = typed.reference?.trim() ?? '';
  if (reference === '') return 'reference';
  const due = timeOf(typed.due);
  if (!due) return 'due';
  const item = typed.item_id?.trim() ? { item: { kind: typed.item_kind ?? 'post', id: typed.item_id.trim() } } : {};
  return { service: typed.service ?? '', kind, reference, due, ...item };
}

async function show(
  reply: FastifyReply,
  visit: Visit,
  {
    status = 200,
    after,
    ...shown
  }: Pick<RegisterShown, 'typed' | 'errors'> & { readonly status?: number; readonly after?: string | undefined },
): Promise<FastifyReply> {
  const from = places.read(after);
  const { rows, services, ownKinds } = await visit.house.db.begin('doors', async (tx) => ({
    rows: await instructions.register(tx, from && { receivedAt: from[0], id: from[1] }, limit + 1),
    services: await subjects.services(tx),
    ownKinds: await subjects.ownKinds(tx),
  }));
  const { items, next } = places.page(rows, limit, (row) => [row.receivedAt, row.id]);
  return send(reply, await registerPage(visit, { ...shown, rows: items, next, begun: after === undefined, services, ownKinds }), status);
}
