import { type Static, Type } from 'typebox';
import { Problem } from '../../foundation/http/problems.ts';
import { callerOf } from '../../foundation/http/routes.ts';
import { orNull, time, uuid } from '../../foundation/http/schemas.ts';
import type { App } from '../../foundation/http/server.ts';
import * as inquiries from '../../inquiries/questions.ts';
import type { House } from '../../procedure/house.ts';

const params = Type.Object({ inquiry: uuid() });
const answer = Type.Object(
  {
    inquiry: uuid(),
    decision: orNull(uuid()),
    report: orNull(Type.String({ format: 'uuid', description: 'That was dismissed, where the inquiry is about that' })),
    state: Type.String(),
    outcome: orNull(Type.String()),
    appeal: orNull(uuid()),
    new_decision: orNull(uuid()),
    received_at: time(),
    answered_at: orNull(time()),
  },
  {
    examples: [
      {
        inquiry: '01936f2d-3c4d-7f50-9162-8d9e0f1a2b3c',
        decision: '01936f2b-1a2b-7c3d-8e4f-5a6b7c8d9e0f',
        report: null,
        state: 'answered',
        outcome: 'explained',
        appeal: null,
        new_decision: null,
        received_at: '2026-11-24T03:00:00.000Z',
        answered_at: '2026-11-25T03:00:00.000Z',
      },
    ],
  },
);

/** Where an inquiry stands, for the service that sent it. */
export function inquiryViews(app: App, house: House): void {
  app.get(
    '/v1/inquiries/:inquiry',
    {
      config: { scope: 'read', problems: ['inquiry-unknown'] },
      schema: { tags: ['inquiries'], summary: 'Where an inquiry stands', params, response: { 200: answer } },
    },
    (request) =>
      house.db.begin('doors', async (tx) => {
        const id = (request.params as Static<typeof params>).inquiry;
        const found = await inquiries.inquiry(tx, id);
        if (!found || found.service !== callerOf(request).slug)
          throw new Problem('inquiry-unknown', `There is no inquiry ${id} of this service.`);
        return {
          inquiry: id,
          decision: found.decision,
          report: found.report,
          state: found.state,
          outcome: found.outcome,
          appeal: found.appeal,
          new_decision: found.newDecision,
          received_at: found.receivedAt.toISOString(),
          answered_at: found.answeredAt?.toISOString() ?? null,
        };
      }),
  );
}
