import type { Language } from '../perisai.ts';
import { en } from './en.ts';
import { ms } from './ms.ts';
import type { Words } from './shape.ts';
import { ta } from './ta.ts';
import { zh } from './zh.ts';

/** All four, by language. */
export const words: Record<Language, Words> = { ms, en, zh, ta };

/** The languages by their own names, in the order in which they are offered. */
export const names: readonly { language: Language; name: string }[] = [
  { language: 'ms', name: ms.language },
  { language: 'en', name: en.language },
  { language: 'zh', name: zh.language },
  { language: 'ta', name: ta.language },
];

/** How the language is named to browsers: with its country where that decides how dates and numbers are written. */
export const locales: Record<Language, string> = { ms: 'ms-MY', en: 'en-MY', zh: 'zh-CN', ta: 'ta-MY' };

/** A moment in Malaysia, as the language writes it: day and time. */
export function moment(language: Language, at: Date): string {
  return new Intl.DateTimeFormat(locales[language], { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Kuala_Lumpur' }).format(at);
}
