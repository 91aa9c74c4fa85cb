import type { Language } from './language.ts';

// `ta-MY`, never `ta`, which groups digits the Indian way. Kuala Lumpur has one time zone and no summer time.
const locales: Record<Language, string> = { ms: 'ms-MY', en: 'en-MY', zh: 'zh-CN', ta: 'ta-MY' };
const formats = new Map<Language, Intl.DateTimeFormat>();

/** A moment as people in Malaysia read it: "24 November 2026, 16:40". */
export function instant(at: Date, language: Language): string {
  const format =
    formats.get(language) ??
    new Intl.DateTimeFormat(locales[language], {
      timeZone: 'Asia/Kuala_Lumpur',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  formats.set(language, format);
  return format.format(at);
}
