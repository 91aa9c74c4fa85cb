import glossary from '../../catalogue/glossary.json' with { type: 'json' };
import notices from '../../catalogue/texts/notices.json' with { type: 'json' };
import { type Language, languages } from '../src/foundation/i18n/language.ts';
import { dateTimeText } from '../src/foundation/i18n/time.ts';
import { type Found, holds, type Quad } from './glossary.ts';

/**
 * The longest sentence that somebody of fifteen is asked to read: in words, in Chinese in characters. Measured, and as short as the texts reach;
 * a text that is longer is made two sentences, and this number is not made greater.
 */
export const breath: Readonly<Record<Language, number>> = { ms: 19, en: 20, zh: 45, ta: 15 };

const at = new Date('2026-11-24T06:26:00Z');
const longest = (texts: Readonly<Record<string, Quad>>, language: Language): string =>
  Object.values(texts).reduce((long, text) => (text[language].length > long.length ? text[language] : long), '');

/** As its reader gets it: with dates, and the longest of what else is filled in. What is said elsewhere counts there. */
function filled(text: Quad, language: Language): string {
  const outcomes = Object.entries(notices.outcomes).filter(([name]) => name.startsWith('account-') === text.en.includes('your account'));
  return text[language].replaceAll(/\{([a-z_]+)\}/g, (_, name: string) => {
    if (/^(received|posted|decided|until|dates|.*_by)$/.test(name)) return dateTimeText(at, language);
    if (name === 'item') return longest(notices.items, language);
    if (name === 'outcome') return longest(Object.fromEntries(outcomes), language);
    return name === 'rule' || name === 'reason' || name === 'lines' ? '' : '12';
  });
}

/** Sentences that are longer than a breath, with how long they are. A colon or semicolon ends none; in Chinese a semicolon does, as everywhere there. */
export function breathlessIn(texts: readonly Found[], most: Readonly<Record<Language, number>> = breath): readonly string[] {
  return texts.flatMap(({ where, text }) =>
    languages.flatMap((language) =>
      filled(text, language)
        .split(language === 'zh' ? /(?<=[。？！；])|\n+/ : /(?<=[.?!])\s+|\n+/)
        .map((sentence) => ({ sentence, length: language === 'zh' ? sentence.trim().length : sentence.trim().split(/\s+/).length }))
        .filter(({ length }) => length > most[language])
        .map(({ sentence, length }) => `${where} ${language} ${length}: ${sentence}`),
    ),
  );
}

/** Words of offices, which nobody says to anybody. */
export function officialeseIn(texts: readonly Found[]): readonly string[] {
  return texts.flatMap(({ where, text }) =>
    (['ms', 'en'] as const).flatMap((language) =>
      glossary.officialese[language].filter((word) => holds(text[language], word, language)).map((word) => `${where} ${language}: ${word}`),
    ),
  );
}
