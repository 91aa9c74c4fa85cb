/** The languages of every page and notice, Malay first: it is written first and is what we fall back to. */
export const languages = ['ms', 'en', 'zh', 'ta'] as const;
export type Language = (typeof languages)[number];

/** Staff pages speak these two. */
export const staffLanguages = ['ms', 'en'] as const satisfies readonly Language[];
export type StaffLanguage = (typeof staffLanguages)[number];

/** Each language's own name, as its speakers look for it. */
export const ownNames: Readonly<Record<Language, string>> = { ms: 'Bahasa Melayu', en: 'English', zh: '中文', ta: 'தமிழ்' };

/** For `lang` attributes. Chinese is written in simplified characters, which a screen reader and a font chooser want to know. */
export const htmlTags: Readonly<Record<Language, string>> = { ms: 'ms', en: 'en', zh: 'zh-Hans', ta: 'ta' };

/** For Intl. Malaysia's regions matter: `ta` alone groups digits the Indian way. */
export const locales: Readonly<Record<Language, string>> = { ms: 'ms-MY', en: 'en-MY', zh: 'zh-Hans-MY', ta: 'ta-MY' };

export function isLanguage(value: unknown): value is Language {
  return languages.some((language) => language === value);
}

/** A staff page in a language that it doesn't speak is shown in Malay. */
export function staffLanguage(language: Language): StaffLanguage {
  return staffLanguages.find((known) => known === language) ?? 'ms';
}
