import { type Static, Type } from 'typebox';
import { transactional } from '../../foundation/http/idempotency.ts';
import { callerOf } from '../../foundation/http/routes.ts';
import { closed, oneOf, time, uuid } from '../../foundation/http/schemas.ts';
import type { App } from '../../foundation/http/server.ts';
import type { House } from '../house.ts';
import { exampleIds, exampleItem, harmSchema, itemSchema, languageSchema, mediaBodyLimit, personSchema } from './item.schema.ts';
import { receive } from './receive.ts';
import { statusUrl } from './values.ts';

const body = closed(
  {
    item: itemSchema,
    attested: oneOf(['platform', 'reporter', 'franked'], 'Who vouches that the item said this'),
    harm: harmSchema,
    text: Type.Optional(Type.String({ maxLength: 5_000 })),
    language: languageSchema,
    reporter: Type.Union([
      closed({ account: personSchema }),
      closed({
        contact: closed({
          email: Type.Optional(Type.String({ maxLength: 200, pattern: '^[^@\\s]+@[^@\\s]+$' })),
          language: Type.Optional(languageSchema),
        }),
      }),
    ]),
    received_at: Type.Optional(time()),
  },
  {
    examples: [
      {
        item: exampleItem,
        attested: 'platform',
        harm: 'scam',
        text: 'Ini penipuan.',
        language: 'ms',
        reporter: { account: { id: 'account-21', handle: 'ravi', language: 'ta' } },
      },
      {
        item: exampleItem,
        attested: 'reporter',
        harm: 'scam',
        language: 'zh',
        reporter: { contact: { email: 'mei@mail.example', language: 'zh' } },
      },
    ],
  },
);

const answer = Type.Object(
  {
    report: uuid(),
    case: uuid(),
    state: Type.Literal('received'),
    acknowledge_by: time(),
    status_by: time(),
    answer_by: time(),
    status_url: Type.String(),
    contact_code: Type.String(),
    pin: Type.String(),
  },
  {
    examples: [
      {
        report: exampleIds.report,
        case: exampleIds.case,
        state: 'received',
        acknowledge_by: '2026-11-24T02:00:00.000Z',
        status_by: '2026-11-24T13:00:00.000Z',
        answer_by: '2026-11-25T01:00:00.000Z',
        status_url: 'https://trust.warung.example/report/7KQ2-M9XT?lang=ms',
        contact_code: '7KQ2-M9XT',
        pin: '402917',
      },
    ],
  },
);

/** `POST /v1/reports`: durable, with its record and clocks, when it is answered. */
export function reportRoutes(app: App, house: House): void {
  app.post(
    '/v1/reports',
    {
      bodyLimit: mediaBodyLimit,
      config: { scope: 'report', idempotent: 'required', problems: ['surface-unknown', 'item-conflict', 'time-in-future', 'log-refuses'] },
      schema: { tags: ['reports'], summary: 'Report content', body, response: { 201: answer } },
    },
    transactional(house, async (tx, request: Parameters<typeof callerOf>[0], reply: { code(status: number): unknown }) => {
      const input = request.body as Static<typeof body>;
      const received = await receive(house, tx, callerOf(request).slug, input);
      reply.code(201);
      return {
        report: received.report,
        case: received.case,
        state: 'received',
        acknowledge_by: received.acknowledgeBy.toISOString(),
        status_by: received.statusBy.toISOString(),
        answer_by: received.answerBy.toISOString(),
        status_url: statusUrl(house, received.code, input.language),
        contact_code: received.code,
        pin: received.pin,
      };
    }),
  );
}
