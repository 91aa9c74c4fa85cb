import glossary from '../../catalogue/glossary.json' with { type: 'json' };
import { type Language, languages } from '../src/foundation/i18n/language.ts';

export type Quad = Record<Language, string>;

/** A text in four languages, and where the catalogue has it. */
export interface Found {
  readonly where: string;
  readonly text: Quad;
}

export const terms = glossary.terms.map((term) => ({ ...term, never: term.never as Partial<Record<Language, readonly string[]>> }));

/** Every object of the catalogue that has a Malay text, with its place. */
export function textsIn(value: unknown, where: string): readonly Found[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('ms' in value && typeof value.ms === 'string') return [{ where, text: value as Quad }];
  return Object.entries(value).flatMap(([name, inner]) => textsIn(inner, `${where}/${name}`));
}

/** Whether a text holds a word: at word borders where the script has them. */
export function holds(text: string, word: string, language: Language): boolean {
  if (language === 'zh' || language === 'ta') return text.includes(word);
  return new RegExp(`(?<![\\p{L}])${word}(?![\\p{L}])`, 'iu').test(text);
}

/** Texts without a language, or not in its script: what is nothing but a name may stand in Latin letters. */
export function missingIn(texts: readonly Found[], language: Language, names: ReadonlySet<string> = new Set()): readonly Found[] {
  const script = { ms: /\p{Script=Latin}/u, en: /\p{Script=Latin}/u, zh: /\p{Script=Han}/u, ta: /\p{Script=Tamil}/u }[language];
  return texts.filter(({ text, where }) => (text[language] ?? '').trim() === '' || !(script.test(text[language]) || names.has(where)));
}

/** Texts half in another language's script. */
export function foreignIn(texts: readonly Found[]): readonly Found[] {
  return texts.filter(
    ({ text }) => /\p{Script=Tamil}/u.test(text.ms + text.en + text.zh) || /\p{Script=Han}/u.test(text.ms + text.en + text.ta),
  );
}

/** Words that blame, or that nobody says. */
export function blamingIn(texts: readonly Found[], language: Language): readonly string[] {
  return texts.flatMap(({ where, text }) =>
    glossary.forbidden[language].filter((word) => holds(text[language], word, language)).map((word) => `${where}: ${word}`),
  );
}

/** Terms of the glossary said in a second way. */
export function secondWordsIn(texts: readonly Found[]): readonly string[] {
  return texts.flatMap(({ where, text }) =>
    terms.flatMap((term) =>
      languages.flatMap((language) =>
        (term.never[language] ?? [])
          .filter((word) => holds(text[language], word, language))
          .map((word) => `${where} (${term.id}): ${word}`),
      ),
    ),
  );
}
