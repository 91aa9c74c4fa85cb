import type { Language } from '../foundation/i18n/language.ts';
import type { Transition } from '../records/questions.ts';

/** What a person is told: which text, in which language, about what. The words themselves lie in the record, under the person's key. */
export interface Notice {
  readonly id: string;
  readonly service: string;
  readonly case: string;
  readonly to: string | null;
  readonly role: 'author' | 'reporter' | 'appellant' | 'inquirer';
  readonly template: string;
  readonly language: Language;
  readonly report: string | null;
  readonly decision: string | null;
  readonly appeal: string | null;
  readonly inquiry: string | null;
  readonly state: 'written' | 'handed';
  readonly channel: string | null;
  readonly writtenAt: Date;
  readonly handedAt: Date | null;
  /** When a mail server refused it for good. */
  readonly bouncedAt: Date | null;
  readonly record: string;
}

/** A notice is handed to its channel once. */
export const noticeTransitions: readonly Transition<Notice['state']>[] = [
  { from: null, to: 'written', by: 'notice.written' },
  { from: 'written', to: 'handed', by: 'notice.handed' },
];
