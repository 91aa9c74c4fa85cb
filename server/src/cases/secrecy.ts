import type { Transition } from '../records/questions.ts';

/** Why nobody outside is told: an authority asked for it, or the matter was referred to an enforcement agency (Act 866 s.29). */
export const secrecyBases = ['authority', 'referral'] as const;
export type SecrecyBasis = (typeof secrecyBases)[number];

/** The longest that anything is kept from those it concerns. */
export const secrecyDays = 180;

/** What is decided in a case while this runs is told to nobody outside. `record` holds the reason. */
export interface Secrecy {
  readonly id: string;
  readonly case: string;
  readonly basis: SecrecyBasis;
  readonly since: Date;
  readonly until: Date;
  readonly endedAt: Date | null;
  /** Null once erased. */
  readonly imposedBy: string | null;
  readonly record: string;
  /** Follows from `endedAt`. */
  readonly state: 'running' | 'ended';
}

/** It ends once, and what was kept is told then. */
export const secrecyTransitions: readonly Transition<Secrecy['state']>[] = [
  { from: null, to: 'running', by: 'secrecy.imposed' },
  { from: 'running', to: 'ended', by: 'secrecy.ended', when: 'by time or by a person' },
];
