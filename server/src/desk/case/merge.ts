import { button } from '../../foundation/html/button.ts';
import type { FieldError } from '../../foundation/html/error-summary.ts';
import { field } from '../../foundation/html/field.ts';
import type { Html, Part } from '../../foundation/html/html.ts';
import { attributes, html } from '../../foundation/html/html.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import { may } from '../../staff/index.ts';
import type { CaseRead } from '../../views/case-life.ts';
import type { BundleRead, Suggestion } from '../../views/similar.ts';
import { frame, proof, type Visit } from '../frame.ts';
import { harmShort, words as shared, shortCode } from '../words.ts';
import { saidOf } from './bundle-member.ts';
import { mergedHere } from './merged.ts';

const words = staffTexts({
  ms: {
    title: 'Gabungkan kes {code}',
    lead: 'Kes tentang perkara yang sama menjadi satu: satu keputusan, tarikh akhir yang lebih awal, bahaya yang lebih serius. Laporan setiap kes dijawab.',
    undone: 'Penggabungan boleh dibatalkan sehingga kes itu diputuskan.',
    similar: 'Mungkin perkara yang sama',
    'similar.text': 'Kes terbuka bagi perkhidmatan yang sama, dalam tujuh hari. Tiada apa-apa digabungkan dengan sendirinya.',
    'similar.none': 'Tiada kes terbuka yang serupa.',
    'why.link': 'domain pautan yang sama',
    'why.text': 'teks hampir sama',
    'why.file': 'fail yang sama',
    'why.author': 'penulis yang sama',
    here: 'Gabungkan ke dalam kes ini',
    there: 'Gabungkan kes ini ke dalamnya',
    other: 'Kes lain yang anda tahu',
    'other.hint': 'Tampal alamat halaman kes itu.',
    settled: 'Kes ini tidak menunggu keputusan; tiada apa-apa boleh digabungkan dengannya.',
    back: 'Ke kes',
  },
  en: {
    title: 'Merge case {code}',
    lead: 'Cases about the same matter become one: one decision, the earlier deadlines, the worse harm. The reports of each are answered.',
    undone: 'A merge can be taken back until the case is decided.',
    similar: 'Perhaps the same matter',
    'similar.text': 'Open cases of the same service, within seven days. Nothing is merged by itself.',
    'similar.none': 'No open case is similar.',
    'why.link': 'same link domain',
    'why.text': 'nearly the same text',
    'why.file': 'same file',
    'why.author': 'same author',
    here: 'Merge it into this case',
    there: 'Merge this case into it',
    other: 'Another case that you know of',
    'other.hint': 'Paste the address of its page.',
    settled: 'This case does not wait for a decision; nothing can be merged with it.',
    back: 'To the case',
  },
});

interface Read {
  readonly case: CaseRead;
  readonly alike: BundleRead;
}

/** Which other open cases could be about the same matter, and the way to make one of two. */
export function mergePage(
  visit: Visit,
  read: Read,
  { typed = '', errors }: { readonly typed?: string; readonly errors?: readonly FieldError[] } = {},
): Promise<Html> {
  const say = words(visit.language);
  const { of } = read.case;
  const open = of.state === 'open';
  return frame(visit, {
    title: say('title', { code: shortCode(of.id) }),
    active: 'queue',
    ...(errors ? { errors } : {}),
    body: html`<p class="lead">${say('lead')}</p><p class="quiet">${say('undone')}</p><p>${button({ text: say('back'), href: `/desk/cases/${of.id}` })}</p>${mergedHere(
      visit,
      read.case,
    )}${
      open
        ? html`<section><h2>${say('similar')}</h2>${suggestions(visit, read)}</section>${merges(visit) ? html`<section><h2>${say('other')}</h2>${known(visit, of.id, typed)}</section>` : null}`
        : html`<p>${say('settled')}</p>`
    }`,
  });
}

const merges = ({ member }: Visit): boolean => may(member, 'case.hand-over', 'case').allowed;

function suggestions(visit: Visit, read: Read): Part {
  const say = words(visit.language);
  const found = read.alike.suggestions;
  if (found.length === 0) return html`<p class="quiet">${say('similar.none')}</p>`;
  return html`<p class="quiet">${say('similar.text')}</p><ul class="plain">${found.map((one) => html`<li>${suggestion(visit, read, one)}</li>`)}</ul>`;
}

function suggestion(visit: Visit, { case: { of, merged, mayLook } }: Read, one: Suggestion): Html {
  const { language } = visit;
  const say = words(language);
  const common = shared(language);
  const code = shortCode(one.id);
  // Two that others were merged into stay apart: one level of merging can be read, and taken back.
  const here = one.merged === 0 ? button({ text: say('here'), name: 'direction', value: 'here' }) : null;
  const there = merged.length === 0 ? button({ text: say('there'), name: 'direction', value: 'there' }) : null;
  return html`<article class="report" aria-label="${common('case.title', { code })}"><p><a href="${`/desk/cases/${one.id}`}">${common('case.title', { code })}</a> <span class="quiet">${harmShort(one.harm, language)}, ${one.authorName ?? common('no-name')}</span></p>${saidOf(visit, one, mayLook)}<p class="quiet">${one.why.map((why) => say(`why.${why}`)).join(', ')}</p>${
    merges(visit)
      ? html`<form method="post" action="${`/desk/cases/${of.id}/merge`}">${proof(visit)}<input ${attributes({ type: 'hidden', name: 'other', value: one.id })}><input ${attributes({ type: 'hidden', name: 'why', value: one.why.join(' ') })}><div class="actions">${here}${there}</div></form>`
      : null
  }</article>`;
}

function known(visit: Visit, id: string, typed: string): Html {
  const { language } = visit;
  const say = words(language);
  return html`<form method="post" action="${`/desk/cases/${id}/merge`}">${proof(visit)}${field({
    kind: 'text',
    language,
    name: 'other',
    label: say('other'),
    hint: say('other.hint'),
    maxlength: 300,
    autocomplete: 'off',
    ...(typed === '' ? {} : { value: typed }),
  })}<div class="actions">${button({ text: say('here'), name: 'direction', value: 'here' })}${button({ text: say('there'), name: 'direction', value: 'there' })}</div></form>`;
}
