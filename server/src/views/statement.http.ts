import { type Static, Type } from 'typebox';
import * as decisions from '../decisions/questions.ts';
import { Problem } from '../foundation/http/problems.ts';
import { callerOf } from '../foundation/http/routes.ts';
import { uuid } from '../foundation/http/schemas.ts';
import type { App } from '../foundation/http/server.ts';
import type { House } from '../procedure/house.ts';
import { statementSchema } from './statement.schema.ts';
import { statementOf } from './statement.ts';

const params = Type.Object({ decision: uuid() });

/** The statement of reasons of a decision, for the service it was made on. */
export function statementViews(app: App, house: House): void {
  app.get(
    '/v1/decisions/:decision/statement',
    {
      config: { scope: 'read', problems: ['decision-unknown'] },
      schema: { tags: ['decisions'], summary: 'Statement of reasons', params, response: { 200: statementSchema } },
    },
    (request) =>
      house.db.begin('doors', async (tx) => {
        const id = (request.params as Static<typeof params>).decision;
        const decision = await decisions.knownOutside(tx, await decisions.decision(tx, id));
        if (!decision || decision.service !== callerOf(request).slug)
          throw new Problem('decision-unknown', `There is no decision ${id} of this service.`);
        return statementOf(house, tx, decision);
      }),
  );
}
