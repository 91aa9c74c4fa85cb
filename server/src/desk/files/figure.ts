import { attributes, type Html, html, type Part } from '../../foundation/html/html.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import { whenText } from '../../foundation/i18n/time.ts';
import { mediumOf, type ShownType } from '../../foundation/sniff.ts';
import type { Why } from '../../procedure/moderation/index.ts';
import type { CaseRead } from '../../views/case-life.ts';
import type { Material, MaterialFile } from '../../views/material.ts';
import type { Visit } from '../frame.ts';
import { failureText } from '../media/words.ts';
import { fileMs, fileQuery } from './address.ts';

const words = staffTexts({
  ms: {
    file: 'Fail {number}',
    'alt.picture': 'Fail {number}: gambar, {type}, {size}',
    'alt.video': 'Fail {number}: video, {type}, {size}',
    'alt.sound': 'Fail {number}: bunyi, {type}, {size}',
    clear: 'Tunjukkan dengan jelas dan berwarna',
    play: 'Selagi ia kabur, klik padanya atau tekan bar ruang untuk main dan henti.',
    whole: 'Saiz penuh',
    until: 'Fail di halaman ini boleh dibuka sehingga {time}. Selepas itu, muat semula halaman.',
    other: 'Bukan gambar, video atau bunyi: tidak ditunjukkan di sini.',
    save: 'Muat turun',
    said: 'platform menamakannya {type}',
    hashes: 'cap jari sahaja: platform tidak menyerahkan fail ini',
    awaited: 'sedang diambil daripada platform; muat semula halaman sebentar lagi',
    failed: 'tidak dapat diambil',
    lost: 'tiada lagi: kuncinya sudah dimusnahkan, atau fail itu hilang daripada simpanan',
  },
  en: {
    file: 'File {number}',
    'alt.picture': 'File {number}: picture, {type}, {size}',
    'alt.video': 'File {number}: video, {type}, {size}',
    'alt.sound': 'File {number}: sound, {type}, {size}',
    clear: 'Show it clearly and in colour',
    play: 'While it is blurred, a click on it or the space bar plays and stops it.',
    whole: 'Full size',
    until: 'The files on this page open until {time}. After that, load the page again.',
    other: 'No picture, video or sound: it is not shown here.',
    save: 'Download',
    said: 'the platform calls it {type}',
    hashes: 'fingerprint only: the platform did not hand this file in',
    awaited: 'being fetched from the platform; load the page again in a moment',
    failed: 'not to be had',
    lost: 'not there any more: its key was destroyed, or the file is gone from the store',
  },
});

/** What a look is for, by the page on which the files stand. */
const whys: Readonly<Record<string, Why>> = {
  cases: 'deciding the case',
  appeals: 'hearing the appeal',
  approvals: 'seconding the decision',
  second: 'seconding the decision',
};

/** The files of one revision, to be looked at: small, blurred and grey until somebody wants more. */
export function files(visit: Visit, read: CaseRead, one: Material, revealAt: string): Part {
  if (one.media.length === 0) return null;
  const { language, now } = visit;
  const say = words(language);
  const addressed = one.media.map((file) => ({ file, at: addressOf(visit, read, one.revision, file.place, revealAt) }));
  return html`<ul class="files">${addressed.map(({ file, at }) => html`<li>${figure(visit, read, one, file, at)}</li>`)}</ul>${
    one.media.some(({ facts }) => facts !== null)
      ? html`<p class="quiet">${say('until', { time: whenText(now, new Date(now.getTime() + fileMs), language) })}</p>`
      : null
  }`;
}

/** What the files belong to, as far as that says how they are shown. */
type Around = Pick<CaseRead, 'guarded'> & { readonly of: Pick<CaseRead['of'], 'id' | 'harm'> };

/** Which of the files are pictures, by their own bytes. */
export function picturesIn({ media }: Material): readonly MaterialFile[] {
  return media.filter(({ facts }) => facts !== null && facts.type !== null && mediumOf(facts.type) === 'picture');
}

/** The pictures of one case of several, fetched as the eye comes to them: a look is on record for what was looked at. */
export function pictures(visit: Visit, of: Around['of'], one: Material): Part {
  const around = { of, guarded: false };
  const shown = picturesIn(one);
  if (shown.length === 0) return null;
  return html`<ul class="files">${shown.map(
    (file) =>
      html`<li>${figure(visit, around, one, file, addressOf(visit, around, one.revision, file.place, `/desk/cases/${of.id}`), 'lazy')}</li>`,
  )}</ul>`;
}

/** Somebody from outside has a page and a session of their own; whoever works here sees the files of a case as the case's. */
function addressOf(visit: Visit, read: Around, revision: string, place: number, revealAt: string): string {
  const [, , desk = ''] = revealAt.split('/');
  const base = desk === 'second' ? revealAt.replace(/\/reveal$/, '') : `/desk/cases/${read.of.id}`;
  // Guarded material stands on no page but the answer to whoever asked for it.
  const asked = { case: read.of.id, revision, place, why: whys[desk] as Why, revealed: read.guarded, at: visit.now };
  return `${base}/files/${revision}/${place}?${fileQuery(visit, asked)}`;
}

function figure(
  visit: Visit,
  read: Around,
  { revision }: Material,
  file: MaterialFile,
  at: string,
  loading: 'eager' | 'lazy' = 'eager',
): Html {
  const { language } = visit;
  const say = words(language);
  const { place, type, sha256, state, reason, facts } = file;
  const number = place + 1;
  const print = sha256 ? html` <code>${sha256.slice(0, 12)}…</code>` : null;
  if (facts === null)
    return html`<p><strong>${say('file', { number })}</strong> ${type ?? '?'}, ${say(state as 'lost')}${reason === null ? null : ` (${failureText(reason, language)})`}${print}</p>`;
  const size = sizeText(facts.size, language);
  const differs = type !== null && type !== facts.type ? html` <span class="quiet">(${say('said', { type })})</span>` : null;
  if (facts.type === null)
    return html`<p><strong>${say('file', { number })}</strong> ${size}${differs}${print}<span class="below">${say('other')}${
      read.of.harm === 'csam' ? null : html` <a ${attributes({ href: at, download: '' })}>${say('save')}</a>`
    }</span></p>`;
  const medium = mediumOf(facts.type);
  const alt = say(`alt.${medium}`, { number, type: facts.type, size });
  const id = `clear-${revision}-${place}`;
  return html`<figure class="file"><figcaption>${alt}${differs}${print}</figcaption>${
    // A browser that is told nothing keeps what was ticked when the page is loaded again.
    medium === 'sound'
      ? null
      : html`<label class="choice" for="${id}"><input ${attributes({ type: 'checkbox', id, class: 'clear', autocomplete: 'off' })}><span>${say('clear')}</span></label>`
  }${shown(facts.type, at, alt, loading)}${medium === 'video' ? html`<span class="below">${say('play')}</span>` : null}${medium === 'picture' ? html`<p><a ${attributes({ href: at, target: '_blank', rel: 'noopener' })}>${say('whole')}</a></p>` : null}</figure>`;
}

/** Nothing plays by itself, and no video or sound is fetched before somebody presses play. */
function shown(type: ShownType, src: string, alt: string, loading: 'eager' | 'lazy'): Html {
  const medium = mediumOf(type);
  if (medium === 'picture')
    return html`<div class="veil"><img ${attributes({ src, alt, decoding: 'async', ...(loading === 'lazy' ? { loading } : {}) })}></div>`;
  const plays = { src, 'aria-label': alt, controls: true, preload: 'none', controlslist: 'nodownload noremoteplayback' };
  return medium === 'sound'
    ? html`<audio ${attributes(plays)}></audio>`
    : html`<div class="veil"><video ${attributes({ ...plays, muted: true, playsinline: true, disablepictureinpicture: true })}></video></div>`;
}

/** How large a file is, as people say it. */
function sizeText(bytes: number, language: Visit['language']): string {
  const [divisor, unit] = bytes < 1_000 ? [1, 'byte'] : bytes < 1_000_000 ? [1_000, 'kilobyte'] : [1_000_000, 'megabyte'];
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit,
    unitDisplay: unit === 'byte' ? 'long' : 'short',
    maximumFractionDigits: 1,
  }).format(bytes / divisor);
}
