import { Type } from 'typebox';
import { checkedByItsOwnSchema, closed, oneOf, time } from '../../foundation/http/schemas.ts';
import { allReasons } from '../../policy/index.ts';
import { ageBands, itemKinds } from '../../subjects/index.ts';

const text = (max: number, description?: string) => Type.String({ minLength: 1, maxLength: max, ...(description ? { description } : {}) });

export const languageSchema = oneOf(['ms', 'en', 'zh', 'ta']);
export const harmSchema = oneOf([
  'csam',
  'intimate-image',
  'scam',
  'bullying-hate',
  'violence-terrorism',
  'child-harm',
  'manipulated-media',
]);

/** Why something is reported, finer than the harm; each belongs to one. */
export const reasonSchema = Type.Unsafe<string>({
  type: 'string',
  enum: allReasons.map(({ id }) => id),
  description: 'See GET /v1/reasons',
});

/** Somebody on the platform. */
export const personSchema = closed({
  id: text(200, 'The platform’s own id, the same for ever'),
  handle: Type.Optional(text(200)),
  language: Type.Optional(languageSchema),
  age_band: Type.Optional(oneOf([...ageBands])),
});

const mediaSchema = closed({
  sha256: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$' })),
  sha1: Type.Optional(Type.String({ pattern: '^[0-9a-f]{40}$' })),
  md5: Type.Optional(Type.String({ pattern: '^[0-9a-f]{32}$' })),
  type: Type.Optional(text(100)),
  bytes: Type.Optional(Type.String({ maxLength: 7_000_000, pattern: '^[A-Za-z0-9+/]*={0,2}$', description: 'base64, 5 MB at most' })),
  url: Type.Optional(
    text(2_000, 'Instead of bytes, where the file lies: on a host that the service has registered; sha256, size and type are said with it'),
  ),
  size: Type.Optional(Type.Integer({ minimum: 1, maximum: 50_000_000, description: 'Bytes of a file that is fetched' })),
});

/** A content item at one revision. */
export const itemSchema = closed({
  id: text(200, 'The platform’s own id, the same for ever'),
  kind: Type.Unsafe<string>({
    type: 'string',
    pattern: '^[a-z][a-z-]{0,39}$',
    description: `${itemKinds.join(', ')}, or a kind that the service defined with perisai service kind`,
  }),
  surface: text(40, 'A surface of the service'),
  revision: text(100, 'The platform’s name for this version; an edit is a new one'),
  author: personSchema,
  text: Type.Optional(Type.String({ maxLength: 20_000 })),
  fields: checkedByItsOwnSchema('Of a kind that the service defined: what its schema asks for, 32 KB at most. Sealed with the text'),
  media: Type.Optional(Type.Array(mediaSchema, { maxItems: 10 })),
  parent: Type.Optional(
    text(200, 'What it replies to or hangs on, by the platform’s own id: shown to whoever decides, with the case on it'),
  ),
  created_at: Type.Optional(
    time(
      'When your service took the item, by its own clock: it is judged by the guidelines of that day. Left out or impossible: by today’s',
    ),
  ),
  edited_at: Type.Optional(time('Of an edit, when your service took this revision: an edit is judged by the guidelines of its own day')),
  url: Type.Optional(text(2_000, 'Where it stands on the platform: shown to whoever decides, never opened')),
  ad: Type.Optional(
    closed({ advertiser: text(200, 'Who pays for it'), landing_url: text(2_000, 'Where it leads: screened like a link in the text') }),
  ),
  segment: Type.Optional(
    closed(
      { number: Type.Integer({ minimum: 0 }), from: time(), until: Type.Optional(time()) },
      { description: 'Which part of a live session' },
    ),
  ),
  segments: Type.Optional(
    Type.Array(
      closed({
        number: Type.Integer({ minimum: 0 }),
        from: time(),
        until: Type.Optional(time()),
        sha256: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$' })),
      }),
      {
        maxItems: 100,
        description: 'The parts that a live session has now: looked up by their digests, and sealed with the part that was seen',
      },
    ),
  ),
});

/** What a post at Warung looks like, for /openapi.json. */
export const exampleItem = {
  id: 'post-4711',
  kind: 'post',
  surface: 'public-feed',
  revision: '1',
  author: { id: 'account-17', handle: 'siti', language: 'ms' },
  text: 'Akaun anda digantung. Klik pautan ini segera: http://bit.ly.example/a',
  created_at: '2026-11-24T09:00:00+08:00',
  url: 'https://warung.example/posts/4711',
};

/** The same with a picture that is fetched, for /openapi.json. */
export const exampleItemByAddress = {
  ...exampleItem,
  id: 'post-4712',
  media: [
    {
      url: 'https://files.warung.example/once/4d1f0c',
      sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      size: 48_213,
      type: 'image/jpeg',
    },
  ],
};

/** Ids of one story, so that the examples belong together. */
export const exampleIds = {
  report: '01936f2a-7c1e-7b3a-9d52-8f1c2f3b4a5d',
  case: '01936f2a-7c20-7f0e-8a11-5b6c7d8e9f00',
  decision: '01936f2b-1a2b-7c3d-8e4f-5a6b7c8d9e0f',
  action: '01936f2b-1a2c-7d3e-9f40-6b7c8d9e0f1a',
  appeal: '01936f2c-2b3c-7e4f-8051-7c8d9e0f1a2b',
  inquiry: '01936f2d-3c4d-7f50-9162-8d9e0f1a2b3c',
  notice: '01936f2a-7c25-7a4b-9c5d-0e1f2a3b4c5d',
  screening: '01936f2a-7b00-7c1d-8e2f-3a4b5c6d7e8f',
} as const;

/** Bodies with media may be larger than others. */
export const mediaBodyLimit = 12 * 1024 * 1024;
