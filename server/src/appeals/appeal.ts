import type { Language } from '../foundation/i18n/language.ts';
import type { Transition } from '../records/questions.ts';

/** Either side asks for another person to look again. */
export interface Appeal {
  readonly id: string;
  readonly service: string;
  readonly case: string;
  readonly decision: string;
  readonly role: 'author' | 'reporter';
  readonly appellant: string | null;
  readonly language: Language;
  readonly state: 'received' | 'decided';
  readonly outcome: 'upheld' | 'partly' | 'overturned' | 'replaced' | null;
  readonly newDecision: string | null;
  readonly receivedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly record: string;
}

/** An appeal is decided once: upheld, right in part, overturned; or another decision had taken the contested one's place already. */
export const appealTransitions: readonly Transition<Appeal['state']>[] = [
  { from: null, to: 'received', by: 'appeal.received' },
  { from: 'received', to: 'decided', by: 'appeal.decided' },
];
