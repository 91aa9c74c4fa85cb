import type { Transition } from '../records/questions.ts';

/** The end of an account, to which the ladder leads and which a second person decides; by the decision that suspended it meanwhile. */
export interface Ending {
  readonly id: string;
  readonly service: string;
  readonly case: string;
  readonly state: 'waiting' | 'ended' | 'kept' | 'alone';
  /** Who suspended the account; null: a machine, or somebody erased since. */
  readonly proposedBy: string | null;
  readonly proposedAt: Date;
  readonly settledBy: string | null;
  readonly settledAt: Date | null;
  readonly decision: string | null;
  /** Holds why it was kept. */
  readonly settlement: string | null;
}

/** While the suspension stands. What takes its place, or its end, leaves nothing to decide. */
export const endingTransitions: readonly Transition<Ending['state']>[] = [
  { from: null, to: 'waiting', by: 'ending.proposed' },
  { from: 'waiting', to: 'ended', by: 'ending.settled', when: 'a second person ends the account' },
  { from: 'waiting', to: 'kept', by: 'ending.settled', when: 'a second person leaves it suspended' },
  { from: 'waiting', to: 'alone', by: 'ending.settled', when: 'under break-glass' },
];
