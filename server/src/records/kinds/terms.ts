import { type TSchema, Type } from 'typebox';

// What payloads of records are made of. `secret(role, …)`: see `../kinds.ts`.

export const uuid = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' });
export const time = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' });
export const word = Type.String({ minLength: 1, maxLength: 200 });
export const count = Type.Integer({ minimum: 0 });
const nothing = Type.Null();
export const maybe = <T extends TSchema>(schema: T) => Type.Union([schema, nothing]);
export const object = <P extends Record<string, TSchema>>(properties: P) => Type.Object(properties, { additionalProperties: false });
export const list = <T extends TSchema>(items: T) => Type.Array(items);
export const one = <const V extends readonly string[]>(...values: V) => Type.Unsafe<V[number]>({ type: 'string', enum: [...values] });
export const secret = <T extends TSchema>(role: string, schema: T) => Type.Union([schema, nothing], { 'x-secret': role });

export const language = one('ms', 'en', 'zh', 'ta');
export const harm = one('csam', 'intimate-image', 'scam', 'bullying-hate', 'violence-terrorism', 'child-harm', 'manipulated-media');
// What is decided, asked of a platform and shown there: the lists stand with the actions and the policy and grow; a record keeps the word.
export const act = Type.String({ pattern: '^[a-z][a-z-]{0,39}$' });
export const clockStart = object({
  clock: one('acknowledge', 'protect', 'determine', 'enforce', 'answer.status', 'answer.outcome', 'appeal.answer'),
  due_at: time,
});
// A target that is an account is named by the account's *evidence* handle, as a uuid: who that is leaves with the person.
export const targetKind = one('item', 'account');
/** Of several cases as one, what is decided of each, and for whose account less than the ladder has, by a case of theirs. */
export const judgedAsOne = object({
  cases: list(object({ case: uuid, revision: uuid, determination: act })),
  less: list(object({ case: uuid, measure: maybe(act) })),
});
export const media = list(object({ sha256: maybe(word), sha1: maybe(word), md5: maybe(word), type: maybe(word), kept: Type.Boolean() }));
// The roles there are stand with the staff, and grow; a record keeps the word.
export const roles = list(Type.String({ pattern: '^[a-z][a-z-]{0,39}$' }));

export const outcome = one('actioned', 'no-violation', 'already-decided');
export const answering = one('acknowledge', 'answer.status', 'answer.outcome', 'appeal.answer', 'inquiry.answer');

// What the ladder said of the author: the strike that this decision is, which were counted with it, the step that they reach.
export const plan = object({
  ladder: word,
  strike: maybe(object({ weight: count, until: time })),
  counted: list(uuid),
  total: count,
  suggested: maybe(act),
  taken: maybe(act),
});
export const words = object({ ms: Type.String(), en: Type.String(), zh: Type.String(), ta: Type.String() });
const clause = object({
  id: word,
  number: word,
  harm,
  title: words,
  rule: words,
  determination: word,
  ground: one('ILLEGAL_CONTENT', 'INCOMPATIBLE_CONTENT'),
  law: words,
  cites: list(word),
  examples: object({ violating: list(words), allowed: list(words) }),
});
export const ruleWords = Type.Object(
  {
    ms: Type.Optional(Type.String()),
    en: Type.Optional(Type.String()),
    zh: Type.Optional(Type.String()),
    ta: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
);
export const policyChanges = object({ intro: maybe(words), clauses: list(object({ id: word, clause: maybe(clause) })) });

export const kind = <P extends Record<string, TSchema>>(version: number, properties: P) => ({ version, payload: object(properties) });
