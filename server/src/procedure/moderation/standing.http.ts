import { type Static, Type } from 'typebox';
import { Problem } from '../../foundation/http/problems.ts';
import { callerOf } from '../../foundation/http/routes.ts';
import { oneOf, orNull, time, uuid } from '../../foundation/http/schemas.ts';
import type { App } from '../../foundation/http/server.ts';
import * as policy from '../../policy/index.ts';
import * as subjects from '../../subjects/index.ts';
import type { House } from '../house.ts';
import { exampleIds, harmSchema } from './item.schema.ts';
import { standingOf } from './standing.ts';

const params = Type.Object({ account: Type.String({ minLength: 1, maxLength: 200, description: 'The platform’s own id of the account' }) });
const measure = oneOf(policy.shippedLadder.steps.map((step) => step.measure) as [policy.AccountMeasure, ...policy.AccountMeasure[]]);
const answer = Type.Object(
  {
    account: Type.String(),
    state: oneOf(['active', 'warned', 'reprimanded', 'restricted', 'suspended', 'terminated']),
    measures: Type.Array(Type.Object({ measure, decision: uuid(), clause: orNull(Type.String()), since: time(), until: orNull(time()) })),
    strikes: Type.Array(
      Type.Object({ decision: uuid(), clause: Type.String(), harm: harmSchema, weight: Type.Integer(), at: time(), until: time() }),
    ),
    weight: Type.Integer({ description: 'What the strikes weigh together' }),
    next: orNull(Type.Object({ measure, from: Type.Integer() })),
  },
  {
    examples: [
      {
        account: 'account-17',
        state: 'restricted',
        measures: [
          {
            measure: 'restrict-account',
            decision: exampleIds.decision,
            clause: 'bullying.doxing',
            since: '2026-11-24T01:00:00.000Z',
            until: '2026-12-01T01:00:00.000Z',
          },
        ],
        strikes: [
          {
            decision: exampleIds.decision,
            clause: 'bullying.doxing',
            harm: 'bullying-hate',
            weight: 3,
            at: '2026-11-24T01:00:00.000Z',
            until: '2027-11-24T01:00:00.000Z',
          },
        ],
        weight: 3,
        next: { measure: 'restrict-account', from: 5 },
      },
    ],
  },
);

/** `GET /v1/accounts/{account}/standing`: what the platform shows the holder of an account on its own page. */
export function standingRoutes(app: App, house: House): void {
  app.get(
    '/v1/accounts/:account/standing',
    {
      config: { scope: 'read', problems: ['account-unknown'] },
      schema: { tags: ['accounts'], summary: 'Where an account stands', params, response: { 200: answer } },
    },
    (request) =>
      house.db.begin('doors', async (tx) => {
        const { account: external } = request.params as Static<typeof params>;
        const id = subjects.accountId(house.secret, callerOf(request).slug, external);
        if (!(await subjects.account(tx, id))) throw new Problem('account-unknown', `We know of no account “${external}”.`);
        const { state, live, strikes, total, next } = await standingOf(house, tx, id, { outside: true });
        return {
          account: external,
          state,
          measures: live.map(({ measure, decision }) => ({
            measure,
            decision: decision.id,
            clause: decision.clause,
            since: decision.decidedAt.toISOString(),
            until: decision.endsAt?.toISOString() ?? null,
          })),
          strikes: strikes.map(({ decision, clause, harm, weight, at, until }) => ({
            decision,
            clause,
            harm,
            weight,
            at: at.toISOString(),
            until: until.toISOString(),
          })),
          weight: total,
          next: next && { measure: next.measure, from: next.from },
        };
      }),
  );
}
