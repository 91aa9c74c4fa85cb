import type { Language } from '../foundation/i18n/language.ts';

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
  readonly outcome: 'upheld' | 'overturned' | null;
  readonly newDecision: string | null;
  readonly receivedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly record: string;
}
