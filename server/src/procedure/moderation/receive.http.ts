import { type Static, Type } from 'typebox';
import type { Tx } from '../../foundation/db/transaction.ts';
import { onceAlone, transactional } from '../../foundation/http/idempotency.ts';
import type { Caller } from '../../foundation/http/keys.ts';
import { eachLine, envelopeOf, lineResult, maxLines } from '../../foundation/http/lines.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { callerOf } from '../../foundation/http/routes.ts';
import { closed, oneOf, time, uuid } from '../../foundation/http/schemas.ts';
import type { App } from '../../foundation/http/server.ts';
import type { House } from '../house.ts';
import {
  exampleIds,
  exampleItem,
  exampleItemByAddress,
  harmSchema,
  itemSchema,
  languageSchema,
  mediaBodyLimit,
  personSchema,
  reasonSchema,
} from './item.schema.ts';
import { receive } from './receive.ts';
import { statusUrl } from './values.ts';

const email = Type.Optional(
  Type.String({
    maxLength: 200,
    // One address, and nothing that a mail server might read as two.
    pattern: '^[^@\\s,;:<>()\\[\\]\\\\"]+@[^@\\s,;:<>()\\[\\]\\\\"]+$',
    description: 'Notices about this report are also sent there, and it is deleted when none can follow any more',
  }),
);
const forChild = Type.Optional(
  closed(
    { relation: oneOf(['parent', 'guardian', 'carer'], 'What the reporter is to the child; nobody outside learns it') },
    { description: 'Where somebody reports for a child in their care' },
  ),
);

const report = closed(
  {
    item: itemSchema,
    attested: oneOf(['platform', 'reporter', 'franked'], 'Who vouches that the item said this'),
    harm: Type.Optional(harmSchema),
    reason: Type.Optional(reasonSchema),
    text: Type.Optional(Type.String({ maxLength: 5_000 })),
    language: languageSchema,
    reporter: Type.Union([
      closed({
        account: closed({ ...personSchema.properties, created_at: Type.Optional(time('Since when the account exists')) }),
        for_child: forChild,
      }),
      closed({
        contact: closed({
          email,
          language: Type.Optional(languageSchema),
        }),
        for_child: forChild,
      }),
      closed({ flagger: closed({ id: uuid('An accredited organisation'), email }) }),
      closed({
        regulator: closed({
          reference: Type.String({ minLength: 1, maxLength: 200, description: 'How the regulator names the matter' }),
          email,
        }),
      }),
    ]),
    received_at: Type.Optional(
      time('When the platform received it: all that is owed runs from then, however late it is handed in. Now, where it is not said'),
    ),
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
        item: exampleItemByAddress,
        attested: 'reporter',
        reason: 'scam.phishing',
        language: 'zh',
        reporter: { contact: { email: 'mei@mail.example', language: 'zh' } },
      },
      {
        item: exampleItem,
        attested: 'reporter',
        reason: 'child.challenge',
        language: 'ms',
        reporter: { account: { id: 'account-33', created_at: '2024-02-01T00:00:00Z' }, for_child: { relation: 'parent' } },
      },
      {
        item: exampleItem,
        attested: 'reporter',
        harm: 'scam',
        language: 'ms',
        reporter: { regulator: { reference: 'MCMC-2026-0001' } },
      },
    ],
  },
);

/** On private messaging no law names a time for some of it. */
const owedBy = Type.Union([time(), Type.Null()], { description: 'Null on private messaging, where no law names one' });

const answer = Type.Object(
  {
    report: uuid(),
    case: uuid(),
    state: Type.Literal('received'),
    acknowledge_by: owedBy,
    status_by: owedBy,
    answer_by: owedBy,
    status_url: Type.String(),
    contact_code: Type.String(),
    pin: Type.String(),
    incomplete: Type.Boolean({
      description: 'Something of what was reported is not kept, or not yet: a file that is known by its hash, or still being fetched',
    }),
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
        incomplete: false,
      },
    ],
  },
);

const line = closed({
  key: Type.String({
    pattern: '^[\\x21-\\x7e]{1,255}$',
    description: 'As the Idempotency-Key of this report alone: the same key and report, in a batch or alone, are taken once',
  }),
  ...report.properties,
});
const batch = closed(
  { reports: Type.Array(line, { minItems: 1, maxItems: maxLines }) },
  {
    examples: [
      {
        reports: [
          {
            key: 'import-2026-11-24-0001',
            item: exampleItem,
            attested: 'platform',
            reason: 'scam.phishing',
            language: 'ms',
            reporter: { account: { id: 'account-21' } },
          },
        ],
      },
    ],
  },
);
const results = Type.Object(
  { results: Type.Array(lineResult(answer), { description: 'One a line, in its place' }) },
  {
    examples: [
      {
        results: [{ status: 422, problem: { code: 'surface-unknown', detail: 'The service warung has no surface “nowhere”.' } }],
      },
    ],
  },
);

/** `POST /v1/reports`: durable, with its record and clocks, when it is answered. */
export function reportRoutes(app: App, house: House): void {
  const problems = ['surface-unknown', 'item-conflict', 'time-in-future', 'log-refuses'] as const;
  const taken = async (tx: Tx, caller: Caller, input: Static<typeof report>): Promise<Static<typeof answer>> => {
    if (caller.heldBy !== null && !('flagger' in input.reporter && input.reporter.flagger.id === caller.heldBy))
      throw new Problem('forbidden', 'This key belongs to an accredited organisation, and reports as that alone.');
    const received = await receive(house, tx, caller.slug, input);
    return {
      report: received.report,
      case: received.case,
      state: 'received',
      acknowledge_by: received.acknowledgeBy?.toISOString() ?? null,
      status_by: received.statusBy?.toISOString() ?? null,
      answer_by: received.answerBy?.toISOString() ?? null,
      status_url: statusUrl(house, received.code, input.language),
      contact_code: received.code,
      pin: received.pin,
      incomplete: received.incomplete,
    };
  };

  app.post(
    '/v1/reports',
    {
      bodyLimit: mediaBodyLimit,
      config: { scope: 'report', idempotent: 'required', problems },
      schema: { tags: ['reports'], summary: 'Report content', body: report, response: { 201: answer } },
    },
    transactional(house, async (tx, request: Parameters<typeof callerOf>[0], reply: { code(status: number): unknown }) => {
      const made = await taken(tx, callerOf(request), request.body as Static<typeof report>);
      reply.code(201);
      return made;
    }),
  );

  const lines = eachLine<Static<typeof line>>('reports', line);
  app.post(
    '/v1/reports/batch',
    {
      bodyLimit: mediaBodyLimit,
      config: { scope: 'report', problems: ['log-refuses'] },
      validatorCompiler: envelopeOf('reports'),
      schema: { tags: ['reports'], summary: 'Report up to 1,000 items', body: batch, response: { 200: results } },
    },
    async (request) => {
      const caller = callerOf(request);
      const sent = (request.body as { reports: unknown[] }).reports;
      return {
        results: await lines(
          sent,
          ({ key, ...body }) =>
            onceAlone(house, { service: caller.slug, route: '/v1/reports', key, body }, 201, (tx) =>
              taken(tx, caller, body as Static<typeof report>),
            ),
          (error) => request.log.error({ err: error }, 'a line of a batch failed unforeseen'),
        ),
      };
    },
  );
}
