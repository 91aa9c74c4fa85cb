import { button } from '../../foundation/html/button.ts';
import type { Html } from '../../foundation/html/html.ts';
import { attributes, html } from '../../foundation/html/html.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';

import { pictures, picturesIn } from '../files/figure.ts';
import { frame, proof, type Visit } from '../frame.ts';
import { shortCode } from '../words.ts';
import { decideForm, outcomesShown } from './bundle-form.ts';
import { memberLink, memberSaid } from './bundle-member.ts';
import { sharesShown } from './bundle-shares.ts';
import type { BundleAbout, BundleShown } from './shown.ts';

const words = staffTexts({
  ms: {
    title: 'Himpunan kes {code}',
    lead: 'Kes dalam himpunan diputuskan sebagai satu: satu sebab, satu keputusan bagi setiap kandungan. Laporan dan jam setiap kes kekal.',
    inside: { other: '{count} kes diputuskan bersama' },
    out: 'Keluarkan yang ditanda',
    similar: 'Mungkin kempen yang sama',
    'similar.text': 'Perkhidmatan dan bahaya yang sama, dalam tujuh hari. Tiada apa-apa masuk dengan sendirinya.',
    'similar.none': 'Tiada kes terbuka yang serupa.',
    'why.link': 'domain pautan yang sama',
    'why.text': 'teks hampir sama',
    'why.file': 'fail yang sama',
    'why.author': 'penulis yang sama',
    bring: 'Bawa yang ditanda ke dalam himpunan',
    decide: 'Putuskan semuanya',
    take: 'Pegang kes ini dahulu, di halamannya, untuk memutuskan.',
    bulk: 'Lebih daripada {bulk} sekali gus: keputusan anda menunggu orang kedua sebagai satu cadangan; kandungannya disembunyikan sementara itu.',
    awaits: 'Keputusan tentang himpunan ini menunggu orang kedua. Sehingga itu tiada apa-apa masuk atau keluar.',
    back: 'Ke kes',
  },
  en: {
    title: 'Bundle of case {code}',
    lead: 'The cases of a bundle are decided as one: one reason, a determination for each item. Each keeps its own reports and clocks.',
    inside: { one: '{count} case', other: '{count} cases decided together' },
    out: 'Take out what is ticked',
    similar: 'Perhaps the same campaign',
    'similar.text': 'The same service and harm, within seven days. Nothing comes in by itself.',
    'similar.none': 'No open case is similar.',
    'why.link': 'same link domain',
    'why.text': 'nearly the same text',
    'why.file': 'same file',
    'why.author': 'same author',
    bring: 'Bring what is ticked into the bundle',
    decide: 'Decide all of it',
    take: 'Take the case first, on its page, to decide.',
    bulk: 'More than {bulk} at once: your decision waits for a second person as one proposal; the content is hidden meanwhile.',
    awaits: 'A decision about this bundle waits for a second person. Until then nothing comes in or out.',
    back: 'To the case',
  },
});

/** A bundle on one page: what is in it, what could be, what would follow for whom, and the decision. */
export function bundlePage(visit: Visit, read: BundleAbout, shown: BundleShown): Promise<Html> {
  const say = words(visit.language);
  const { of, holder } = read.case;
  const { members } = read.bundle;
  const bulk = visit.house.bulkAbove;
  const open = of.state === 'open' && read.case.work.bundle === null && !of.awaiting;
  const mine = open && holder?.id === visit.member.id;
  return frame(visit, {
    title: say('title', { code: shortCode(of.id) }),
    active: 'queue',
    ...(shown.errors ? { errors: shown.errors } : {}),
    body: html`<p class="lead">${say('lead')}</p><p>${button({ text: say('back'), href: `/desk/cases/${of.id}` })}</p>${
      of.awaiting ? html`<p class="notice">${say('awaits')}</p>` : null
    }${
      open && members.length > bulk ? html`<p><strong>${say('bulk', { bulk })}</strong></p>` : null
    }<section><h2>${say('inside', { count: members.length })}</h2>${inside(visit, read, open)}</section>${
      open ? html`<section><h2>${say('similar')}</h2>${suggestions(visit, read)}</section>` : null
    }${
      open && members.length > 1
        ? html`<section><h2>${say('decide')}</h2>${outcomesShown(visit, read)}${sharesShown(visit, shown.preview ?? null)}${mine ? decideForm(visit, read, shown) : html`<p>${say('take')}</p>`}</section>`
        : null
    }`,
  });
}

function inside(visit: Visit, read: BundleAbout, open: boolean): Html {
  const say = words(visit.language);
  const [lead, ...others] = read.bundle.members;
  const item = (member: NonNullable<typeof lead>) => {
    const material = read.files.get(member.id);
    return memberSaid(visit, read.case, material ? { ...member, files: member.files - picturesIn(material).length } : member);
  };
  // Beside the tick and not in it: what makes a picture clear has a tick of its own.
  const seen = (member: NonNullable<typeof lead>) => {
    const material = read.files.get(member.id);
    return material ? pictures(visit, member, material) : null;
  };
  const line = (member: NonNullable<typeof lead>) =>
    open
      ? html`<li><label class="choice"><input ${attributes({ type: 'checkbox', name: 'case', value: member.id })}><span>${item(member)}</span></label>${seen(member)}${memberLink(visit, member)}</li>`
      : html`<li>${item(member)}${seen(member)}${memberLink(visit, member)}</li>`;
  return html`<form method="post" action="${`/desk/cases/${read.case.of.id}/bundle/take-out`}">${proof(visit)}<ul class="plain">${lead ? html`<li>${item(lead)}${seen(lead)}</li>` : null}${others.map(line)}</ul>${
    open && others.length > 0 ? button({ text: say('out') }) : null
  }</form>`;
}

function suggestions(visit: Visit, read: BundleAbout): Html {
  const say = words(visit.language);
  const found = read.bundle.suggestions;
  if (found.length === 0) return html`<p class="quiet">${say('similar.none')}</p>`;
  return html`<p class="quiet">${say('similar.text')}</p><form method="post" action="${`/desk/cases/${read.case.of.id}/bundle/gather`}">${proof(visit)}<ul class="plain">${found.map(
    (one) =>
      html`<li><label class="choice"><input ${attributes({ type: 'checkbox', name: 'case', value: [one.id, ...one.why].join(' ') })}><span>${memberSaid(visit, read.case, one)}<span class="below">${one.why.map((why) => say(`why.${why}`)).join(', ')}</span></span></label>${memberLink(visit, one)}</li>`,
  )}</ul>${button({ text: say('bring') })}</form>`;
}
