import { licensedFrom, nearness, type UserCount } from '../counts/index.ts';
import { badge } from '../foundation/html/badge.ts';
import { emptyState } from '../foundation/html/blocks.ts';
import { type Html, html } from '../foundation/html/html.ts';
import { table } from '../foundation/html/table.ts';
import { staffTexts } from '../foundation/i18n/texts.ts';
import { frame, type Visit } from './frame.ts';
import { words as shared } from './words.ts';

const words = staffTexts({
  ms: {
    text: 'Angka terbaharu setiap permukaan, seperti yang dikira oleh penyedia. Mulai {limit} orang di Malaysia, lesen diperlukan. Angka permukaan tidak dijumlahkan: orang yang sama mungkin menggunakan beberapa permukaan.',
    caption: 'Bilangan orang, hari terbaharu',
    surface: 'Permukaan',
    day: 'Hari',
    peak: 'Serentak paling banyak',
    daily: 'Sehari',
    monthly: 'Sebulan',
    method: 'Cara dikira',
    standing: 'Had lesen',
    below: 'Di bawah had',
    near: 'Menghampiri had',
    crossed: 'Melepasi had',
    empty: 'Belum ada angka',
    'empty.text': 'Perkhidmatan menghantarnya dengan POST /v1/counts.',
  },
  en: {
    text: 'The newest figures of each surface, as the provider counts them. From {limit} people in Malaysia on, a licence is needed. Surfaces are not added up: the same person may use several.',
    caption: 'How many people, newest day',
    surface: 'Surface',
    day: 'Day',
    peak: 'Most at once',
    daily: 'In a day',
    monthly: 'In a month',
    method: 'How it is counted',
    standing: 'Licence threshold',
    below: 'Below it',
    near: 'Near it',
    crossed: 'Crossed',
    empty: 'No figures yet',
    'empty.text': 'The service sends them with POST /v1/counts.',
  },
});

const levels = { below: 'good', near: 'medium', crossed: 'high' } as const;

export function countsPage(visit: Visit, rows: readonly UserCount[]): Promise<Html> {
  const { language } = visit;
  const say = words(language);
  const figure = new Intl.NumberFormat(language);
  return frame(visit, {
    title: shared(language)('counts'),
    active: 'counts',
    body: html`<p class="quiet">${say('text', { limit: figure.format(licensedFrom) })}</p>${table<UserCount>({
      caption: say('caption'),
      rows,
      empty: emptyState({ title: say('empty'), text: say('empty.text') }),
      columns: [
        { title: shared(language)('service'), cell: ({ service }) => service },
        { title: say('surface'), cell: ({ surface }) => surface },
        { title: say('day'), cell: ({ day }) => day },
        { title: say('peak'), cell: ({ peak }) => figure.format(peak) },
        { title: say('daily'), cell: ({ daily }) => figure.format(daily) },
        { title: say('monthly'), cell: ({ monthly }) => figure.format(monthly) },
        { title: say('standing'), cell: (row) => badge({ level: levels[nearness([row])], word: say(nearness([row])) }) },
        { title: say('method'), cell: ({ method }) => method },
      ],
    })}`,
  });
}
