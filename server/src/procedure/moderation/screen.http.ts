import { vocabulary } from '@perisai/screening';
import { type Static, Type } from 'typebox';
import { eachLine, envelopeOf, lineResult, maxLines } from '../../foundation/http/lines.ts';
import { callerOf } from '../../foundation/http/routes.ts';
import { closed, oneOf, orNull, uuid } from '../../foundation/http/schemas.ts';
import type { App } from '../../foundation/http/server.ts';
import * as subjects from '../../subjects/index.ts';
import type { House } from '../house.ts';
import { exampleIds, exampleItem, itemSchema, mediaBodyLimit } from './item.schema.ts';
import { screen } from './screen.ts';
import { statementUrl } from './values.ts';

const whole = (description: string) => Type.Optional(Type.Integer({ minimum: 0, maximum: 2_000_000_000, description }));
const about = vocabulary.account;
const accountSchema = closed({
  age_days: whole(about.age_days.about),
  strikes: whole(about.strikes.about),
  reports_24h: whole(about.reports_24h.about),
  posts_1h: whole(about.posts_1h.about),
  recipients_1h: whole(about.recipients_1h.about),
  followers: whole(about.followers.about),
  verified: Type.Optional(Type.Boolean({ description: about.verified.about })),
});
const body = closed(
  {
    item: itemSchema,
    account: Type.Optional({ ...accountSchema, description: 'What the platform knows of the author, for rules. Missing is not zero' }),
    recipients: whole(vocabulary.item.recipients.about),
  },
  { examples: [{ item: exampleItem }, { item: exampleItem, account: { age_days: 2, strikes: 0, posts_1h: 12, verified: false } }] },
);

const answer = Type.Object(
  {
    verdict: oneOf(
      ['allow', 'review', 'restrict', 'withhold', 'block'],
      'allow, review, restrict: publish. withhold, block: do not show it; an action follows',
    ),
    screening: orNull(uuid()),
    case: orNull(uuid()),
    decision: orNull(uuid()),
    target_seq: orNull(Type.Integer()),
    statement: orNull(Type.String()),
    incomplete: Type.Boolean({
      description:
        'A file that was handed in by its address was not here in time, or is not to be had: the verdict is without it. Where it changes anything, an action follows',
    }),
    language: Type.String(),
    signals: Type.Array(
      Type.Object({
        detector: Type.String(),
        harm: Type.String(),
        clause: Type.String(),
        level: Type.String(),
        score: Type.Integer({ description: 'millionths' }),
      }),
    ),
    versions: Type.Record(Type.String(), Type.String()),
  },
  {
    examples: [
      {
        verdict: 'withhold',
        screening: exampleIds.screening,
        case: exampleIds.case,
        decision: exampleIds.decision,
        target_seq: 1,
        statement: 'https://trust.warung.example/statement/PRS-2026-4711?token=one-for-the-author',
        incomplete: false,
        language: 'ms',
        signals: [{ detector: 'lexicon', harm: 'scam', clause: 'scam.phishing', level: 'high', score: 930_000 }],
        versions: { lexicon: 'ms:1' },
      },
    ],
  },
);

const batch = closed(
  { contents: Type.Array(body, { minItems: 1, maxItems: maxLines }) },
  { examples: [{ contents: [{ item: exampleItem }] }] },
);
const results = Type.Object(
  { results: Type.Array(lineResult(answer), { description: 'One a line, in its place' }) },
  {
    examples: [
      { results: [{ status: 422, problem: { code: 'surface-unknown', detail: 'The service warung has no surface “nowhere”.' } }] },
    ],
  },
);

/** `POST /v1/screen`: may this be shown? Asked before publishing, and again after each edit. */
export function screenRoutes(app: App, house: House): void {
  app.post(
    '/v1/screen',
    {
      bodyLimit: mediaBodyLimit,
      config: { scope: 'screen', problems: ['surface-unknown', 'item-conflict', 'log-refuses'] },
      schema: { tags: ['screening'], summary: 'Screen content before it is shown', body, response: { 200: answer } },
    },
    async (request) => verdict(house, callerOf(request).slug, request.body as Static<typeof body>),
  );

  const lines = eachLine<Static<typeof body>>('contents', body);
  app.post(
    '/v1/screen/batch',
    {
      bodyLimit: mediaBodyLimit,
      config: { scope: 'screen', problems: ['log-refuses'] },
      validatorCompiler: envelopeOf('contents'),
      schema: { tags: ['screening'], summary: 'Screen up to 1,000 items', body: batch, response: { 200: results } },
    },
    async (request) => ({
      results: await lines(
        (request.body as { contents: unknown[] }).contents,
        async (asked) => ({ status: 200, answer: await verdict(house, callerOf(request).slug, asked, false) }),
        (error) => request.log.error({ err: error }, 'a line of a batch failed unforeseen'),
      ),
    }),
  );
}

async function verdict(
  house: House,
  service: string,
  { item, account, recipients }: Static<typeof body>,
  waits = true,
): Promise<Static<typeof answer>> {
  const { screened, raised, incomplete } = await screen(house, service, item, {
    waits,
    ...(account ? { account } : {}),
    ...(recipients === undefined ? {} : { recipients }),
  });
  const author = subjects.accountId(house.secret, service, item.author.id);
  return {
    verdict: screened.verdict,
    screening: raised?.screening ?? null,
    case: raised?.case ?? null,
    decision: raised?.decision?.id ?? null,
    target_seq: raised?.targetSeq ?? null,
    statement: raised?.decision ? statementUrl(house, raised.decision, 'author', author, item.author.language ?? 'ms') : null,
    incomplete,
    language: screened.language,
    signals: screened.signals.map(({ detector, harm, clause, level, score }) => ({ detector, harm, clause, level, score })),
    versions: screened.versions,
  };
}
