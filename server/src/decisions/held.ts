import {
  type AccountMeasure,
  type Desired,
  type Determination,
  type FinalDetermination,
  isAccountMeasure,
  isHidden,
} from '../policy/questions.ts';
import type { Transition } from '../records/questions.ts';

/** A decision that is made and has not happened yet: until then who made it can take it back. `record` holds the reason. */
export interface Held {
  readonly id: string;
  readonly service: string;
  readonly case: string;
  readonly revision: string;
  /** Of a ruling on an appeal against a measure on an account: the measure in its place. */
  readonly determination: FinalDetermination | AccountMeasure;
  readonly clause: string | null;
  readonly territory: 'MY' | null;
  readonly days: number | null;
  readonly policy: string;
  /** The appeal that it answers; null: it is the first decision. */
  readonly appeal: string | null;
  /** Of how many cases as one; null where it is about its own case alone. */
  readonly bundle: number | null;
  readonly state: 'held' | 'released' | 'undone';
  readonly heldBy: string | null;
  readonly heldAt: Date;
  readonly until: Date;
  readonly decision: string | null;
  readonly record: string;
}

export const heldTransitions: readonly Transition<Held['state']>[] = [
  { from: null, to: 'held', by: 'decision.held' },
  { from: 'held', to: 'released', by: 'decision.released', when: 'the time to undo it is over' },
  { from: 'held', to: 'undone', by: 'decision.undone', when: 'who decided takes it back, or what it was about has changed' },
];

/**
 * Whether a decision may wait for its undo window (product.md, Delivery): nothing that hides what people can still see, and nothing about child
 * abuse material.
 * @param shown what the platform shows now of everything that would be decided
 */
export function mayWait(harm: string, determination: Determination | AccountMeasure, shown: readonly Desired[]): boolean {
  if (harm === 'csam') return false;
  // It takes the place of something graver (`reverse.ts`).
  if (isAccountMeasure(determination)) return true;
  return determination === 'none' || determination === 'restore' || shown.every(isHidden);
}
