import type { Determination } from '../policy/questions.ts';

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
}
