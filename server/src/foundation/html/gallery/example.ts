import type { Language } from '../../i18n/language.ts';
import type { Html } from '../html.ts';

/** A component with all its states: the one list feeds the gallery, the four-language test and the pictures. */
export interface Examples {
  readonly component: string;
  readonly states: ReadonlyArray<{ readonly state: string; readonly render: (language: Language) => Html }>;
}

/** The hour at which all examples stand still: Tuesday 24 November 2026, 14:26 in Kuala Lumpur. */
export const now = new Date('2026-11-24T06:26:00Z');

export function later(minutes: number): Date {
  return new Date(now.getTime() + minutes * 60_000);
}
