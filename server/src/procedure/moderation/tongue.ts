import type { Language } from '../../foundation/i18n/language.ts';
import type { NoticeValues } from '../../notices/index.ts';
import type { House } from '../house.ts';

/**
 * A person's reason goes to everybody as it was typed. Where the engine does not take it for the language of who reads it, the notice says whose
 * words these are and that they may be in another language. That is true of every text: a wrong guess, as of a few words, tells nobody anything false.
 */
export function inTheirWords(house: Pick<House, 'engine'>, values: NoticeValues, language: Language): NoticeValues {
  const { reason } = values;
  if (!reason) return values;
  return spokenIn(house, reason) === language ? values : { ...values, as_written: 'yes' };
}

/** What the engine takes a text for; of a few words often nothing. */
export function spokenIn({ engine }: Pick<House, 'engine'>, text: string): Language | 'mixed' | 'unknown' {
  return engine.screen({ text, surface: { private: 'no', screening: true } }).language;
}
