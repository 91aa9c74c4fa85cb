import { type Static, Type } from 'typebox';
import { cursors } from '../../foundation/http/paging.ts';
import type { App } from '../../foundation/http/server.ts';
import { lanesOf } from '../../staff/index.ts';
import { endingRows } from '../../views/approvals/endings.sql.ts';
import { proposalRows } from '../../views/approvals/proposals.sql.ts';
import { right, send, visitOf } from '../visit.http.ts';
import { approvalsPage } from './approvals.ts';

const query = Type.Object({ after: Type.Optional(Type.String({ maxLength: 512 })), lang: Type.Optional(Type.String({ maxLength: 20 })) });
const places = cursors('integer', 'time', 'uuid');
const limit = 50;

/** What needs two people: what waits for the second. */
export function approvalsRoutes(desk: App): void {
  const config = { page: true, right: right('approvals.view', 'approvals') } as const;

  desk.get('/desk/approvals', { config, schema: { querystring: query } }, async (request, reply) => {
    const visit = visitOf(request);
    const { after } = request.query as Static<typeof query>;
    const from = places.read(after);
    const place = from && { notCsam: from[0] === 1, proposedAt: from[1], id: from[2] };
    const lanes = lanesOf(visit.member, 'case.view');
    const read = await visit.house.db.begin('doors', async (tx) => ({
      proposals: await proposalRows(tx, lanes, place, limit + 1),
      endings: await endingRows(tx, lanes, limit),
    }));
    const { items, next } = places.page(read.proposals, limit, (row) => [row.harm === 'csam' ? 0 : 1, row.proposedAt, row.id]);
    return send(reply, await approvalsPage(visit, { rows: items, endings: read.endings, next, begun: after === undefined }));
  });
}
