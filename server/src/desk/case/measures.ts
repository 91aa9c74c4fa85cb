import type { FieldError } from '../../foundation/html/error-summary.ts';
import { type Choice, field } from '../../foundation/html/field.ts';
import type { Html } from '../../foundation/html/html.ts';
import { html } from '../../foundation/html/html.ts';
import type { StaffLanguage } from '../../foundation/i18n/language.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import * as policy from '../../policy/index.ts';
import { words as shared } from '../words.ts';

const words = staffTexts({
  ms: {
    remove: 'Kandungan dibuang untuk semua orang.',
    interrupt: 'Siaran langsung diputuskan dalam beberapa minit; rakamannya tidak ditunjukkan.',
    disable: 'Ia kekal, tetapi tiada sesiapa boleh menggunakannya.',
    limit: 'Ia boleh dilihat, tetapi tidak boleh dibalas atau dikongsi.',
    'age-gate': 'Hanya orang dewasa boleh melihatnya.',
    delist: 'Ia tidak ditemui dalam carian.',
    'stop-recommending': 'Ia tidak disyorkan kepada sesiapa.',
    demote: 'Ia muncul lebih jauh ke bawah.',
    label: 'Kandungan kekal, dengan amaran.',
    none: 'Tiada fasal dilanggar. Jika disembunyikan, ia dipulihkan.',
    'taken-back': 'Tiada: langkah itu ditarik balik',
    where: 'Di mana?',
    everywhere: 'Di semua tempat',
    malaysia: 'Di Malaysia sahaja',
    days: 'Berapa hari?',
    'days.hint': '1 hingga 365; kemudian ia tamat dengan sendirinya. Kosongkan jika kekal. Membuang dan memutuskan siaran sentiasa kekal.',
  },
  en: {
    remove: 'The content is removed for everybody.',
    interrupt: 'The live session is cut off within minutes; its recording is not shown.',
    disable: 'It stays, but nobody can use it.',
    limit: 'It is seen, but nobody can reply to it or share it.',
    'age-gate': 'Only adults see it.',
    delist: 'Nobody finds it by searching.',
    'stop-recommending': 'It is recommended to nobody.',
    demote: 'It is shown further down.',
    label: 'The content stays, with a warning.',
    none: 'No clause is broken. If it is hidden, it is restored.',
    'taken-back': 'Nothing: the measure is taken back',
    where: 'Where?',
    everywhere: 'Everywhere',
    malaysia: 'In Malaysia only',
    days: 'For how many days?',
    'days.hint': '1 to 365; then it ends by itself. Empty: for good. Removing and cutting off are always for good.',
  },
});

/** What can be decided about an item of that kind, each with what it means; nothing that does not fit it. */
export function measureChoices(language: StaffLanguage, kind: string | undefined): readonly Choice[] {
  return choicesOf(language, policy.determinationsFor(kind ?? ''));
}

export function choicesOf(language: StaffLanguage, determinations: readonly policy.FinalDetermination[]): readonly Choice[] {
  return determinations.map((value) => ({
    value,
    label: shared(language)(`determination.${value}`),
    hint: words(language)(value),
  }));
}

/** What may take the place of a measure on an account, in appeal: nothing, or, in part, something milder. */
export function milderChoices(language: StaffLanguage, than: string): readonly Choice[] {
  const milder = policy.accountMeasures.filter((one) => policy.isAccountMeasure(than) && policy.graver(one, than) < 0);
  return (['none', ...milder] as const).map((value) => ({
    value,
    label: value === 'none' ? words(language)('taken-back') : shared(language)(`determination.${value}`),
  }));
}

/** Where a measure holds, and for how long. */
export interface Extent {
  readonly territory?: string;
  readonly days?: string;
}

export function extentFields(language: StaffLanguage, typed: Extent, errors: readonly FieldError[]): Html {
  const say = words(language);
  const wrong = errors.find((error) => error.field === 'days')?.message;
  return html`<div class="two">${field({
    kind: 'select',
    language,
    name: 'territory',
    label: say('where'),
    choices: [
      { value: 'everywhere', label: say('everywhere') },
      { value: 'MY', label: say('malaysia') },
    ],
    value: typed.territory ?? 'everywhere',
  })}${field({
    kind: 'text',
    language,
    name: 'days',
    label: say('days'),
    hint: say('days.hint'),
    short: true,
    digits: true,
    maxlength: 3,
    optional: true,
    ...(typed.days ? { value: typed.days } : {}),
    ...(wrong ? { error: wrong } : {}),
  })}</div>`;
}

/** The same, said of what is on record: where it holds, where that is not everywhere, and for how long, where that is not for good. */
export function extentSaid(
  language: StaffLanguage,
  { territory, days }: { readonly territory: 'MY' | null; readonly days: number | null },
): [label: string, said: string][] {
  const say = words(language);
  return [
    ...(territory === null ? [] : [[say('where'), say('malaysia')] as [string, string]]),
    ...(days === null ? [] : [[say('days'), String(days)] as [string, string]]),
  ];
}

/** What was typed, as the step takes it; days that are no number are refused by the step. */
export function extentOf({ territory, days }: Extent): { readonly territory: 'MY' | null; readonly days: number | null } {
  return { territory: territory === 'MY' ? 'MY' : null, days: days === undefined || days.trim() === '' ? null : Number(days) };
}
