import { Type } from 'typebox';
import { closed, oneOf, time } from '../../foundation/http/schemas.ts';

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

/** Somebody on the platform. */
export const personSchema = closed({
  id: text(200, 'The platform’s own id, the same for ever'),
  handle: Type.Optional(text(200)),
  language: Type.Optional(languageSchema),
});

const mediaSchema = closed({
  sha256: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$' })),
  sha1: Type.Optional(Type.String({ pattern: '^[0-9a-f]{40}$' })),
  md5: Type.Optional(Type.String({ pattern: '^[0-9a-f]{32}$' })),
  type: Type.Optional(text(100)),
  bytes: Type.Optional(Type.String({ maxLength: 7_000_000, pattern: '^[A-Za-z0-9+/]*={0,2}$', description: 'base64, 5 MB at most' })),
});

/** A content item at one revision. */
export const itemSchema = closed({
  id: text(200, 'The platform’s own id, the same for ever'),
  kind: oneOf(['post', 'comment', 'message', 'profile']),
  surface: text(40, 'A surface of the service'),
  revision: text(100, 'The platform’s name for this version; an edit is a new one'),
  author: personSchema,
  text: Type.Optional(Type.String({ maxLength: 20_000 })),
  media: Type.Optional(Type.Array(mediaSchema, { maxItems: 10 })),
  parent: Type.Optional(text(200)),
  created_at: Type.Optional(time()),
  url: Type.Optional(text(2_000)),
});

/** Bodies with media may be larger than others. */
export const mediaBodyLimit = 12 * 1024 * 1024;
