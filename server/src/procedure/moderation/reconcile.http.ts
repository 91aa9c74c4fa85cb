import { type Static, Type } from 'typebox';
import * as enforcement from '../../enforcement/index.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { callerOf } from '../../foundation/http/routes.ts';
import { closed, oneOf, orNull, time } from '../../foundation/http/schemas.ts';
import type { App } from '../../foundation/http/server.ts';
import type { House } from '../house.ts';
import { itemSchema } from './item.schema.ts';
import { type Reading, readingResults, reconcile } from './reconcile.ts';

const id = Type.String({ minLength: 1, maxLength: 200, description: 'The platform’s own id' });
const target = Type.Union([
  closed({ kind: oneOf(['item']), item_kind: itemSchema.properties.kind, id }),
  closed({ kind: oneOf(['account']), id }),
]);
const body = closed(
  {
    states: Type.Array(
      closed({
        target,
        state: oneOf([...enforcement.reportedStates], 'What the platform shows of it, or lets it do, now'),
        at: Type.Optional(time('When it was read')),
      }),
      { minItems: 1, maxItems: 1_000 },
    ),
  },
  {
    examples: [
      {
        states: [
          { target: { kind: 'item', item_kind: 'post', id: 'post-4711' }, state: 'removed' },
          { target: { kind: 'account', id: 'account-17' }, state: 'active', at: '2026-11-24T01:00:00.000Z' },
        ],
      },
    ],
  },
);
const answer = Type.Object(
  {
    results: Type.Array(
      Type.Object({
        result: oneOf(
          [...readingResults, 'refused'],
          'In the order of the states. asked-again: it differs from what was acknowledged; a new order is on its way. refused: see `problem`',
        ),
        problem: orNull(Type.Object({ code: Type.String(), detail: Type.String() })),
      }),
    ),
  },
  {
    examples: [
      {
        results: [
          { result: 'as-desired', problem: null },
          { result: 'asked-again', problem: null },
        ],
      },
    ],
  },
);

/** A platform reads its own state back, after a restore or each night: what differs is asked for again. */
export function reconcileRoutes(app: App, house: House): void {
  app.post(
    '/v1/states',
    {
      config: { scope: 'action', problems: ['log-refuses'] },
      schema: {
        tags: ['actions'],
        summary: 'Say what the platform shows of up to 1,000 targets; a result a line, and no bad line harms another',
        body,
        response: { 200: answer },
      },
    },
    async (request) => {
      const { slug } = callerOf(request);
      const results: Static<typeof answer>['results'] = [];
      for (const reading of (request.body as Static<typeof body>).states) {
        try {
          results.push({ result: await reconcile(house, slug, reading as Reading), problem: null });
        } catch (error) {
          // Refusals that hold for the whole request are its answer; what is wrong with one line is that line's.
          if (!(error instanceof Problem) || error.status >= 500) throw error;
          results.push({ result: 'refused', problem: { code: error.code, detail: error.detail } });
        }
      }
      return { results };
    },
  );
}
