import { type Static, Type } from 'typebox';
import * as enforcement from '../../enforcement/index.ts';
import { transactional } from '../../foundation/http/idempotency.ts';
import { callerOf } from '../../foundation/http/routes.ts';
import { closed, oneOf, time, uuid } from '../../foundation/http/schemas.ts';
import type { App } from '../../foundation/http/server.ts';
import type { House } from '../house.ts';
import { acknowledge } from './acknowledge.ts';
import { exampleIds } from './item.schema.ts';

const params = Type.Object({ action: uuid() });
const body = closed(
  {
    target_seq: Type.Integer({ minimum: 0, description: 'The highest target_seq applied to the target' }),
    state: oneOf(
      [...enforcement.reportedStates],
      'What the platform shows of the item, or lets the account do, now; gone: the author deleted it, the holder closed it',
    ),
    at: Type.Optional(time()),
  },
  { examples: [{ target_seq: 1, state: 'inaccessible', at: '2026-11-24T01:00:02.000Z' }] },
);
const answer = Type.Object(
  { action: uuid(), state: oneOf(['acknowledged', 'mismatch', 'moot', 'superseded', 'lapsed']) },
  { examples: [{ action: exampleIds.action, state: 'acknowledged' }] },
);

/** The platform's word on an action: only this makes it done. */
export function acknowledgeRoutes(app: App, house: House): void {
  app.post(
    '/v1/actions/:action/acknowledgements',
    {
      config: {
        scope: 'action',
        idempotent: 'optional',
        problems: ['action-unknown', 'target-seq-unknown', 'time-in-future', 'log-refuses'],
      },
      schema: { tags: ['actions'], summary: 'Say what the platform shows now', params, body, response: { 200: answer } },
    },
    transactional(house, (tx, request: Parameters<typeof callerOf>[0], _reply: object) =>
      acknowledge(house, tx, callerOf(request).slug, (request.params as Static<typeof params>).action, request.body as Static<typeof body>),
    ),
  );
}
