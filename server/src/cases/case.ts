import type { Harm } from '@perisai/screening';
import type { Language } from '../foundation/i18n/language.ts';
import type { Transition } from '../records/questions.ts';

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
  readonly floodedAt: Date | null;
  readonly state: 'open' | 'merged' | 'decided' | 'closed';
  readonly outcome: string | null;
  /** The case that it is decided with, as one matter; null: it stands for itself. */
  readonly mergedInto: string | null;
  readonly openedAt: Date;
  readonly decidedAt: Date | null;
  readonly closedAt: Date | null;
  /** A decision about it waits for a second person. */
  readonly awaiting: boolean;
}

/** Which part of the queue is meant; what is left out is not asked about. */
export interface QueueFilter {
  readonly service?: string;
  readonly harm?: Harm;
  readonly language?: Language;
  /** What was handed to this desk, and what comes to it by itself (`comingTo`). */
  readonly desk?: { readonly id: string; readonly coming: readonly string[] };
  /** What lies there for this person. */
  readonly assignee?: string;
}

/**
 * A decision in appeal takes a case up again; it closes when the platform has acknowledged what was decided. A merged case is closed as it is:
 * what is decided about its item is decided with the case that it was merged into, which waits for that, too.
 */
export const caseTransitions: readonly Transition<Case['state']>[] = [
  { from: null, to: 'open', by: 'case.opened' },
  { from: 'open', to: 'merged', by: 'case.merged' },
  { from: 'merged', to: 'open', by: 'case.unmerged' },
  { from: 'open', to: 'decided', by: 'decision.made', when: 'a final one' },
  { from: 'decided', to: 'decided', by: 'decision.made', when: 'in appeal' },
  { from: 'closed', to: 'decided', by: 'decision.made', when: 'in appeal' },
  { from: 'decided', to: 'closed', by: 'case.closed' },
];

export type ClockName =
  | 'acknowledge'
  | 'protect'
  | 'determine'
  | 'enforce'
  | 'answer.status'
  | 'answer.outcome'
  | 'appeal.answer'
  | 'inquiry.answer'
  | 'instruction';

/** A promise with a time: whose (`subject`: a report, a case, an appeal, what the regulator asks), when it began, when it is due, whether it was kept. */
export interface Clock {
  readonly subject: string;
  readonly clock: ClockName;
  /** Null of a direction or a notice of non-compliance, which are about no content. */
  readonly case: string | null;
  readonly startedAt: Date;
  readonly dueAt: Date;
  readonly stoppedAt: Date | null;
  readonly breachedAt: Date | null;
  /** When people were told that it runs out. */
  readonly warnedAt: Date | null;
}
