import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { type OwnSchema, ownSchema } from '../../foundation/own-schema.ts';
import * as subjects from '../../subjects/index.ts';

/** Fields of an item whose kind is its service's own. */
export type Fields = Readonly<Record<string, unknown>>;

/** What an item is: one of ours, by which it is handled; where its service has a word of its own for it, that and the schema's digest. */
export interface Kinded {
  readonly kind: subjects.ItemKind;
  readonly own: { readonly kind: string; readonly schema: string } | null;
  /** What its fields say to people. */
  readonly texts: readonly string[];
}

const ours: ReadonlySet<string> = new Set(subjects.itemKinds);

/** Is it a kind that everybody has? Then nothing has to be looked up. */
export function isOurs(kind: string): kind is subjects.ItemKind {
  return ours.has(kind);
}

/** @throws Problem `field-wrong` where nobody defined such a kind. */
export async function knownKind(tx: Tx, service: string, kind: string, at: string): Promise<subjects.OwnKind> {
  const own = await subjects.ownKind(tx, service, kind);
  if (own) return own;
  const detail = `Must be ${subjects.itemKinds.join(', ')} or a kind that the service defined.`;
  throw new Problem('field-wrong', `${at}: ${detail}`, { errors: [{ pointer: at, code: 'field-wrong', detail }] });
}

/**
 * What an item is that was handed in; its fields fit the schema that counts now.
 * @throws Problem `field-wrong`, `field-missing`, `field-unknown`, naming the place below `/item`.
 */
export async function kindOf(
  tx: Tx,
  service: string,
  { kind, fields }: { readonly kind: string; readonly fields?: Fields },
): Promise<Kinded> {
  if (isOurs(kind)) {
    if (fields === undefined) return { kind, own: null, texts: [] };
    const detail = `An item of the kind ${kind} has no fields: only one of a kind that the service defined.`;
    throw new Problem('field-unknown', `/item/fields: ${detail}`, { errors: [{ pointer: '/item/fields', code: 'field-unknown', detail }] });
  }
  const { as, schema, digest } = await knownKind(tx, service, kind, '/item/kind');
  return { kind: as, own: { kind, schema: digest }, texts: ready(digest, schema).check(fields ?? {}, '/item/fields') };
}

/** Schemas that were made ready, by digest: making one takes some milliseconds, checking by it none. */
const made = new Map<string, OwnSchema>();

function ready(digest: string, text: string): OwnSchema {
  const known = made.get(digest);
  if (known) return known;
  if (made.size >= 500) made.clear();
  const schema = ownSchema(text);
  made.set(digest, schema);
  return schema;
}

/** The same fields in any order, as one text. */
export function inOrder(fields: Fields): string {
  return JSON.stringify(fields, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
