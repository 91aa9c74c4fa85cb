import { type Static, Type } from 'typebox';
import { Problem } from '../../foundation/http/problems.ts';
import { callerOf } from '../../foundation/http/routes.ts';
import { oneOf, orNull, time, uuid } from '../../foundation/http/schemas.ts';
import type { App } from '../../foundation/http/server.ts';
import * as instructions from '../../instructions/questions.ts';
import type { House } from '../../procedure/house.ts';

const params = Type.Object({ instruction: uuid() });
const text = Type.String();
const receipt = Type.Object(
  {
    instruction: uuid(),
    reference: Type.String({ description: 'The regulator’s own' }),
    kind: oneOf(['remove', 'restore']),
    section: text,
    service: text,
    item: Type.Object({ kind: text, id: orNull(text) }),
    received_at: time(),
    due_at: time(),
    decision: Type.Object({ puid: text, decided_at: time() }),
    shown: oneOf([...instructions.shownAs]),
    acknowledged_at: Type.String({ format: 'date-time', description: 'When your service confirmed it' }),
    in_time: Type.Boolean(),
    record: Type.String({ format: 'uuid', description: 'The record of the log that says so' }),
  },
  {
    examples: [
      {
        instruction: '01936f2e-4d5e-7061-8273-9e0f1a2b3c4d',
        reference: 'MCMC/2026/0042',
        kind: 'remove',
        section: 'Act 866 s.25',
        service: 'warung',
        item: { kind: 'post', id: 'post-4711' },
        received_at: '2026-11-24T01:00:00.000Z',
        due_at: '2026-11-25T01:00:00.000Z',
        decision: { puid: 'PRS-01936f2b-1a2b-7c3d-8e4f-5a6b7c8d9e0f', decided_at: '2026-11-24T01:00:00.000Z' },
        shown: 'removed',
        acknowledged_at: '2026-11-24T01:02:00.000Z',
        in_time: true,
        record: '01936f2e-5e6f-7172-8384-af102b3c4d5e',
      },
    ],
  },
);

/** The receipt of what the regulator asked of this service. */
export function receiptViews(app: App, house: House): void {
  app.get(
    '/v1/instructions/:instruction/receipt',
    {
      config: { scope: 'read', problems: ['instruction-unknown', 'instruction-open'] },
      schema: { tags: ['instructions'], summary: 'Receipt of an instruction of the regulator', params, response: { 200: receipt } },
    },
    (request) =>
      house.db.begin('doors', async (tx) => {
        const id = (request.params as Static<typeof params>).instruction;
        const found = await instructions.instruction(tx, id);
        if (!found || found.service !== callerOf(request).slug)
          throw new Problem('instruction-unknown', `There is no instruction ${id} of this service.`);
        return instructions.receiptOf(tx, found);
      }),
  );
}
