import type { Static, TObject, TOptional, TProperties, TSchema, TString } from 'typebox';
import { Type } from 'typebox';

/** What /openapi.json says beside a schema; a test holds every example to its schema. */
interface Told {
  description?: string;
  examples?: unknown[];
}

/** An object that takes the named fields and no others. Bodies are made of these; the server refuses to start with an open one. */
export function closed<Fields extends TProperties>(fields: Fields, options: Told = {}): TObject<Fields> {
  return Type.Object(fields, { ...options, additionalProperties: false });
}

/** The body of a page's form: closed, every value a string, and the token that proves our own page sent it (csrf.ts). */
export function form<Fields extends Record<string, TString | TOptional<TString>>>(fields: Fields) {
  return closed({ ...fields, csrf: Type.Optional(Type.String({ maxLength: 200 })) });
}

/** One id of ours. */
export function uuid(description?: string): TString {
  return Type.String({ format: 'uuid', ...(description === undefined ? {} : { description }) });
}

/** An instant, RFC 3339. Leap seconds and years before 1900 are refused: neither JavaScript nor PostgreSQL keeps them. */
export function time(description?: string): TString {
  return Type.String({
    format: 'date-time',
    pattern: '^(19|2\\d)\\d{2}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:[0-5]\\d(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})$',
    maxLength: 35,
    ...(description === undefined ? {} : { description }),
  });
}

/** One of these words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words, description?: string) {
  return Type.Unsafe<Words[number]>({ type: 'string', enum: [...words], ...(description === undefined ? {} : { description }) });
}

/** A value or null. */
export function orNull<Schema extends TSchema>(schema: Schema) {
  return Type.Unsafe<Static<Schema> | null>(Type.Union([schema, Type.Null()]));
}

const checkedLater = new WeakSet<object>();

/** An object whose fields no route can know: whoever takes it checks it by a schema that came from elsewhere, and refuses what that does not know. */
export function checkedByItsOwnSchema(description: string) {
  const any = { type: ['string', 'number', 'boolean', 'object', 'array', 'null'] };
  const schema = Type.Optional(Type.Unsafe<Record<string, unknown>>({ type: 'object', additionalProperties: any, description }));
  checkedLater.add(schema);
  return schema;
}

/** Where a schema lets unknown fields or any value in, as JSON pointers into the schema; empty when it is closed everywhere. */
export function openPlaces(schema: unknown, place = ''): string[] {
  if (schema === true) return [place];
  if (typeof schema !== 'object' || schema === null || checkedLater.has(schema)) return [];
  const node = schema as Readonly<Record<string, unknown>>;
  const within = below.flatMap((keyword) => parts(node[keyword], `${place}/${keyword}`)).flatMap(([part, at]) => openPlaces(part, at));
  if (!shaping.some((keyword) => keyword in node)) return [...within, place];
  const isObject = node['type'] === 'object' || 'properties' in node || 'patternProperties' in node;
  // a pattern that every name matches is an open object under another name (Type.Record)
  const anyName = Object.keys((node['patternProperties'] ?? {}) as object).some((pattern) => /^\^?\(?\.[*+]\)?\$?$/.test(pattern));
  return isObject && (node['additionalProperties'] !== false || anyName) ? [...within, place] : within;
}

const shaping = ['type', 'const', 'enum', 'anyOf', 'oneOf', 'allOf', '$ref', 'not'];
const below = [
  'properties',
  'patternProperties',
  'items',
  'prefixItems',
  'anyOf',
  'oneOf',
  'allOf',
  '$defs',
  'definitions',
  'contains',
  'then',
  'else',
];

function parts(value: unknown, place: string): [unknown, string][] {
  if (Array.isArray(value)) return value.map((part, index) => [part, `${place}/${index}`]);
  if (typeof value !== 'object' || value === null) return value === true ? [[true, place]] : [];
  if (place.endsWith('/items') || place.endsWith('/contains') || place.endsWith('/then') || place.endsWith('/else'))
    return [[value, place]];
  return Object.entries(value).map(([name, part]) => [part, `${place}/${name}`]);
}
