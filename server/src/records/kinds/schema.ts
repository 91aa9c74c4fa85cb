import type { TSchema } from 'typebox';
import { type Kind, kinds } from '../kinds.ts';

const commitment = {
  type: 'object',
  properties: { commitment: { type: 'string', pattern: '^[A-Za-z0-9+/]{43}=$' } },
  required: ['commitment'],
  additionalProperties: false,
};

/**
 * The JSON Schema (2020-12) of a kind's payload as it lies in the log: a confidential field is a commitment there, or null. Under `x-secret`
 * stands whose key its value lies under, and the schema of that value, which an opening discloses.
 */
function payloadSchema(kind: Kind): object {
  const { version, payload } = kinds[kind];
  const properties = Object.entries(payload.properties as Record<string, TSchema>).map(([field, schema]) => [field, inTheLog(schema)]);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `${kind}, version ${version}: payload`,
    type: 'object',
    properties: Object.fromEntries(properties),
    required: payload.required,
    additionalProperties: false,
  };
}

function inTheLog(schema: TSchema): object {
  const { 'x-secret': role, ...value } = schema as TSchema & { 'x-secret'?: string };
  return role === undefined ? schema : { anyOf: [commitment, { type: 'null' }], 'x-secret': { role, value } };
}

/** Where a kind's schema is kept for ever, below `catalogue/records/`. */
export function schemaPath(kind: Kind): string {
  return `${kind}/${kinds[kind].version}.schema.json`;
}

/** The text of that file. */
export function schemaText(kind: Kind): string {
  return `${JSON.stringify(payloadSchema(kind), null, 2)}\n`;
}
