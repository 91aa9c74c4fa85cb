import { type Static, Type } from 'typebox';
import * as decisions from '../decisions/questions.ts';
import { Problem } from '../foundation/http/problems.ts';
import { callerOf } from '../foundation/http/routes.ts';
import { orNull, time, uuid } from '../foundation/http/schemas.ts';
import type { App } from '../foundation/http/server.ts';
import type { House } from '../procedure/house.ts';
import { statementOf } from './statement.ts';

const params = Type.Object({ decision: uuid() });
const text = Type.String();
const statement = Type.Object({
  puid: text,
  decision: uuid(),
  harm: orNull(text),
  category: orNull(text),
  decision_visibility: Type.Array(text),
  decision_ground: orNull(text),
  illegal_content_legal_ground: orNull(text),
  illegal_content_explanation: orNull(text),
  incompatible_content_ground: orNull(text),
  incompatible_content_explanation: orNull(text),
  clause: orNull(text),
  policy: text,
  content_type: Type.Array(text),
  content_id: orNull(text),
  content_date: orNull(time()),
  source_type: text,
  automated_detection: text,
  automated_decision: text,
  territorial_scope: Type.Array(text),
  application_date: time(),
  end_date: orNull(time()),
  appeal_until: orNull(time()),
  superseded_by: orNull(uuid()),
  reason: orNull(text),
});

/** The statement of reasons of a decision, for the service it was made on. */
export function statementViews(app: App, house: House): void {
  app.get(
    '/v1/decisions/:decision/statement',
    {
      config: { scope: 'read', problems: ['decision-unknown'] },
      schema: { tags: ['decisions'], summary: 'Statement of reasons', params, response: { 200: statement } },
    },
    (request) =>
      house.db.begin('doors', async (tx) => {
        const id = (request.params as Static<typeof params>).decision;
        const decision = await decisions.decision(tx, id);
        if (!decision || decision.service !== callerOf(request).slug)
          throw new Problem('decision-unknown', `There is no decision ${id} of this service.`);
        return statementOf(house, tx, decision);
      }),
  );
}
