import { type Static, Type } from 'typebox';
import { transactional } from '../../foundation/http/idempotency.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { callerOf } from '../../foundation/http/routes.ts';
import { closed, oneOf, time, uuid } from '../../foundation/http/schemas.ts';
import type { App } from '../../foundation/http/server.ts';
import * as intake from '../../intake/index.ts';
import * as subjects from '../../subjects/index.ts';
import type { House } from '../house.ts';
import { codeDigest } from './contact-code.ts';
import { receiveInquiry } from './inquire.ts';
import { exampleIds, languageSchema, personSchema } from './item.schema.ts';

const body = closed(
  {
    decision: Type.Optional(uuid()),
    report: Type.Optional(Type.String({ format: 'uuid', description: 'In place of a decision: a report that was dismissed' })),
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
      {
        decision: exampleIds.decision,
        by: { account: { id: 'account-17' } },
        role: 'author',
        text: 'Mengapa ini dibuang?',
        language: 'ms',
      },
      { report: exampleIds.report, by: { account: { id: 'account-18' } }, role: 'reporter', text: 'Why?', language: 'en' },
      { decision: exampleIds.decision, by: { contact: { code: '7KQ2-M9XT' } }, role: 'reporter', text: '为什么没有移除？', language: 'zh' },
    ],
  },
);
const answer = Type.Object(
  { inquiry: uuid(), state: Type.Literal('received'), answer_by: time(), status_url: Type.String() },
  {
    examples: [
      {
        inquiry: exampleIds.inquiry,
        state: 'received',
        answer_by: '2026-12-01T01:00:00.000Z',
        status_url: `https://trust.warung.example/v1/inquiries/${exampleIds.inquiry}`,
      },
    ],
  },
);

/** `POST /v1/inquiries`: a person answers in writing why this was decided. */
export function inquiryRoutes(app: App, house: House): void {
  app.post(
    '/v1/inquiries',
    {
      config: {
        scope: 'appeal',
        idempotent: 'required',
        problems: ['decision-unknown', 'inquiry-not-open', 'inquiry-exists', 'report-unknown', 'log-refuses'],
      },
      schema: { tags: ['inquiries'], summary: 'Inquire into a dismissal or an action', body, response: { 201: answer } },
    },
    transactional(house, async (tx, request: Parameters<typeof callerOf>[0], reply: { code(status: number): unknown }) => {
      const service = callerOf(request).slug;
      const input = request.body as Static<typeof body>;
      const by =
        'account' in input.by
          ? subjects.accountId(house.secret, service, input.by.account.id)
          : (await intake.reportByCode(tx, codeDigest(house, input.by.contact.code)))?.reporter;
      if (!by) throw new Problem('report-unknown', 'There is no report with this contact code.');
      const { decision, report, role, text, language } = input;
      const asking = { role, by, text, language };
      if ((decision === undefined) === (report === undefined))
        throw new Problem('field-missing', 'Name the decision or the report that the inquiry is about, one of the two.');
      const received = await receiveInquiry(
        house,
        tx,
        service,
        decision ? { decision, ...asking } : { report: report as string, ...asking },
      );
      reply.code(201);
      return {
        inquiry: received.inquiry,
        state: 'received',
        answer_by: received.answerBy.toISOString(),
        status_url: `${house.publicUrl}/v1/inquiries/${received.inquiry}`,
      };
    }),
  );
}
