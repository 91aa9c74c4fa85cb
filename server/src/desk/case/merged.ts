import { button } from '../../foundation/html/button.ts';
import type { Html, Part } from '../../foundation/html/html.ts';
import { html } from '../../foundation/html/html.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import { may } from '../../staff/index.ts';
import type { CaseRead } from '../../views/case-life.ts';
import type { Merged } from '../../views/merged.ts';
import type { Suggestion } from '../../views/similar.ts';
import { proof, type Visit } from '../frame.ts';
import { words as shared, shortCode } from '../words.ts';
import { saidOf } from './bundle-member.ts';

const words = staffTexts({
  ms: {
    away: 'Kes ini perkara yang sama dengan kes {code}. Apa yang diputuskan di sana turut berlaku di sini.',
    lead: 'Ke kes {code}',
    title: { other: '{count} kes digabungkan ke dalam kes ini' },
    text: 'Satu keputusan bagi semuanya. Penulis dan pelapor setiap satu dimaklumkan.',
    undo: 'Batalkan penggabungan',
    reports: { other: '{count} laporan' },
    alike: 'Mungkin perkara yang sama',
    'alike.more': 'Bandingkan dan gabungkan',
    'why.link': 'domain pautan yang sama',
    'why.text': 'teks hampir sama',
    'why.file': 'fail yang sama',
    'why.author': 'penulis yang sama',
  },
  en: {
    away: 'This case is one matter with case {code}. What is decided there holds here, too.',
    lead: 'To case {code}',
    title: { one: '{count} case is merged into this one', other: '{count} cases are merged into this one' },
    text: 'One decision for all of it. Author and reporters of each are told.',
    undo: 'Take the merge back',
    reports: { one: '{count} report', other: '{count} reports' },
    alike: 'Perhaps the same matter',
    'alike.more': 'Compare and merge',
    'why.link': 'same link domain',
    'why.text': 'nearly the same text',
    'why.file': 'same file',
    'why.author': 'same author',
  },
});

/** On the page of a merged case: where the matter is decided, and the way back while it is not. */
export function mergedAway(visit: Visit, { of, leadOpen }: CaseRead): Part {
  if (of.mergedInto === null) return null;
  const say = words(visit.language);
  const code = shortCode(of.mergedInto);
  return html`<section class="merged"><p class="lead">${say('away', { code })}</p><p>${button({ text: say('lead', { code }), href: `/desk/cases/${of.mergedInto}`, kind: 'primary' })}</p>${
    leadOpen ? undo(visit, of.id) : null
  }</section>`;
}

/** For who holds a case: which of the newest open cases look like duplicates of it, and the way to make one of two. */
export function alikeHere({ language }: Visit, { of }: CaseRead, alike: readonly Suggestion[]): Part {
  if (alike.length === 0) return null;
  const say = words(language);
  const common = shared(language);
  return html`<section class="merged"><h3>${say('alike')}</h3><ul class="plain">${alike.map(
    ({ id, why }) =>
      html`<li><a href="${`/desk/cases/${id}`}">${common('case.title', { code: shortCode(id) })}</a> <span class="quiet">${why.map((one) => say(`why.${one}`)).join(', ')}</span></li>`,
  )}</ul><p>${button({ text: say('alike.more'), href: `/desk/cases/${of.id}/merge` })}</p></section>`;
}

/** On the page of a case that others were merged into: what each is about. */
export function mergedHere(visit: Visit, read: CaseRead): Part {
  const { of, merged } = read;
  if (merged.length === 0) return null;
  const say = words(visit.language);
  return html`<section class="merged"><h3>${say('title', { count: merged.length })}</h3><p class="quiet">${say('text')}</p><ul class="plain">${merged.map(
    (one) => html`<li>${about(visit, one, read)}${of.state === 'open' && !of.awaiting ? undo(visit, one.of.id) : null}</li>`,
  )}</ul></section>`;
}

function about(visit: Visit, { of, author, newest, reports }: Merged, { guarded, mayLook }: CaseRead): Html {
  const { language } = visit;
  const say = words(language);
  const common = shared(language);
  return html`<p><a href="${`/desk/cases/${of.id}`}">${common('case.title', { code: shortCode(of.id) })}</a> <span class="quiet">${author ?? common('no-name')}, ${say('reports', { count: reports.length })}</span></p>${saidOf(visit, { guarded, text: newest?.text ?? null, files: newest?.media.length ?? 0 }, mayLook, of.language)}`;
}

function undo(visit: Visit, id: string): Html | null {
  if (!may(visit.member, 'case.hand-over', 'case').allowed) return null;
  return html`<form method="post" action="${`/desk/cases/${id}/unmerge`}">${proof(visit)}${button({ text: words(visit.language)('undo') })}</form>`;
}
