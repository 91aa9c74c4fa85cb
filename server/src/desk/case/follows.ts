import { definitionList } from '../../foundation/html/blocks.ts';
import { button } from '../../foundation/html/button.ts';
import type { FieldError } from '../../foundation/html/error-summary.ts';
import { field } from '../../foundation/html/field.ts';
import type { Html, Part } from '../../foundation/html/html.ts';
import { html } from '../../foundation/html/html.ts';
import { dateTime } from '../../foundation/html/times.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import * as policy from '../../policy/index.ts';
import type { CaseRead } from '../../views/case-life.ts';
import type { Visit } from '../frame.ts';
import { clauseName, words as shared } from '../words.ts';

const words = staffTexts({
  ms: {
    title: 'Apa yang akan berlaku',
    clause: 'Jika {what}, fasal {clause}',
    item: 'Platform diminta',
    'item.none': 'Tiada apa-apa: sudah begitu',
    account: 'Akaun penulis',
    'account.none': 'Tidak disentuh',
    'account.until': 'hingga',
    'account.jump': 'Langkah terus: fasal ini cukup berat dengan sendirinya.',
    'account.second': 'Tangga membawa kepada {what}, yang memerlukan orang kedua; sementara itu: {meanwhile}.',
    strike: 'Teguran',
    'strike.none': 'Tiada teguran baharu',
    'strike.of': 'Berat {weight}; jumlah {total} ({count} dikira); luput',
    told: 'Siapa diberitahu',
    'told.of': 'Penulis tentang kandungan{account}; {count} pelapor dalam bahasa masing-masing',
    'told.account': ' dan tentang akaun',
    again: 'Lihat apa yang akan berlaku',
    measure: 'Apa yang dibuat kepada akaun penulis?',
    suggested: 'Seperti tangga tindakan',
    'suggested.hint': 'Menurut fasal yang dipilih dan teguran yang masih dikira.',
    nothing: 'Tiada apa-apa',
    lessened: 'Mengapa lebih ringan?',
    'lessened.hint': 'Hanya jika anda memilih kurang daripada tangga. Kakitangan sahaja membacanya.',
  },
  en: {
    title: 'What would follow',
    clause: 'If decided {what}, clause {clause}',
    item: 'The platform is asked to',
    'item.none': 'Nothing: it shows that already',
    account: 'The author’s account',
    'account.none': 'Is left alone',
    'account.until': 'until',
    'account.jump': 'Straight to this step: the clause is grave enough by itself.',
    'account.second': 'The ladder leads to: {what}, which takes a second person. Meanwhile: {meanwhile}.',
    strike: 'Strike',
    'strike.none': 'No new strike',
    'strike.of': 'Weight {weight}; {total} together ({count} counted); runs out',
    told: 'Who is told',
    'told.of': 'The author of the content{account}; {count} reporters in their languages',
    'told.account': ' and of the account',
    again: 'Show what would follow',
    measure: 'What is done to the author’s account?',
    suggested: 'What the ladder has',
    'suggested.hint': 'By the clause that is chosen and the strikes that count.',
    nothing: 'Nothing',
    lessened: 'Why less?',
    'lessened.hint': 'Only if you choose less than the ladder has. Only staff read it.',
  },
});

/** What would follow from a decision: of what is typed, else of the clause that was suggested. */
export interface Preview {
  readonly guidelines: policy.Policy;
  readonly plan: policy.Plan;
  readonly determination: policy.FinalDetermination;
  readonly clause: string | null;
  /** When the measure that one person may take would end by itself. */
  readonly until: Date | null;
}

export function preview({ language }: Visit, read: CaseRead, shown: Preview): Html {
  const say = words(language);
  const common = shared(language);
  const { plan, guidelines, determination, clause, until } = shown;
  const { added, counted, total } = plan.strikes;
  const { suggested, alone, jumps, people } = plan.actions.account;
  const name = (measure: policy.AccountMeasure) => common(`determination.${measure}`);
  const taken =
    alone === null
      ? say('account.none')
      : until === null
        ? name(alone)
        : html`${name(alone)}, ${say('account.until')} ${dateTime(until, language)}`;
  return html`<section class="follows" aria-live="polite"><h3>${say('title')}</h3><p class="quiet">${say('clause', {
    what: common(`determination.${determination}`).toLowerCase(),
    clause: clauseName(clause, guidelines, language),
  })}</p>${definitionList([
    [say('item'), plan.actions.item === null ? say('item.none') : common(`do.${plan.actions.item}`)],
    [
      say('account'),
      html`${taken}${jumps ? html`<span class="below">${say('account.jump')}</span>` : null}${
        people > 1 && suggested !== null && alone !== null
          ? html`<span class="below">${say('account.second', { what: name(suggested), meanwhile: name(alone) })}</span>`
          : null
      }`,
    ],
    [
      say('strike'),
      added === null
        ? say('strike.none')
        : html`${say('strike.of', { weight: added.weight, total, count: counted.length })} ${dateTime(added.until, language)}`,
    ],
    [say('told'), say('told.of', { account: alone === null ? '' : say('told.account'), count: read.reports.length })],
  ])}</section>`;
}

/** The author's account: as the ladder has it, or less and why. Part of the form that decides. */
export function accountChoice(
  visit: Visit,
  read: CaseRead,
  typed: { readonly measure?: string; readonly lessened?: string },
  errors: readonly FieldError[],
): Part {
  if (read.item?.author == null) return null;
  const { language } = visit;
  const say = words(language);
  const common = shared(language);
  const wrong = (name: string) => {
    const message = errors.find((error) => error.field === name)?.message;
    return message ? { error: message } : {};
  };
  const gentler = policy.shippedLadder.steps.filter(({ people }) => people === 1).map(({ measure }) => measure);
  return html`${button({ text: say('again'), formaction: `/desk/cases/${read.of.id}/preview` })}${field({
    kind: 'radios',
    language,
    name: 'measure',
    label: say('measure'),
    choices: [
      { value: 'suggested', label: say('suggested'), hint: say('suggested.hint') },
      { value: 'nothing', label: say('nothing') },
      ...gentler.map((value) => ({ value, label: common(`determination.${value}`) })),
    ],
    value: typed.measure ?? 'suggested',
    ...wrong('measure'),
  })}${field({
    kind: 'long',
    language,
    name: 'lessened',
    label: say('lessened'),
    hint: say('lessened.hint'),
    rows: 2,
    maxlength: 2_000,
    optional: true,
    ...(typed.lessened ? { value: typed.lessened } : {}),
    ...wrong('lessened'),
  })}`;
}
