import type { Harm } from '@perisai/screening';
import type { Language } from '../foundation/i18n/language.ts';

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
  readonly state: string;
  readonly outcome: string | null;
  readonly receivedAt: Date;
  readonly answeredAt: Date | null;
  readonly record: string;
}
