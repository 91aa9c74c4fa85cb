import { type Static, Type } from 'typebox';
import { transactional } from '../../foundation/http/idempotency.ts';
import { callerOf } from '../../foundation/http/routes.ts';
import { closed, uuid } from '../../foundation/http/schemas.ts';
import type { App } from '../../foundation/http/server.ts';
import type { House } from '../house.ts';
import { exampleIds } from './item.schema.ts';
import { replay } from './replay.ts';

const params = Type.Object({ message: uuid('The `webhook-id`') });
const answer = Type.Object(
  { message: uuid(), type: Type.String(), subject: uuid() },
  { examples: [{ message: exampleIds.notice, type: 'action.requested', subject: exampleIds.action }] },
);

/** A platform that lost a webhook, or mended its receiver, asks for it again. */
export function replayRoutes(app: App, house: House): void {
  app.post(
    '/v1/deliveries/:message/replays',
    {
      config: { scope: 'action', idempotent: 'optional', problems: ['delivery-unknown', 'delivery-outdated', 'log-refuses'] },
      schema: {
        tags: ['deliveries'],
        summary: 'Have a webhook sent again',
        params,
        body: closed({}, { examples: [{}] }),
        response: { 200: answer },
      },
    },
    transactional(house, async (tx, request: Parameters<typeof callerOf>[0], _reply: object) => {
      const { id, type, subject } = await replay(house, tx, (request.params as Static<typeof params>).message, {
        service: callerOf(request).slug,
      });
      return { message: id, type, subject };
    }),
  );
}
