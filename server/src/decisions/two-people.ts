import type { AccountMeasure, Clause, Determination } from '../policy/questions.ts';
import type { Decision } from './decision.ts';

/** Why something needs two people (product.md, "Two people"). */
export type Need = 'csam' | 'terrorism' | 'irreversible' | 'bulk';

export interface Weighed {
  readonly harm: string;
  readonly determination: Determination | AccountMeasure;
  readonly clause: Pick<Clause, 'id'> | null;
  /** Whether what is asked of the platform can't be taken back. */
  readonly irreversible?: boolean;
}

/** More than so many at once need a second person (product.md, “Two people”). */
export const bulk = 100;

/**
 * What this determination needs a second person for; nothing, where one is enough. Protecting never needs two: a temporary measure is not asked
 * about here. What is decided about suspected child abuse material needs two either way: also that it is none.
 */
export function needsOf({ harm, determination, clause, irreversible = false }: Weighed): Need[] {
  const acts = determination !== 'none' && determination !== 'restore';
  return [
    ...(harm === 'csam' ? (['csam'] as const) : []),
    ...(acts && clause?.id.startsWith('terrorism.') ? (['terrorism'] as const) : []),
    ...(irreversible ? (['irreversible'] as const) : []),
  ];
}

/**
 * What deciding otherwise needs a second person for: what the new decision would, what the one did that stands (what two decided, one does not
 * undo), and, where it reaches all that was decided as one, how much that is.
 */
export function needsInstead(
  harm: string,
  standing: Pick<Decision, 'determination' | 'clause'>,
  instead: Omit<Weighed, 'harm'>,
  reaches = 1,
): Need[] {
  const before = needsOf({
    harm,
    determination: standing.determination,
    clause: standing.clause === null ? null : { id: standing.clause },
  });
  return [...new Set([...before, ...needsOf({ harm, ...instead }), ...(reaches > bulk ? (['bulk'] as const) : [])])];
}
