import helpFile from '../../../catalogue/help-lines.json' with { type: 'json' };
import file from '../../../catalogue/texts/notices.json' with { type: 'json' };
import type { Language } from '../foundation/i18n/language.ts';

type Words = Readonly<Record<Language, string>>;

interface Text {
  readonly id: string;
  readonly title: Words;
  readonly did: Words;
  readonly underway?: Words;
  readonly why?: Words;
  readonly means: Words;
  readonly can?: Words;
  readonly help: boolean;
}

interface HelpLine {
  readonly id: string;
  readonly number: string;
  readonly verify: boolean;
  readonly verified_at: string | null;
  readonly name: Words;
}

const texts = new Map((file.notices as unknown as Text[]).map((text) => [text.id, text]));
const lines = new Map((helpFile.lines as unknown as HelpLine[]).map((line) => [line.id, line]));

/** Every text there is. */
export const templates: readonly string[] = [...texts.keys()];

/** What the item, an outcome or a common sentence is called in a language. */
export function word(of: 'items' | 'outcomes' | 'common', key: string, language: Language): string {
  return (file[of] as Readonly<Record<string, Words>>)[key]?.[language] ?? key;
}

/** The help lines of a harm as one phrase; numbers that nobody has confirmed are not shown. */
export function helpFor(ids: readonly string[], language: Language): string {
  return ids
    .flatMap((id) => lines.get(id) ?? [])
    .filter((line) => !line.verify || line.verified_at !== null)
    .map((line) => `${line.name[language]} ${line.number}`)
    .join(', ');
}

/**
 * A notice in words, in the order people need: what we did, why, what it means for you, what you can do, who can help. Values that steer:
 * `underway` (the platform has not acknowledged yet), `automated`, `reason`, `appeal` (may be appealed) and `help`, each left out when empty.
 * @throws TypeError for a text that does not exist, or a placeholder without a value: nobody is sent a notice with holes.
 */
export function render(template: string, language: Language, values: Readonly<Record<string, string>>): { readonly title: string; readonly body: string } {
  const text = texts.get(template);
  if (!text) throw new TypeError(`there is no notice text ${template}`);
  const set = (key: string) => (values[key] ?? '') !== '';
  const fill = (words: Words | undefined) =>
    words?.[language].replace(/\{(\w+)\}/g, (_, key: string) => {
      const value = values[key];
      if (value === undefined) throw new TypeError(`${template}: no value for {${key}}`);
      return value;
    });
  const common = (key: string) => fill((file.common as Readonly<Record<string, Words>>)[key]);
  // A sentence about an appeal is said only to who may appeal.
  const can = text.can && (!text.can.en.includes('{appeal_by}') || set('appeal_by')) ? fill(text.can) : undefined;
  const paragraphs = [
    set('underway') ? (fill(text.underway) ?? fill(text.did)) : fill(text.did),
    fill(text.why),
    set('automated') && text.why ? common('automated') : undefined,
    set('reason') && text.why ? common('reason') : undefined,
    fill(text.means),
    can,
    text.help && set('lines') ? common('help') : undefined,
  ];
  return { title: fill(text.title) as string, body: paragraphs.filter((paragraph) => paragraph !== undefined).join('\n\n') };
}
