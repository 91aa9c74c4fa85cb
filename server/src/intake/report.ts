import type { Harm } from '@perisai/screening';
import type { Language } from '../foundation/i18n/language.ts';
import type { Transition } from '../records/questions.ts';

/** Somebody is owed an answer. `reporter` is an account or a contact; null once their *report* key is erased. `pin` is a keyed hash. */
export interface Report {
  readonly id: string;
  readonly service: string;
  readonly case: string;
  readonly item: string;
  readonly revision: string;
  readonly harm: Harm;
  readonly language: Language;
  readonly reporter: string | null;
  readonly reporterKind: string;
  readonly pin: string | null;
  readonly state: 'received' | 'acknowledged' | 'answered';
  readonly outcome: string | null;
  readonly receivedAt: Date;
  readonly answeredAt: Date | null;
  readonly record: string;
}

/** A notice that reached its channel moves a report: the acknowledgement, or, for good, the outcome. */
export const reportTransitions: readonly Transition<Report['state']>[] = [
  { from: null, to: 'received', by: 'report.received' },
  { from: 'received', to: 'acknowledged', by: 'notice.handed', when: 'the acknowledgement' },
  { from: 'received', to: 'answered', by: 'notice.handed', when: 'an outcome' },
  { from: 'acknowledged', to: 'answered', by: 'notice.handed', when: 'an outcome' },
];
