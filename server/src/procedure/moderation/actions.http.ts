import { type Static, Type } from 'typebox';
import * as decisions from '../../decisions/index.ts';
import * as enforcement from '../../enforcement/index.ts';
import { cursors, pageOf, pageQuery } from '../../foundation/http/paging.ts';
import { callerOf } from '../../foundation/http/routes.ts';
import { oneOf, orNull, time, uuid } from '../../foundation/http/schemas.ts';
import type { App } from '../../foundation/http/server.ts';
import type { House } from '../house.ts';
import { actionMessage } from './enforce.ts';
import { exampleIds } from './item.schema.ts';

const query = Type.Object({ ...pageQuery, state: Type.Optional(oneOf(['pending'])) });
const action = Type.Object(
  {
    action: uuid(),
    target: Type.Object({
      kind: oneOf(['item', 'account']),
      item_kind: Type.Optional(Type.String({ description: 'Ours, or the service’s own' })),
      id: Type.String({ description: 'The platform’s own id' }),
      revision: Type.Optional(Type.String()),
      surface: Type.Optional(Type.String()),
    }),
    target_seq: Type.Integer(),
    do: Type.String(),
    label: Type.Optional(Type.String()),
    desired: Type.String(),
    decision: uuid(),
    clause: orNull(Type.String()),
    temporary: Type.Boolean(),
    expires_at: orNull(time()),
    acknowledge: Type.String(),
  },
  {
    examples: [
      {
        action: exampleIds.action,
        target: { kind: 'item', item_kind: 'post', id: 'post-4711', revision: '1', surface: 'public-feed' },
        target_seq: 1,
        do: 'make-inaccessible',
        desired: 'inaccessible',
        decision: exampleIds.decision,
        clause: 'scam.phishing',
        temporary: true,
        expires_at: '2026-11-25T01:00:00.000Z',
        acknowledge: `https://trust.warung.example/v1/actions/${exampleIds.action}/acknowledgements`,
      },
      {
        action: exampleIds.action,
        target: { kind: 'account', id: 'account-17' },
        target_seq: 1,
        do: 'restrict-account',
        desired: 'restricted',
        decision: exampleIds.decision,
        clause: 'scam.phishing',
        temporary: false,
        expires_at: '2026-12-01T01:00:00.000Z',
        acknowledge: `https://trust.warung.example/v1/actions/${exampleIds.action}/acknowledgements`,
      },
    ],
  },
);
const cursor = cursors('time', 'uuid');

/** What a platform still has to acknowledge: asked after an outage, so that nothing that was decided is missed. */
export function actionRoutes(app: App, house: House): void {
  app.get(
    '/v1/actions',
    {
      config: { scope: 'action' },
      schema: {
        tags: ['actions'],
        summary: 'Actions that wait for an acknowledgement',
        querystring: query,
        response: { 200: pageOf(action) },
      },
    },
    (request) =>
      house.db.begin('doors', async (tx) => {
        const { after, limit } = request.query as Static<typeof query>;
        const key = cursor.read(after);
        const rows = await enforcement.notEnforced(
          tx,
          callerOf(request).slug,
          key ? { orderedAt: key[0], id: key[1] } : null,
          (limit ?? 50) + 1,
        );
        const { items, next } = cursor.page(rows, limit ?? 50, (row) => [row.orderedAt, row.id]);
        const messages: Awaited<ReturnType<typeof actionMessage>>[] = [];
        for (const row of items)
          messages.push(await actionMessage(house, tx, row, (await decisions.decision(tx, row.decision)) as decisions.Decision));
        return { items: messages.filter((message) => message !== null), next };
      }),
  );
}
