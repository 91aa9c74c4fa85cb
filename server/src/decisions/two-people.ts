import type { AccountMeasure, Clause, Determination } from '../policy/questions.ts';
import type { Decision } from './decision.ts';

/** Why something needs two people (product.md, "Two people"). */
export type Need = 'csam' | 'terrorism' | 'bulk';

export interface Weighed {
  readonly harm: string;
  readonly determination: Determination | AccountMeasure;
  readonly clause: Pick<Clause, 'id'> | null;
}

/** More than so many at once need a second person, unless the installation says otherwise (product.md, “Two people”). */
export const bulk = 100;

/**
 * What this determination needs a second person for; nothing, where one is enough. Protecting never needs two: a temporary measure is not asked
 * about here; nothing that is asked of a platform is irreversible (each action has its `reverse`). What is decided about suspected child abuse material needs two either way: also that it is none.
 */
export function needsOf({ harm, determination, clause }: Weighed): Need[] {
  const acts = determination !== 'none' && determination !== 'restore';
  return [
    ...(harm === 'csam' ? (['csam'] as const) : []),
    ...(acts && clause?.id.startsWith('terrorism.') ? (['terrorism'] as const) : []),
  ];
}

/**
 * What deciding otherwise needs a second person for: what the new decision would, what the one did that stands (what two decided, one does not
 * undo), and, where it reaches all that was decided as one, how much that is.
 * @param most how many one person may decide at once
 */
export function needsInstead(
  harm: string,
  standing: Pick<Decision, 'determination' | 'clause'>,
  instead: Omit<Weighed, 'harm'>,
  reaches = 1,
  most = bulk,
): Need[] {
  const before = needsOf({
    harm,
    determination: standing.determination,
    clause: standing.clause === null ? null : { id: standing.clause },
  });
  return [...new Set([...before, ...needsOf({ harm, ...instead }), ...(reaches > most ? (['bulk'] as const) : [])])];
}
