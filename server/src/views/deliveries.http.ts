import { type Static, Type } from 'typebox';
import { cursors, pageOf, pageQuery } from '../foundation/http/paging.ts';
import { callerOf } from '../foundation/http/routes.ts';
import { oneOf, orNull, time, uuid } from '../foundation/http/schemas.ts';
import type { App } from '../foundation/http/server.ts';
import { attempts, deliveryResults } from '../foundation/outbox/delivery-log.ts';
import type { House } from '../procedure/house.ts';

const results = oneOf(
  deliveryResults,
  'done: what it asks for is done; taken: answered with 2xx, sent again until acknowledged; failed: tried again; given-up: sent again by hand',
);
const query = Type.Object({
  ...pageQuery,
  message: Type.Optional(uuid('One webhook, by its `webhook-id`')),
  subject: Type.Optional(uuid('One action or notice')),
  result: Type.Optional(results),
});
const delivery = Type.Object(
  {
    message: uuid('The `webhook-id`'),
    type: Type.String(),
    subject: uuid('The action or the notice'),
    attempt: Type.Integer(),
    at: time(),
    duration_ms: Type.Integer(),
    result: results,
    status: orNull(Type.Integer({ description: 'HTTP status; null where there was no answer' })),
    failure: orNull(Type.String()),
    response: orNull(Type.String({ description: 'The first 500 bytes of the answer, without personal data' })),
    next_try_at: orNull(time()),
  },
  {
    examples: [
      {
        message: '01936f2b-1a2e-7d3e-9f40-6b7c8d9e0f1a',
        type: 'action.requested',
        subject: '01936f2b-1a2c-7d3e-9f40-6b7c8d9e0f1a',
        attempt: 3,
        at: '2026-11-24T01:00:15.000Z',
        duration_ms: 42,
        result: 'failed',
        status: 503,
        failure: 'HTTP 503',
        response: '{"error":"database is down"}',
        next_try_at: '2026-11-24T01:00:35.000Z',
      },
    ],
  },
);
const cursor = cursors('integer');

/** What was sent to the service, try by try: why something has not arrived, without asking us. */
export function deliveryViews(app: App, house: House): void {
  app.get(
    '/v1/deliveries',
    {
      config: { scope: 'action' },
      schema: {
        tags: ['deliveries'],
        summary: 'Every try of every webhook of the last 30 days, the newest first',
        querystring: query,
        response: { 200: pageOf(delivery) },
      },
    },
    (request) =>
      house.db.begin('doors', async (tx) => {
        const { after, limit, message, subject, result } = request.query as Static<typeof query>;
        const rows = await attempts(
          tx,
          { service: callerOf(request).slug, message, subject, result },
          cursor.read(after)?.[0],
          (limit ?? 50) + 1,
        );
        const { items, next } = cursor.page(rows, limit, (row) => [row.id]);
        return {
          items: items.map((row) => ({
            message: row.message,
            type: row.type,
            subject: row.subject,
            attempt: row.attempt,
            at: row.at.toISOString(),
            duration_ms: row.durationMs,
            result: row.result,
            status: row.status,
            failure: row.failure,
            response: row.response,
            next_try_at: row.nextAt?.toISOString() ?? null,
          })),
          next,
        };
      }),
  );
}
