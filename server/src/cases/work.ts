import type { Harm } from '@perisai/screening';
import type { Severity } from '../policy/questions.ts';
import type { Transition } from '../records/questions.ts';

/** The work on a case: where it lies, for whom, and whether it rests. One row a case. */
export interface Work {
  readonly id: string;
  readonly state: 'waiting' | 'parked' | 'bundled' | 'merged' | 'done';
  /** Where it was handed to; null: where its harm and language lead. */
  readonly desk: string | null;
  /** For whom it lies there; null: for whoever works at the desk. */
  readonly assignee: string | null;
  /** For a senior moderator alone. */
  readonly raised: boolean;
  /** The case's own, whatever was merged into it. */
  readonly harm: Harm;
  readonly live: boolean;
  readonly severity: Severity;
  readonly lane: number;
  readonly rank: number;
  /** The nearest deadline that a person must keep. */
  readonly dueAt: Date;
  readonly parkedUntil: Date | null;
  /** The case that it is decided with; null: it stands for itself. */
  readonly bundle: string | null;
  /** Who brought it there. */
  readonly bundledBy: string | null;
}

/** Waits, rests for a while, lies in a bundle or is merged into another case, is done when it is decided. A later decision in appeal makes no new work here: the appeal is the work. */
export const workTransitions: readonly Transition<Work['state']>[] = [
  { from: null, to: 'waiting', by: 'case.opened' },
  { from: 'waiting', to: 'waiting', by: 'case.handed-over' },
  { from: 'parked', to: 'waiting', by: 'case.handed-over' },
  { from: 'waiting', to: 'waiting', by: 'case.raised' },
  { from: 'parked', to: 'waiting', by: 'case.raised' },
  { from: 'waiting', to: 'parked', by: 'case.parked' },
  { from: 'parked', to: 'waiting', by: 'case.returned' },
  { from: 'waiting', to: 'bundled', by: 'case.bundled' },
  { from: 'parked', to: 'bundled', by: 'case.bundled' },
  { from: 'bundled', to: 'waiting', by: 'case.unbundled' },
  { from: 'waiting', to: 'merged', by: 'case.merged' },
  { from: 'parked', to: 'merged', by: 'case.merged' },
  { from: 'merged', to: 'waiting', by: 'case.unmerged' },
  { from: 'bundled', to: 'done', by: 'decision.made', when: 'a final one' },
  { from: 'waiting', to: 'done', by: 'decision.made', when: 'a final one' },
  { from: 'parked', to: 'done', by: 'decision.made', when: 'a final one' },
];

/** Within this time of its deadline a case is anybody's, whatever its language and whomever it was handed to. */
export const soonMs = 60 * 60_000;
