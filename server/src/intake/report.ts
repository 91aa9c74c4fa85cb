import type { Harm } from '@perisai/screening';
import type { Language } from '../foundation/i18n/language.ts';
import type { Transition } from '../records/questions.ts';

/** On which a report may be dismissed (Act 866 s.21), and on no other. */
export const grounds = ['frivolous', 'vexatious', 'not-in-good-faith', 'trivial', 'duplicate'] as const;
export type Ground = (typeof grounds)[number];

/** Somebody is owed an answer. `reporter` is an account or a contact; null once their *report* key is erased. `pin` is a keyed hash. */
export interface Report {
  readonly id: string;
  readonly service: string;
  readonly case: string;
  readonly item: string;
  readonly revision: string;
  readonly harm: Harm;
  /** Finer than the harm; null where nobody said. */
  readonly reason: string | null;
  readonly language: Language;
  readonly reporter: string | null;
  readonly reporterKind: string;
  readonly capacity: 'user' | 'guardian' | 'flagger' | 'regulator';
  /** The accredited organisation that reported. */
  readonly flagger: string | null;
  readonly pin: string | null;
  /** Whether an address to write to was given, and is still kept. */
  readonly address: boolean;
  readonly state: 'received' | 'acknowledged' | 'dismissed' | 'answered';
  readonly outcome: string | null;
  /** On which a person dismissed it. */
  readonly ground: Ground | null;
  readonly dismissedAt: Date | null;
  /** Null once they were erased, and of what was not dismissed. */
  readonly dismissedBy: string | null;
  /** When the platform received it, as the platform says: what is owed is owed from then. */
  readonly receivedAt: Date;
  /** When the platform handed it in. */
  readonly cameAt: Date;
  readonly answeredAt: Date | null;
  readonly record: string;
}

/** A notice that reached its channel moves a report: the acknowledgement, or, for good, the outcome; and a person may dismiss it before. */
export const reportTransitions: readonly Transition<Report['state']>[] = [
  { from: null, to: 'received', by: 'report.received' },
  { from: 'received', to: 'acknowledged', by: 'notice.handed', when: 'the acknowledgement' },
  { from: 'received', to: 'dismissed', by: 'report.dismissed' },
  { from: 'acknowledged', to: 'dismissed', by: 'report.dismissed' },
  { from: 'dismissed', to: 'answered', by: 'notice.handed', when: 'the dismissal' },
  { from: 'dismissed', to: 'acknowledged', by: 'report.taken-up', when: 'an inquiry' },
  { from: 'answered', to: 'acknowledged', by: 'report.taken-up', when: 'an inquiry into its dismissal' },
  { from: 'received', to: 'answered', by: 'notice.handed', when: 'an outcome' },
  { from: 'acknowledged', to: 'answered', by: 'notice.handed', when: 'an outcome' },
];
