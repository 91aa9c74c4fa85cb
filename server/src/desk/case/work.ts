import { deskOf, desks } from '../../cases/index.ts';
import { definitionList, said } from '../../foundation/html/blocks.ts';
import { button } from '../../foundation/html/button.ts';
import type { Html, Part } from '../../foundation/html/html.ts';
import { html } from '../../foundation/html/html.ts';
import { dateTime } from '../../foundation/html/times.ts';
import { type StaffLanguage, staffLanguage } from '../../foundation/i18n/language.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import { may } from '../../staff/index.ts';
import type { CaseRead } from '../../views/case-life.ts';
import { proof, type Visit } from '../frame.ts';
import { deskName, words as shared, shortCode } from '../words.ts';

const words = staffTexts({
  ms: {
    title: 'Kerja pada kes ini',
    desk: 'Meja',
    weight: 'Berat',
    live: 'sedang disiarkan',
    for: 'Untuk',
    raised: 'Dinaikkan: penyemak kanan sahaja boleh mengambilnya',
    parked: 'Ditangguhkan hingga',
    'parked.clocks': 'Jam terus berjalan. Kes kembali sendiri.',
    'take-up': 'Ambil semula sekarang',
    bundle: 'Himpunan: kes serupa yang diputuskan sebagai satu',
    merge: 'Perkara yang sama: gabungkan kes',
    'bundle.in': 'Kes ini diputuskan bersama kes {what}',
    notes: 'Nota untuk rakan sekerja',
    'notes.none': 'Belum ada nota.',
    'note.kind.case.noted': 'Nota',
    'note.kind.case.handed-over': 'Serahan',
    'note.kind.case.raised': 'Dinaikkan',
    'note.kind.case.parked': 'Ditangguhkan',
    erased: 'Nota sudah dihapuskan bersama kunci orang yang terlibat.',
    'note.label': 'Nota',
    'note.hint': 'Hanya kakitangan membacanya.',
    'note.send': 'Simpan nota',
    'hand-over': 'Serahkan kepada orang lain',
    'hand-over.to': 'Kepada',
    'hand-over.desks': 'Meja',
    'hand-over.people': 'Orang',
    'hand-over.send': 'Serahkan',
    raise: 'Naikkan kepada penyemak kanan',
    'raise.send': 'Naikkan',
    park: 'Tangguhkan',
    'park.text':
      'Tiada jam berhenti: kes kembali selewat-lewatnya sejam sebelum tarikh akhirnya yang berikut, walaupun anda memilih masa yang lebih lama.',
    'park.how-long': 'Selama',
    'park.send': 'Tangguhkan',
    hours: { other: '{count} jam' },
    days: { other: '{count} hari' },
    why: 'Apa yang perlu diketahui orang seterusnya?',
  },
  en: {
    title: 'The work on this case',
    desk: 'Desk',
    weight: 'Weight',
    live: 'streamed live now',
    for: 'For',
    raised: 'Raised: only a senior moderator may take it',
    parked: 'Parked until',
    'parked.clocks': 'Its clocks run on. It comes back by itself.',
    'take-up': 'Take it up now',
    bundle: 'Bundle: similar cases, decided as one',
    merge: 'The same matter: merge cases',
    'bundle.in': 'This case is decided together with case {what}',
    notes: 'Notes for colleagues',
    'notes.none': 'No note yet.',
    'note.kind.case.noted': 'Note',
    'note.kind.case.handed-over': 'Hand-over',
    'note.kind.case.raised': 'Raised',
    'note.kind.case.parked': 'Parked',
    erased: 'The note was erased with the key of the person concerned.',
    'note.label': 'Note',
    'note.hint': 'Only the staff read it.',
    'note.send': 'Save the note',
    'hand-over': 'Hand it over',
    'hand-over.to': 'To',
    'hand-over.desks': 'Desks',
    'hand-over.people': 'People',
    'hand-over.send': 'Hand over',
    raise: 'Raise it to a senior moderator',
    'raise.send': 'Raise it',
    park: 'Park it',
    'park.text': 'No clock stops: the case is back an hour before its next deadline at the latest, even where you choose a longer time.',
    'park.how-long': 'For',
    'park.send': 'Park it',
    hours: { one: '{count} hour', other: '{count} hours' },
    days: { one: '{count} day', other: '{count} days' },
    why: 'What does the next person have to know?',
  },
});

/** How long a case may rest, in hours. */
export const rests: readonly number[] = [1, 2, 4, 8, 24, 72, 168];

/** Where the case lies, for whom, what colleagues wrote, and what else can be done with it than deciding. */
export function work(visit: Visit, read: CaseRead): Html {
  const { member } = visit;
  const say = words(visit.language);
  const { of, holder } = read;
  const mine = of.state === 'open' && (holder === null || holder.id === member.id);
  const allowed = (action: 'case.hand-over' | 'case.park' | 'case.note') => may(member, action, 'case').allowed;
  return html`<section class="work"><h3>${say('title')}</h3>${standing(visit, read)}${bundleLink(visit, read)}<h4>${say('notes')}</h4>${notes(visit, read)}${
    allowed('case.note') ? noteForm(visit, of.id) : null
  }${mine && allowed('case.hand-over') ? html`${handOverForm(visit, read)}${read.work.raised ? null : raiseForm(visit, of.id)}` : null}${
    mine && allowed('case.park') && read.work.state === 'waiting' && of.harm !== 'csam' ? parkForm(visit, of.id) : null
  }</section>`;
}

function bundleLink({ language }: Visit, { of, work }: CaseRead): Html | null {
  const say = words(language);
  if (work.bundle !== null)
    return html`<p>${button({ text: say('bundle.in', { what: shortCode(work.bundle) }), href: `/desk/cases/${work.bundle}/bundle` })}</p>`;
  return of.state === 'open'
    ? html`<p>${button({ text: say('bundle'), href: `/desk/cases/${of.id}/bundle` })}</p><p>${button({ text: say('merge'), href: `/desk/cases/${of.id}/merge` })}</p>`
    : null;
}

function standing(visit: Visit, { of, work, colleagues }: CaseRead): Part {
  const { language } = visit;
  const say = words(language);
  const common = shared(language);
  const name = work.assignee === null ? null : (colleagues.find(({ id }) => id === work.assignee)?.name ?? common('no-name'));
  return html`${definitionList([
    [say('desk'), deskName(work.desk ?? deskOf(of).id, language)],
    [say('weight'), html`${common(`severity.${work.severity}`)}${work.live ? `, ${say('live')}` : null}`],
    name === null ? null : [say('for'), name],
    work.parkedUntil === null
      ? null
      : [say('parked'), html`${dateTime(work.parkedUntil, language)} <span class="quiet">${say('parked.clocks')}</span>`],
  ])}${work.raised && of.state === 'open' ? html`<p><strong>${say('raised')}</strong></p>` : null}${
    work.state === 'parked'
      ? html`<form method="post" action="${`/desk/cases/${of.id}/take-up`}">${proof(visit)}${button({ text: say('take-up') })}</form>`
      : null
  }`;
}

function notes({ language }: Visit, read: CaseRead): Part {
  const say = words(language);
  if (read.notes.length === 0) return html`<p class="quiet">${say('notes.none')}</p>`;
  return html`<ul class="plain notes">${read.notes.map(
    ({ kind, at, actor, text }) =>
      html`<li><span class="quiet">${say(`note.kind.${kind}`)}, ${actor ?? shared(language)('no-name')}, ${dateTime(at, language)}</span>${text === null ? html`<p class="quiet">${say('erased')}</p>` : said(text)}</li>`,
  )}</ul>`;
}

function area(id: string, label: string, hint?: string): Html {
  return html`<div class="field"><label class="field-label" for="${id}">${label}</label>${hint === undefined ? null : html`<span class="field-hint" id="${id}-hint">${hint}</span>`}<textarea class="input" id="${id}" name="note" rows="2" maxlength="2000" aria-required="true"></textarea></div>`;
}

function folded(visit: Visit, id: string, act: string, title: string, inside: Part): Html {
  return html`<details><summary>${title}</summary><form method="post" action="${`/desk/cases/${id}/${act}`}">${proof(visit)}${inside}</form></details>`;
}

function noteForm(visit: Visit, id: string): Html {
  const say = words(visit.language);
  return html`<form method="post" action="${`/desk/cases/${id}/note`}">${proof(visit)}${area('note', say('note.label'), say('note.hint'))}${button({ text: say('note.send') })}</form>`;
}

function handOverForm(visit: Visit, { of, colleagues }: CaseRead): Html {
  const language: StaffLanguage = staffLanguage(visit.language);
  const say = words(language);
  const people = colleagues.filter(({ id, decides }) => decides && id !== visit.member.id);
  return folded(
    visit,
    of.id,
    'hand-over',
    say('hand-over'),
    html`<div class="field"><label class="field-label" for="hand-over-to">${say('hand-over.to')}</label><select class="input" id="hand-over-to" name="to"><optgroup label="${say('hand-over.desks')}">${desks.map(({ id, name }) => html`<option value="${`desk:${id}`}">${name[language]}</option>`)}</optgroup><optgroup label="${say('hand-over.people')}">${people.map(({ id, name }) => html`<option value="${`person:${id}`}">${name ?? shared(language)('no-name')}</option>`)}</optgroup></select></div>${area('hand-over-note', say('why'))}${button({ text: say('hand-over.send') })}`,
  );
}

function raiseForm(visit: Visit, id: string): Html {
  const say = words(visit.language);
  return folded(visit, id, 'raise', say('raise'), html`${area('raise-note', say('why'))}${button({ text: say('raise.send') })}`);
}

function parkForm(visit: Visit, id: string): Html {
  const say = words(visit.language);
  const length = (hours: number) => (hours < 24 ? say('hours', { count: hours }) : say('days', { count: hours / 24 }));
  return folded(
    visit,
    id,
    'park',
    say('park'),
    html`<p class="quiet">${say('park.text')}</p><div class="field"><label class="field-label" for="park-hours">${say('park.how-long')}</label><select class="input" id="park-hours" name="hours">${rests.map((hours) => html`<option value="${hours}">${length(hours)}</option>`)}</select></div>${area('park-note', say('why'))}${button({ text: say('park.send') })}`,
  );
}
