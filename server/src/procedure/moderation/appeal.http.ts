import { type Static, Type } from 'typebox';
import { transactional } from '../../foundation/http/idempotency.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { callerOf } from '../../foundation/http/routes.ts';
import { closed, oneOf, time, uuid } from '../../foundation/http/schemas.ts';
import type { App } from '../../foundation/http/server.ts';
import * as intake from '../../intake/index.ts';
import * as subjects from '../../subjects/index.ts';
import type { House } from '../house.ts';
import { receiveAppeal } from './appeal.ts';
import { codeDigest } from './contact-code.ts';
import { exampleIds, languageSchema, personSchema } from './item.schema.ts';

const body = closed(
  {
    decision: uuid(),
    by: Type.Union([
      closed({ account: personSchema }),
      closed({ contact: closed({ code: Type.String({ maxLength: 20, description: 'The contact code of the report' }) }) }),
    ]),
    role: oneOf(['author', 'reporter']),
    text: Type.String({ minLength: 1, maxLength: 5_000 }),
    language: languageSchema,
  },
  {
    examples: [
      { decision: exampleIds.decision, by: { account: { id: 'account-17' } }, role: 'author', text: 'Ini hanya gurauan.', language: 'ms' },
      { decision: exampleIds.decision, by: { contact: { code: '7KQ2-M9XT' } }, role: 'reporter', text: '请再看一次。', language: 'zh' },
    ],
  },
);
const answer = Type.Object(
  { appeal: uuid(), state: Type.Literal('received'), answer_by: time(), status_url: Type.String() },
  {
    examples: [
      {
        appeal: exampleIds.appeal,
        state: 'received',
        answer_by: '2026-12-01T01:00:00.000Z',
        status_url: `https://trust.warung.example/v1/appeals/${exampleIds.appeal}`,
      },
    ],
  },
);

/** `POST /v1/appeals`: another person will look again. */
export function appealRoutes(app: App, house: House): void {
  app.post(
    '/v1/appeals',
    {
      config: {
        scope: 'appeal',
        idempotent: 'required',
        problems: ['decision-unknown', 'appeal-not-open', 'appeal-exists', 'report-unknown', 'log-refuses'],
      },
      schema: { tags: ['appeals'], summary: 'Appeal against a decision', body, response: { 201: answer } },
    },
    transactional(house, async (tx, request: Parameters<typeof callerOf>[0], reply: { code(status: number): unknown }) => {
      const service = callerOf(request).slug;
      const input = request.body as Static<typeof body>;
      const by =
        'account' in input.by
          ? subjects.accountId(house.secret, service, input.by.account.id)
          : (await intake.reportByCode(tx, codeDigest(house, input.by.contact.code)))?.reporter;
      if (!by) throw new Problem('report-unknown', 'There is no report with this contact code.');
      const received = await receiveAppeal(house, tx, service, {
        decision: input.decision,
        role: input.role,
        by,
        text: input.text,
        language: input.language,
      });
      reply.code(201);
      return {
        appeal: received.appeal,
        state: 'received',
        answer_by: received.answerBy.toISOString(),
        status_url: `${house.publicUrl}/v1/appeals/${received.appeal}`,
      };
    }),
  );
}
