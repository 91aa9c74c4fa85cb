import type { Html } from '../../foundation/html/html.ts';
import { attributes, html } from '../../foundation/html/html.ts';
import { table } from '../../foundation/html/table.ts';
import { dateTime } from '../../foundation/html/times.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import * as policy from '../../policy/index.ts';
import type { Share } from '../../procedure/casework/index.ts';
import type { Visit } from '../frame.ts';
import { clauseName, words as shared } from '../words.ts';

const words = staffTexts({
  ms: {
    title: 'Apa yang akan berlaku kepada akaun penulis',
    text: 'Jika diputuskan {what}, fasal {clause}: semua kandungan seorang penulis dalam himpunan ini ialah satu teguran.',
    who: 'Penulis',
    items: 'Kandungan',
    strike: 'Teguran',
    'strike.none': 'Tiada',
    'strike.of': 'berat {weight}, jumlah {total}',
    account: 'Akaun',
    'account.none': 'Tidak disentuh',
    until: 'hingga',
    second: 'Tangga membawa kepada {what}, yang memerlukan orang kedua.',
    otherwise: 'Lain daripada tangga',
    as: 'Seperti tangga',
    nothing: 'Tiada apa-apa',
    none: 'Pilih fasal dan apa yang perlu dibuat, kemudian lihat apa yang akan berlaku kepada setiap akaun.',
  },
  en: {
    title: 'What would follow for the authors’ accounts',
    text: 'If decided {what}, clause {clause}: all that one author has in this bundle is one strike.',
    who: 'Author',
    items: 'Items',
    strike: 'Strike',
    'strike.none': 'None',
    'strike.of': 'weight {weight}, {total} together',
    account: 'Account',
    'account.none': 'Is left alone',
    until: 'until',
    second: 'The ladder leads to: {what}, which takes a second person.',
    otherwise: 'Otherwise than the ladder',
    as: 'As the ladder has it',
    nothing: 'Nothing',
    none: 'Choose a clause and what is to be done, then see what would follow for each account.',
  },
});

/** What would follow for each author, of what is typed or else of what was suggested. */
export interface BundlePreview {
  readonly guidelines: policy.Policy;
  readonly determination: policy.FinalDetermination;
  readonly clause: string | null;
  readonly shares: readonly Share[];
  /** As the platform shows their names; who was erased has none. */
  readonly names: ReadonlyMap<string, string>;
  /** What was typed: whose account is dealt with otherwise. */
  readonly less: readonly string[];
}

/** A row an author: their strike, their account. Where it differs from the ladder is chosen in the row, as a part of the form that decides. */
export function sharesShown({ language }: Visit, preview: BundlePreview | null): Html {
  const say = words(language);
  const common = shared(language);
  if (preview === null) return html`<p class="quiet">${say('none')}</p>`;
  const name = (measure: policy.AccountMeasure) => common(`determination.${measure}`);
  const gentler = ({ plan }: Share) =>
    policy.shippedLadder.steps.map(({ measure }) => measure).filter((one) => policy.graver(one, plan.actions.account.alone) < 0);
  const option = (share: Share, value: string, label: string) =>
    html`<option ${attributes({ value: `${share.case} ${value}`, selected: preview.less.includes(`${share.case} ${value}`) })}>${label}</option>`;
  return html`<section class="follows" aria-live="polite"><h3>${say('title')}</h3><p class="quiet">${say('text', {
    what: common(`determination.${preview.determination}`).toLowerCase(),
    clause: clauseName(preview.clause, preview.guidelines, language),
  })}</p>${table<Share>({
    caption: say('title'),
    rows: preview.shares,
    empty: html`<p class="quiet">${say('account.none')}</p>`,
    columns: [
      {
        title: say('who'),
        cell: ({ account }) => html`<a href="${`/desk/accounts/${account}`}">${preview.names.get(account) ?? common('no-name')}</a>`,
      },
      { title: say('items'), number: true, cell: ({ cases }) => String(cases.length) },
      {
        title: say('strike'),
        cell: ({ plan: { strikes } }) =>
          strikes.added === null ? say('strike.none') : say('strike.of', { weight: strikes.added.weight, total: strikes.total }),
      },
      {
        title: say('account'),
        cell: ({ measure, until, plan }) => {
          const { suggested, people } = plan.actions.account;
          return html`${measure === null ? say('account.none') : name(measure)}${until === null ? null : html`, ${say('until')} ${dateTime(until, language)}`}${
            people > 1 && suggested !== null ? html`<span class="below">${say('second', { what: name(suggested) })}</span>` : null
          }`;
        },
      },
      {
        title: say('otherwise'),
        cell: (share) =>
          share.plan.actions.account.alone === null
            ? null
            : html`<select class="input" name="less" form="decide-bundle" aria-label="${`${say('otherwise')}: ${preview.names.get(share.account) ?? common('no-name')}`}"><option value="">${say('as')}</option>${option(share, 'nothing', say('nothing'))}${gentler(share).map((measure) => option(share, measure, name(measure)))}</select>`,
      },
    ],
  })}</section>`;
}
