import type { Static, TObject } from 'typebox';
import { answers } from './kinds/answers.ts';
import { cases } from './kinds/cases.ts';
import { content } from './kinds/content.ts';
import { decisions } from './kinds/decisions.ts';
import { provider } from './kinds/provider.ts';

export type Purpose = 'profile' | 'report' | 'evidence' | 'lawful' | 'staff' | 'linking' | 'contact';

/**
 * Every kind of record, one row a kind: what its payload holds. A kind's shape never changes: a new shape is a new version, and the schema of
 * each version lies in `catalogue/records/` for ever. Personal data and free text stand here as `secret(role, …)`: the record holds only
 * `{commitment}`, the value is encrypted under the data key of whoever has that role among the parties, and is null after their erasure.
 */
export const kinds = { ...provider, ...content, ...cases, ...decisions, ...answers } as const satisfies Record<
  string,
  { version: number; payload: TObject }
>;

export type Kind = keyof typeof kinds;
export type Payload<K extends Kind> = { [P in K]: Static<(typeof kinds)[P]['payload']> }[K];

/** The confidential fields of a kind: name → role under whose key the value is encrypted. */
export function secretFields(kind: Kind): ReadonlyMap<string, string> {
  return secrets.get(kind) as ReadonlyMap<string, string>;
}

const secrets = new Map(
  Object.entries(kinds).map(([name, { payload }]) => [
    name as Kind,
    new Map(
      Object.entries(payload.properties).flatMap(([field, schema]) =>
        'x-secret' in schema ? [[field, schema['x-secret'] as string] as const] : [],
      ),
    ),
  ]),
);
