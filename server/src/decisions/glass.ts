import type { Transition } from '../records/questions.ts';
import type { Need } from './two-people.ts';

/** Somebody may decide alone what needs two, until a time. `record` holds why. */
export interface Glass {
  readonly id: string;
  readonly openedBy: string | null;
  readonly openedAt: Date;
  readonly until: Date;
  readonly state: 'open' | 'closed';
  readonly closedAt: Date | null;
  readonly record: string;
}

/** What was decided under it, by the decision's id; another person reviews it. */
export interface Alone {
  readonly id: string;
  readonly glass: string;
  readonly case: string;
  readonly proposal: string;
  readonly needs: readonly (Need | 'termination')[];
  readonly decidedBy: string | null;
  readonly decidedAt: Date;
  readonly state: 'unreviewed' | 'upheld' | 'reversed' | 'objected';
  readonly reviewedBy: string | null;
  readonly reviewedAt: Date | null;
  readonly review: string | null;
}

/** Its time over, it is closed without a record of its own. */
export const glassTransitions: readonly Transition<Glass['state']>[] = [
  { from: null, to: 'open', by: 'break-glass.opened' },
  { from: 'open', to: 'closed', by: 'break-glass.closed', when: 'before its time' },
];

export const aloneTransitions: readonly Transition<Alone['state']>[] = [
  { from: null, to: 'unreviewed', by: 'break-glass.used' },
  { from: 'unreviewed', to: 'upheld', by: 'break-glass.reviewed', when: 'a second person agrees' },
  { from: 'unreviewed', to: 'reversed', by: 'break-glass.reviewed', when: 'a second person decides otherwise' },
  { from: 'unreviewed', to: 'objected', by: 'break-glass.reviewed', when: 'does not agree, and another decision has taken its place' },
];

/** How long it is open at most. */
export const glassMs = 24 * 3_600_000;
