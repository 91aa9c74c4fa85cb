import { type Static, Type } from 'typebox';
import { cursors } from '../foundation/http/paging.ts';
import type { App } from '../foundation/http/server.ts';
import { countsOf, may } from '../staff/index.ts';
import { breachRows, clockRows } from '../views/clocks.sql.ts';
import { missingMedia } from '../views/media/missing.sql.ts';
import { clocksPage } from './clocks.ts';
import { right, send, visitOf } from './visit.http.ts';

const query = Type.Object({ after: Type.Optional(Type.String({ maxLength: 512 })), lang: Type.Optional(Type.String({ maxLength: 20 })) });
const places = cursors('time', 'uuid', 'text');
const limit = 50;

/** The promises with a time: those that run, and those that were not kept. */
export function clockRoutes(desk: App): void {
  desk.get(
    '/desk/clocks',
    { config: { page: true, right: right('clocks.view', 'clocks') }, schema: { querystring: query } },
    async (request, reply) => {
      const visit = visitOf(request);
      const { after } = request.query as Static<typeof query>;
      const from = places.read(after);
      const place = from && { dueAt: from[0], subject: from[1], clock: from[2] };
      const seen = {
        lanes: countsOf(visit.member),
        instructions: may(visit.member, 'instructions.view', 'instructions').allowed,
      };
      const read = await visit.house.db.begin('doors', async (tx) => ({
        running: await clockRows(tx, seen, place, limit + 1),
        breaches: await breachRows(tx, seen, limit),
        missing: await missingMedia(tx, seen.lanes, visit.now, limit),
      }));
      const { items, next } = places.page(read.running, limit, (row) => [row.dueAt, row.subject, row.clock]);
      return send(
        reply,
        await clocksPage(visit, { running: items, breaches: read.breaches, missing: read.missing, next, begun: after === undefined }),
      );
    },
  );
}
