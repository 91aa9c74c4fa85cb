import type { Language } from '../foundation/i18n/language.ts';
import type { Transition } from '../records/questions.ts';

/** Either side asks why: about a dismissal or an action (Act 866 ss.21–23, 26). */
export interface Inquiry {
  readonly id: string;
  readonly service: string;
  readonly case: string;
  /** What it is about: a decision, or a report that was dismissed. */
  readonly decision: string | null;
  readonly report: string | null;
  readonly role: 'author' | 'reporter';
  readonly inquirer: string | null;
  readonly language: Language;
  readonly state: 'received' | 'answered';
  readonly outcome: 'explained' | 'appeal' | 'corrected' | null;
  readonly appeal: string | null;
  readonly newDecision: string | null;
  readonly receivedAt: Date;
  readonly answeredBy: string | null;
  readonly answeredAt: Date | null;
  readonly record: string;
}

/** An inquiry is answered once: explained, sent to appeal, or by correcting the decision. */
export const inquiryTransitions: readonly Transition<Inquiry['state']>[] = [
  { from: null, to: 'received', by: 'inquiry.received' },
  { from: 'received', to: 'answered', by: 'inquiry.answered' },
];
