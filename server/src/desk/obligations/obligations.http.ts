import { type Static, Type } from 'typebox';
import type { App } from '../../foundation/http/server.ts';
import * as policy from '../../policy/index.ts';
import { right, send, visitOf } from '../visit.http.ts';
import { obligationsPage } from './obligations.ts';

const query = Type.Object({
  instrument: Type.Optional(Type.String({ maxLength: 40 })),
  lang: Type.Optional(Type.String({ maxLength: 20 })),
});

/** What the law asks of the provider, and what in Perisai fulfils it. */
export function obligationRoutes(desk: App): void {
  desk.get(
    '/desk/obligations',
    { config: { page: true, right: right('obligations.view', 'obligations') }, schema: { querystring: query } },
    async (request, reply) => {
      const { instrument = '' } = request.query as Static<typeof query>;
      const visit = visitOf(request);
      const lines = await visit.house.db.begin('doors', (tx) => policy.helpLines(tx));
      return send(reply, await obligationsPage(visit, instrument, lines));
    },
  );
}
