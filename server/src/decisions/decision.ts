import type { Determination } from '../policy/questions.ts';
import type { Transition } from '../records/questions.ts';

/** Clause and reason, one determination of one target. `record` holds the reason; `decidedBy` is null where a machine decided. */
export interface Decision {
  readonly id: string;
  readonly puid: string;
  readonly service: string;
  readonly case: string;
  readonly stage: 'temporary' | 'final';
  readonly automated: 'fully' | 'partly' | 'not';
  readonly item: string;
  readonly revision: string;
  readonly determination: Determination;
  readonly clause: string | null;
  readonly policy: string;
  readonly supersedes: string | null;
  readonly supersededBy: string | null;
  readonly appeal: string | null;
  readonly expiresAt: Date | null;
  readonly lapsedAt: Date | null;
  readonly appealUntil: Date | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Date;
  readonly record: string;
  /** Follows from `supersededBy` and `lapsedAt`. */
  readonly state: 'standing' | 'lapsed' | 'superseded';
}

/** A decision is never edited: its period may lapse undetermined, and another decision may take its place, once. */
export const decisionTransitions: readonly Transition<Decision['state']>[] = [
  { from: null, to: 'standing', by: 'decision.made' },
  { from: 'standing', to: 'lapsed', by: 'period.lapsed', when: 'a temporary one' },
  { from: 'lapsed', to: 'lapsed', by: 'period.lapsed', when: 'every 24 hours' },
  { from: 'standing', to: 'superseded', by: 'decision.made', when: 'another one' },
  { from: 'lapsed', to: 'superseded', by: 'decision.made', when: 'another one' },
];
