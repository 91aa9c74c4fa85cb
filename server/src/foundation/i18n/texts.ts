import type { Language, StaffLanguage } from './language.ts';
import { languages, locales, staffLanguage, staffLanguages } from './language.ts';

/** A text, or its plural forms (CLDR categories), chosen by the value named `count`. `{name}` marks a place for a value. */
export type Text = string | PluralText;
export interface PluralText {
  readonly zero?: string;
  readonly one?: string;
  readonly two?: string;
  readonly few?: string;
  readonly many?: string;
  readonly other: string;
}

export type Values = Readonly<Record<string, string | number>>;

/** Says one of its texts. Throws where a placeholder got no value: a notice with a hole in it must not be sent. */
export type Say<K extends string> = (key: K, values?: Values) => string;

/** A page's own words in all four languages. */
export type Texts<K extends string> = (language: Language) => Say<K>;

type Sheet<K extends string> = Readonly<Record<K, Text>>;

/**
 * The texts that a module or page owns: `const say = texts({ ms: {…}, en: {…}, zh: {…}, ta: {…} })`, then `say(language)('title', { name })`.
 * A key that is missing in one language doesn't compile; placeholders that differ between languages throw when the module is loaded.
 */
export function texts<K extends string>(sheets: Readonly<Record<Language, Sheet<K>>>): Texts<K> {
  checkPlaceholders(languages.map((language) => [language, sheets[language]] as const));
  const says = new Map(languages.map((language) => [language, sayer(language, sheets[language])] as const));
  return (language) => says.get(language) ?? sayer('ms', sheets.ms);
}

/** The same for staff pages, which speak Malay and English; asked for another language they answer in Malay. */
export function staffTexts<K extends string>(sheets: Readonly<Record<StaffLanguage, Sheet<K>>>): Texts<K> {
  checkPlaceholders(staffLanguages.map((language) => [language, sheets[language]] as const));
  const says = new Map(staffLanguages.map((language) => [language, sayer(language, sheets[language])] as const));
  return (language) => says.get(staffLanguage(language)) ?? sayer('ms', sheets.ms);
}

/** A text of data (catalogue files) with its values filled in. */
export function fill(language: Language, text: Text, values: Values = {}): string {
  const chosen = typeof text === 'string' ? text : plural(language, text, values['count']);
  return chosen.replaceAll(/\{([a-z_]+)\}/gi, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`no value for {${name}} in “${chosen}”`);
    return typeof value === 'number' ? numberFormat(language).format(value) : value;
  });
}

/** The names in a text's `{…}`, sorted, each once. In a plural, what any of its forms names. */
export function placeholders(text: Text): readonly string[] {
  const forms = typeof text === 'string' ? [text] : Object.values(text);
  const names = forms.flatMap((form) => [...form.matchAll(/\{([a-z_]+)\}/gi)].map((found) => found[1] ?? ''));
  return [...new Set(names)].sort();
}

const numberFormats = new Map<Language, Intl.NumberFormat>();
function numberFormat(language: Language): Intl.NumberFormat {
  const format = numberFormats.get(language) ?? new Intl.NumberFormat(locales[language]);
  numberFormats.set(language, format);
  return format;
}

const pluralRules = new Map<Language, Intl.PluralRules>();
function plural(language: Language, text: PluralText, count: string | number | undefined): string {
  if (typeof count !== 'number') throw new Error(`no count for “${text.other}”`);
  const rules = pluralRules.get(language) ?? new Intl.PluralRules(locales[language]);
  pluralRules.set(language, rules);
  return text[rules.select(count)] ?? text.other;
}

function sayer<K extends string>(language: Language, sheet: Sheet<K>): Say<K> {
  return (key, values) => fill(language, sheet[key], values);
}

function checkPlaceholders<K extends string>(sheets: ReadonlyArray<readonly [Language, Sheet<K>]>): void {
  const [first, ...others] = sheets;
  if (first === undefined) return;
  for (const [language, sheet] of others) {
    const keys = new Set([...Object.keys(first[1]), ...Object.keys(sheet)] as K[]);
    for (const key of keys) {
      if (first[1][key] === undefined || sheet[key] === undefined)
        throw new Error(`the text “${key}” is missing in ${language} or ${first[0]}`);
      const [here, there] = [placeholders(first[1][key]), placeholders(sheet[key])].map((names) => names.join(', '));
      if (here !== there) throw new Error(`the text “${key}” names {${here}} in ${first[0]} and {${there}} in ${language}`);
    }
  }
}
