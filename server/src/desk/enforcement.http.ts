import { type Static, Type } from 'typebox';
import { cursors } from '../foundation/http/paging.ts';
import type { App } from '../foundation/http/server.ts';
import * as policy from '../policy/index.ts';
import { countsOf } from '../staff/index.ts';
import { missingMedia } from '../views/media/missing.sql.ts';
import { notEnforcedRows } from '../views/not-enforced.sql.ts';
import { enforcementPage } from './enforcement.ts';
import { right, send, visitOf } from './visit.http.ts';

const query = Type.Object({ after: Type.Optional(Type.String({ maxLength: 512 })), lang: Type.Optional(Type.String({ maxLength: 20 })) });
const places = cursors('time', 'uuid');
const limit = 50;

/** Decided, not enforced: what stands between a decision and its effect. */
export function enforcementRoutes(desk: App): void {
  desk.get(
    '/desk/enforcement',
    { config: { page: true, right: right('enforcement.view', 'enforcement') }, schema: { querystring: query } },
    async (request, reply) => {
      const visit = visitOf(request);
      const { after } = request.query as Static<typeof query>;
      const from = places.read(after);
      const read = await visit.house.db.begin('doors', async (tx) => ({
        rows: await notEnforcedRows(tx, countsOf(visit.member), from && { orderedAt: from[0], id: from[1] }, limit + 1),
        guidelines: await policy.inForce(tx, visit.now),
        missing: await missingMedia(tx, countsOf(visit.member), visit.now, limit),
      }));
      const { items, next } = places.page(read.rows, limit, (row) => [row.orderedAt, row.id]);
      return send(
        reply,
        await enforcementPage(visit, { rows: items, guidelines: read.guidelines, missing: read.missing, next, begun: after === undefined }),
      );
    },
  );
}
