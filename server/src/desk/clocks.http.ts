import { type Static, Type } from 'typebox';
import { cursors } from '../foundation/http/paging.ts';
import { Problem } from '../foundation/http/problems.ts';
import { form } from '../foundation/http/schemas.ts';
import type { App } from '../foundation/http/server.ts';
import { explainBreach } from '../procedure/calls/index.ts';
import { countsOf, may } from '../staff/index.ts';
import { explanationsOf } from '../views/calls/explanations.ts';
import { breachRows, clockRows } from '../views/clocks.sql.ts';
import { missingMedia } from '../views/media/missing.sql.ts';
import { explanationIn, reasonMissing, type TypedReason } from './calls/reason.ts';
import { clocksPage } from './clocks.ts';
import { toPutRight } from './refusal.ts';
import { right, send, visitOf } from './visit.http.ts';

type Reply = Parameters<typeof send>[0];
type Visit = ReturnType<typeof visitOf>;

const query = Type.Object({ after: Type.Optional(Type.String({ maxLength: 512 })), lang: Type.Optional(Type.String({ maxLength: 20 })) });
const text = (maxLength: number) => Type.Optional(Type.String({ maxLength }));
const reason = form({ subject: text(100), clock: text(60), happened: text(5_000), remedy: text(5_000) });
const places = cursors('time', 'uuid', 'text');
const limit = 50;

/** The promises with a time: those that run, and those that were not kept, with the reason that a person gives. */
export function clockRoutes(desk: App): void {
  desk.get(
    '/desk/clocks',
    { config: { page: true, right: right('clocks.view', 'clocks') }, schema: { querystring: query } },
    (request, reply) => show(reply, visitOf(request), { after: (request.query as Static<typeof query>).after }),
  );

  desk.post(
    '/desk/clocks/explain',
    { config: { page: true, right: right('clock.explain', 'clocks') }, schema: { body: reason } },
    async (request, reply) => {
      const visit = visitOf(request);
      const typed = request.body as Static<typeof reason>;
      const said = explanationIn(typed);
      if (!said) throw new Problem('breach-unknown');
      try {
        await explainBreach(visit.house, visit.member, said);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        const wrong = error.code === 'reason-missing' ? reasonMissing(visit) : toPutRight(error, visit.language);
        if (!wrong) throw error;
        return show(reply, visit, { typed, errors: [wrong], status: error.status });
      }
      return reply.redirect('/desk/clocks#breaches', 303);
    },
  );
}

interface Shown {
  readonly after?: string | undefined;
  readonly typed?: TypedReason;
  readonly errors?: readonly ReturnType<typeof reasonMissing>[];
  readonly status?: number;
}

async function show(reply: Reply, visit: Visit, { after, status = 200, ...shown }: Shown): Promise<Reply> {
  const from = places.read(after);
  const place = from && { dueAt: from[0], subject: from[1], clock: from[2] };
  const seen = { lanes: countsOf(visit.member), instructions: may(visit.member, 'instructions.view', 'instructions').allowed };
  const read = await visit.house.db.begin('doors', async (tx) => {
    const breaches = await breachRows(tx, seen, limit);
    return {
      running: await clockRows(tx, seen, place, limit + 1),
      breaches,
      missing: await missingMedia(tx, seen.lanes, visit.now, limit),
      explanations: await explanationsOf(visit.house, tx, breaches),
    };
  });
  const { items, next } = places.page(read.running, limit, (row) => [row.dueAt, row.subject, row.clock]);
  return send(reply, await clocksPage(visit, { ...read, running: items, next, begun: after === undefined, ...shown }), status);
}
