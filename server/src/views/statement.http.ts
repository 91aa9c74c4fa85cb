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
const statement = Type.Object(
  {
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
    territorial_scope: Type.Array(Type.String({ description: 'ISO 3166-1, or 001 (UN M.49) for everywhere' })),
    application_date: time(),
    end_date: orNull(time()),
    appeal_until: orNull(time()),
    superseded_by: orNull(uuid()),
    reason: orNull(text),
  },
  {
    examples: [
      {
        puid: 'PRS-2026-4711',
        decision: '01936f2b-1a2b-7c3d-8e4f-5a6b7c8d9e0f',
        harm: 'scam',
        category: 'STATEMENT_CATEGORY_SCAMS_AND_FRAUD',
        decision_visibility: ['REMOVED'],
        decision_ground: 'ILLEGAL_CONTENT',
        illegal_content_legal_ground: 'Act 866, First Schedule',
        illegal_content_explanation: 'Content that tricks people out of money or credentials.',
        incompatible_content_ground: null,
        incompatible_content_explanation: null,
        clause: 'scam.phishing',
        policy: 'shipped-1',
        content_type: ['CONTENT_TYPE_TEXT'],
        content_id: 'post-4711',
        content_date: '2026-11-24T01:00:00.000Z',
        source_type: 'SOURCE_ARTICLE_16',
        automated_detection: 'No',
        automated_decision: 'AUTOMATED_DECISION_NOT_AUTOMATED',
        territorial_scope: ['MY'],
        application_date: '2026-11-24T02:00:00.000Z',
        end_date: null,
        appeal_until: '2027-05-23T02:00:00.000Z',
        superseded_by: null,
        reason: 'The link leads to a page that asks for bank credentials.',
      },
    ],
  },
);

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
