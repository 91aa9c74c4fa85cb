import { newestCounts } from '../counts/index.ts';
import type { App } from '../foundation/http/server.ts';
import { countsPage } from './counts.ts';
import { right, send, visitOf } from './visit.http.ts';

/** How many people use what, and how near that is to needing a licence. */
export function countsRoutes(desk: App): void {
  desk.get('/desk/counts', { config: { page: true, right: right('counts.view', 'counts') } }, async (request, reply) => {
    const visit = visitOf(request);
    const rows = await visit.house.db.begin('doors', newestCounts);
    return send(reply, await countsPage(visit, rows));
  });
}
