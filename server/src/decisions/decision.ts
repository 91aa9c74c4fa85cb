import type { AccountMeasure, Determination } from '../policy/questions.ts';
import type { Transition } from '../records/questions.ts';

export type TargetKind = 'item' | 'account';

/** Clause and reason, one determination of one target. `record` holds the reason; `decidedBy` is null where a machine decided. */
export interface Decision {
  readonly id: string;
  readonly puid: string;
  readonly service: string;
  readonly case: string;
  readonly stage: 'temporary' | 'final';
  readonly automated: 'fully' | 'partly' | 'not';
  readonly targetKind: TargetKind;
  /** An item's id; of an account its *evidence* handle as a uuid (subjects.accountTarget). */
  readonly target: string;
  /** What was seen of it; null for an account. */
  readonly revision: string | null;
  /** Whose account it concerns: the author of the item, or the account it is about. Null once erased. */
  readonly account: string | null;
  /** The decision on an item that this measure on its author follows from. */
  readonly follows: string | null;
  readonly determination: Determination | AccountMeasure;
  readonly clause: string | null;
  readonly policy: string;
  readonly supersedes: string | null;
  readonly supersededBy: string | null;
  readonly appeal: string | null;
  readonly expiresAt: Date | null;
  /** When that end was carried out. */
  readonly endedAt: Date | null;
  readonly lapsedAt: Date | null;
  /** When a measure of limited length ends by itself. */
  readonly endsAt: Date | null;
  readonly appealUntil: Date | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Date;
  readonly record: string;
  /** Follows from `supersededBy`, `endedAt` and `lapsedAt`. */
  readonly state: 'standing' | 'lapsed' | 'ended' | 'superseded';
}

/** A decision is never edited: its period may lapse undetermined, and another decision may take its place, once. */
export const decisionTransitions: readonly Transition<Decision['state']>[] = [
  { from: null, to: 'standing', by: 'decision.made' },
  { from: 'standing', to: 'lapsed', by: 'period.lapsed', when: 'a temporary one' },
  { from: 'lapsed', to: 'lapsed', by: 'period.lapsed', when: 'every 24 hours' },
  { from: 'standing', to: 'ended', by: 'measure.ended', when: 'one of limited length' },
  { from: 'standing', to: 'superseded', by: 'decision.made', when: 'another one' },
  { from: 'lapsed', to: 'superseded', by: 'decision.made', when: 'another one' },
  { from: 'ended', to: 'superseded', by: 'decision.made', when: 'in appeal' },
];
