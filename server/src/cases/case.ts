import type { Harm } from '@perisai/screening';
import type { Language } from '../foundation/i18n/language.ts';

/** Something is owed a decision. */
export interface Case {
  readonly id: string;
  readonly service: string;
  readonly harm: Harm;
  readonly priority: boolean;
  readonly surface: string;
  readonly item: string;
  readonly language: Language;
  readonly openedBy: string;
  readonly state: 'open' | 'decided' | 'closed';
  readonly outcome: string | null;
  readonly openedAt: Date;
  readonly decidedAt: Date | null;
  readonly closedAt: Date | null;
}

export type ClockName = 'acknowledge' | 'protect' | 'determine' | 'enforce' | 'answer.status' | 'answer.outcome' | 'appeal.answer';

/** A promise with a time: whose (`subject`: a report, a case, an appeal), when it began, when it is due, whether it was kept. */
export interface Clock {
  readonly subject: string;
  readonly clock: ClockName;
  readonly case: string;
  readonly startedAt: Date;
  readonly dueAt: Date;
  readonly stoppedAt: Date | null;
  readonly breachedAt: Date | null;
}
