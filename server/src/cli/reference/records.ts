import { subscriberTable } from '../../procedure/moderation/index.ts';
import { type Kind, kinds, schemaPath } from '../../records/index.ts';
import { code, page, table } from './table.ts';

interface Shape {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly anyOf?: readonly Shape[];
  readonly items?: Shape;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly patternProperties?: Readonly<Record<string, Shape>>;
  readonly 'x-secret'?: string;
}

/** `docs/reference/records.md`: every kind of record and what its payload holds. */
export function recordsReference(): string {
  const sections = (Object.keys(kinds) as Kind[]).map((kind) => {
    const { version, payload } = kinds[kind];
    const rows = Object.entries(payload.properties as Readonly<Record<string, Shape>>).map(([field, shape]) => [
      code(field),
      words(shape),
      shape['x-secret'] === undefined ? '' : `confidential, under the key of the ${shape['x-secret']}`,
    ]);
    const heard = subscriberTable.filter(({ hears }) => hears === kind).map(({ name }) => code(name));
    const told = heard.length === 0 ? '' : ` Heard by ${heard.join(', ')}.`;
    const schema = `[schema](../../catalogue/records/${schemaPath(kind)}), [sample](../../catalogue/records/samples/${kind}.${version}.json)`;
    return `## ${kind}\n\nVersion ${version}: ${schema}.${told}\n\n${rows.length === 0 ? 'An empty payload.' : table(['field', 'holds', ''], rows)}`;
  });
  return page(
    '`server/src/records/kinds.ts`',
    'Records',
    "Every kind of record there is. The head of each is the same: `id`, `kind`, `version`, `occurred_at`, `recorded_at`, `service`, `case`,\n`case_seq`, `parties`, `versions`, `nonce`, and the `payload`, which is listed here. A confidential field is only a commitment in the log;\nits value lies encrypted beside it, and is gone with the key of whoever it is about. A kind's shape never changes: a new shape is a new\nversion, and schemas and samples of all versions are kept in `catalogue/records/`.",
    ...sections,
  );
}

function words(shape: Shape): string {
  if (shape.anyOf) return shape.anyOf.map(words).join(' or ');
  if (shape.enum) return shape.enum.map(code).join(', ');
  if (shape.items) return `list of: ${words(shape.items)}`;
  if (shape.properties)
    return Object.entries(shape.properties)
      .map(([name, inner]) => `${code(name)} (${words(inner)})`)
      .join(', ');
  if (shape.patternProperties) return `names and values (${Object.values(shape.patternProperties).map(words).join(', ')})`;
  if (shape.pattern?.includes('{8}-')) return 'UUID';
  if (shape.pattern?.includes('T')) return 'time, RFC 3339';
  return { null: 'null', string: 'text', integer: 'whole number', boolean: 'yes or no' }[shape.type ?? ''] ?? 'text';
}
