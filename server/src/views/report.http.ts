import { type Static, Type } from 'typebox';
import * as appeals from '../appeals/questions.ts';
import * as cases from '../cases/questions.ts';
import { Problem } from '../foundation/http/problems.ts';
import { callerOf } from '../foundation/http/routes.ts';
import { orNull, time, uuid } from '../foundation/http/schemas.ts';
import type { App } from '../foundation/http/server.ts';
import * as intake from '../intake/questions.ts';
import * as notices from '../notices/questions.ts';
import type { House } from '../procedure/house.ts';
import * as subjects from '../subjects/questions.ts';

const reportParams = Type.Object({ report: uuid() });
const appealParams = Type.Object({ appeal: uuid() });
const report = Type.Object(
  {
    report: uuid(),
    case: uuid(),
    state: Type.String(),
    outcome: orNull(Type.String()),
    received_at: time(),
    answered_at: orNull(time()),
    incomplete: Type.Boolean({ description: 'Something of what was reported is not kept, or not yet' }),
    notices: Type.Array(
      Type.Object({ notice: uuid(), template: Type.String(), state: Type.String(), written_at: time(), handed_at: orNull(time()) }),
    ),
  },
  {
    examples: [
      {
        report: '01936f2a-7c1e-7b3a-9d52-8f1c2f3b4a5d',
        case: '01936f2a-7c20-7f0e-8a11-5b6c7d8e9f00',
        state: 'acknowledged',
        outcome: null,
        received_at: '2026-11-24T01:00:00.000Z',
        answered_at: null,
        incomplete: false,
        notices: [
          {
            notice: '01936f2a-7c25-7a4b-9c5d-0e1f2a3b4c5d',
            template: 'report.acknowledged',
            state: 'handed',
            written_at: '2026-11-24T01:00:00.100Z',
            handed_at: '2026-11-24T01:00:00.300Z',
          },
        ],
      },
    ],
  },
);
const appeal = Type.Object(
  {
    appeal: uuid(),
    decision: uuid(),
    state: Type.String(),
    outcome: orNull(Type.String()),
    received_at: time(),
    decided_at: orNull(time()),
  },
  {
    examples: [
      {
        appeal: '01936f2c-2b3c-7e4f-8051-7c8d9e0f1a2b',
        decision: '01936f2b-1a2b-7c3d-8e4f-5a6b7c8d9e0f',
        state: 'decided',
        outcome: 'upheld',
        received_at: '2026-11-24T03:00:00.000Z',
        decided_at: '2026-11-25T03:00:00.000Z',
      },
    ],
  },
);

/** Where a report, and an appeal, stand: for the service that sent them. */
export function reportViews(app: App, house: House): void {
  app.get(
    '/v1/reports/:report',
    {
      config: { scope: 'read', problems: ['report-unknown'] },
      schema: { tags: ['reports'], summary: 'Where a report stands', params: reportParams, response: { 200: report } },
    },
    (request) =>
      house.db.begin('doors', async (tx) => {
        const id = (request.params as Static<typeof reportParams>).report;
        const found = await intake.report(tx, id);
        if (!found || found.service !== callerOf(request).slug)
          throw new Problem('report-unknown', `There is no report ${id} of this service.`);
        // What was merged into another case stands where that stands.
        const lead = (await cases.caseOf(tx, found.case))?.mergedInto ?? found.case;
        const of = await cases.caseOf(tx, lead);
        const written = await notices.noticesOnReport(tx, id);
        const working = found.state === 'acknowledged' && of?.state === 'open' && (await cases.leaseOn(tx, lead, house.clock.now()));
        return {
          report: id,
          case: lead,
          state: working ? 'under-review' : found.state,
          outcome: found.outcome,
          received_at: found.receivedAt.toISOString(),
          answered_at: found.answeredAt?.toISOString() ?? null,
          incomplete: !(await subjects.revision(tx, found.revision))?.complete,
          notices: written.map((n) => ({
            notice: n.id,
            template: n.template,
            state: n.state,
            written_at: n.writtenAt.toISOString(),
            handed_at: n.handedAt?.toISOString() ?? null,
          })),
        };
      }),
  );
  app.get(
    '/v1/appeals/:appeal',
    {
      config: { scope: 'read', problems: ['appeal-unknown'] },
      schema: { tags: ['appeals'], summary: 'Where an appeal stands', params: appealParams, response: { 200: appeal } },
    },
    (request) =>
      house.db.begin('doors', async (tx) => {
        const id = (request.params as Static<typeof appealParams>).appeal;
        const found = await appeals.appeal(tx, id);
        if (!found || found.service !== callerOf(request).slug)
          throw new Problem('appeal-unknown', `There is no appeal ${id} of this service.`);
        return {
          appeal: id,
          decision: found.decision,
          state: found.state,
          outcome: found.outcome,
          received_at: found.receivedAt.toISOString(),
          decided_at: found.decidedAt?.toISOString() ?? null,
        };
      }),
  );
}
