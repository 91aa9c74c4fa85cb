import { type Static, Type } from 'typebox';
import { cursors } from '../../foundation/http/paging.ts';
import { form, uuid } from '../../foundation/http/schemas.ts';
import type { App } from '../../foundation/http/server.ts';
import { attempts } from '../../foundation/outbox/delivery-log.ts';
import { findMessage, stuck } from '../../foundation/outbox/outbox.ts';
import { replay } from '../../procedure/moderation/index.ts';
import { idOf, right, send, visitOf } from '../visit.http.ts';
import { deliveriesPage } from './deliveries.ts';

const query = Type.Object({
  after: Type.Optional(Type.String({ maxLength: 512 })),
  message: Type.Optional(uuid()),
  replayed: Type.Optional(Type.Literal('yes')),
  lang: Type.Optional(Type.String({ maxLength: 20 })),
});
const places = cursors('integer');
const limit = 50;

/** What was sent to the platforms, try by try; and a person sends again what was given up. */
export function deliveryRoutes(desk: App): void {
  desk.get(
    '/desk/deliveries',
    { config: { page: true, right: right('enforcement.view', 'enforcement') }, schema: { querystring: query } },
    async (request, reply) => {
      const visit = visitOf(request);
      const { after, message, replayed } = request.query as Static<typeof query>;
      const shown = await visit.house.db.begin('doors', async (tx) => {
        const rows = await attempts(tx, { service: null, message }, places.read(after)?.[0], limit + 1);
        const one = message === undefined ? undefined : await findMessage(tx, message);
        const waiting = message === undefined ? await stuck(tx, {}, limit) : one && one.doneAt === null ? [one] : [];
        return { stuck: waiting, ...places.page(rows, limit, (row) => [row.id]) };
      });
      return send(
        reply,
        await deliveriesPage(visit, {
          stuck: shown.stuck,
          tries: shown.items,
          message,
          replayed: replayed !== undefined,
          next: shown.next,
          begun: after === undefined,
        }),
      );
    },
  );
  desk.post(
    '/desk/deliveries/:id/replay',
    { config: { page: true, right: right('delivery.replay', 'delivery') }, schema: { body: form({}) } },
    async (request, reply) => {
      const { house, member } = visitOf(request);
      const id = idOf(request);
      await house.db.begin('doors', (tx) => replay(house, tx, id, { member: member.id }));
      return reply.redirect(`/desk/deliveries?message=${id}&replayed=yes`, 303);
    },
  );
}
