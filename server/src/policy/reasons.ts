import type { Harm } from '@perisai/screening';
import reasonsFile from '../../../catalogue/reasons.json' with { type: 'json' };
import type { Words } from './document.ts';

/** Why something is reported, finer than the harm: it leads to a clause, and says how heavy the matter weighs. */
export interface Reason {
  readonly id: string;
  readonly harm: Harm;
  readonly clause: string;
  readonly severity: 'critical' | 'high' | 'medium' | 'low';
  /** As the DSA's transparency database files it. */
  readonly dsa: { readonly category: string; readonly keyword?: string };
  /** What the law's text leaves open of it, or could not be read; null where nothing is. */
  readonly unconfirmed: string | null;
  readonly name: Words;
  /** What a form asks. */
  readonly question: Words;
}

const written = reasonsFile.reasons as unknown as readonly (Omit<Reason, 'unconfirmed'> & { readonly unconfirmed?: string })[];
const reasons = new Map(written.map((reason): [string, Reason] => [reason.id, { ...reason, unconfirmed: reason.unconfirmed ?? null }]));

/** Every reason, the most urgent first within a harm. */
export const allReasons: readonly Reason[] = [...reasons.values()];

/** The reason with this id; undefined where the catalogue has none. */
export function reasonOf(id: string): Reason | undefined {
  return reasons.get(id);
}

/** The reason that weighs most among these, the first named among equals; undefined where none is known. */
export function worstReason(ids: readonly string[]): Reason | undefined {
  const known = ids.flatMap((id) => reasons.get(id) ?? []);
  return reasonsFile.severities.flatMap((severity) => known.find((reason) => reason.severity === severity) ?? [])[0];
}
