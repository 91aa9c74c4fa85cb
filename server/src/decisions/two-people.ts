import type { Clause, Determination } from '../policy/questions.ts';

/** Why something needs two people (product.md, "Two people"). */
export type Need = 'csam' | 'terrorism' | 'irreversible' | 'bulk';

export interface Weighed {
  readonly harm: string;
  readonly determination: Determination;
  readonly clause: Pick<Clause, 'id'> | null;
  /** Whether what is asked of the platform can't be taken back. */
  readonly irreversible?: boolean;
}

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
