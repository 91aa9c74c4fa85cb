import { badge } from '../../foundation/html/badge.ts';
import { emptyState } from '../../foundation/html/blocks.ts';
import { button } from '../../foundation/html/button.ts';
import { field } from '../../foundation/html/field.ts';
import { type Html, html, type Part } from '../../foundation/html/html.ts';
import { dateTime } from '../../foundation/html/times.ts';
import type { Problem } from '../../foundation/http/problems.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import { may } from '../../staff/index.ts';
import type { AloneRead, BreakGlassRead, GlassRead } from '../../views/break-glass/read.ts';
import { caseLink } from '../case-link.ts';
import { frame, proof, type Visit } from '../frame.ts';
import { harmShort, needName, words as shared } from '../words.ts';
import { act, ownActs } from './acts.ts';
import { reviewForm } from './review-form.ts';

const words = staffTexts({
  ms: {
    rule: 'Apabila orang kedua tiada dalam masanya, seseorang boleh memutuskan seorang diri apa yang dia sendiri cadangkan, atau menguatkuasakan peraturan saringan dan garis panduan yang dia sendiri tulis, selama sehari paling lama. Pegawai pematuhan dipanggil serta-merta, dan orang lain menyemak setiap satu selepas itu. Untuk melindungi orang ramai, ini tidak pernah diperlukan; rayuan tidak pernah diputuskan begini.',
    open: 'Buka kuasa kecemasan',
    hours: 'Selama berapa jam, 1 hingga 24',
    reason: 'Mengapa tiada sesiapa yang lain dalam masanya',
    mine: 'Terbuka untuk anda hingga',
    close: 'Tutup sekarang',
    waiting: 'Cadangan anda yang menunggu',
    alone: 'Putuskan seorang diri',
    together: { other: '{count} kes sebagai satu' },
    'together.back': 'Jika anda tidak bersetuju, semua yang masih berkuat kuasa ditarik balik, bersama-sama.',
    none: 'Tiada cadangan anda yang menunggu orang kedua.',
    list: 'Setiap kali ia dibuka',
    by: 'Dibuka oleh {name}',
    until: 'hingga',
    'state.open': 'Terbuka',
    'state.over': 'Tamat',
    'state.closed': 'Ditutup awal',
    nothing: 'Tiada apa-apa diputuskan di bawahnya.',
    some: 'Satu keputusan',
    decided: 'Diputuskan oleh {name}',
    'review.unreviewed': 'Menunggu semakan',
    'review.upheld': 'Disemak: dipersetujui',
    'review.reversed': 'Disemak: ditarik balik',
    'review.objected': 'Disemak: dibantah',
    reviewed: 'Disemak oleh {name}',
    review: 'Semak keputusan ini',
    agrees: 'Saya bersetuju',
    objects: 'Saya tidak bersetuju: tarik balik',
    'objects.hint': 'Jika yang lain itu juga memerlukan dua orang, ia menunggu orang kedua yang bukan salah seorang daripada anda berdua.',
    'objects.cleared': 'Saya tidak bersetuju: putuskan yang berikut',
    what: 'Apa yang sepatutnya diputuskan',
    clause: 'Fasal yang dilanggar',
    waits: 'Penyemak mencadangkan keputusan lain; cadangan itu menunggu orang kedua.',
    'waits.see': 'Lihat cadangan itu',
    because: 'Sebab',
    'empty.title': 'Belum pernah dibuka',
    'empty.text': 'Siapa yang membukanya, bila, mengapa, dan apa yang diputuskan muncul di sini.',
    'wrong.reason-missing': 'Tulis sebabnya dalam satu ayat, dan pilih jawapan.',
    'wrong.field-wrong': 'Tulis bilangan jam: 1 hingga 24.',
    'wrong.conflict': 'Ia sudah terbuka, sudah ditutup, atau keputusan itu sudah disemak atau diganti.',
    'wrong.glass-closed': 'Buka dahulu, dengan sebabnya.',
    'wrong.proposal-settled': 'Cadangan itu sudah diselesaikan.',
    'wrong.same-person': 'Orang lain perlu menyemaknya.',
    'wrong.clause-unknown': 'Pilih apa yang sepatutnya diputuskan, dan fasalnya.',
    'wrong.measure-unfit': 'Pilih apa yang sepatutnya diputuskan, dan fasalnya.',
    'wrong.second-person-waits': 'Cadangan tentang kes ini sudah menunggu orang kedua.',
  },
  en: {
    rule: 'Where no second person is there in time, somebody may decide alone what they have proposed, or put into force a screening rule or guidelines that they wrote, for a day at most. The compliance officer is called at once, and somebody else reviews each of it afterwards. Protecting people never needs it; an appeal is never decided this way.',
    open: 'Open break-glass',
    hours: 'For how many hours, 1 to 24',
    reason: 'Why nobody else is there in time',
    mine: 'Open for you until',
    close: 'Close it now',
    waiting: 'Your proposals that wait',
    alone: 'Decide alone',
    together: { one: '{count} case as one', other: '{count} cases as one' },
    'together.back': 'If you do not agree, all of it that still stands is taken back, together.',
    none: 'No proposal of yours waits for a second person.',
    list: 'Each time it was opened',
    by: 'Opened by {name}',
    until: 'until',
    'state.open': 'Open',
    'state.over': 'Over',
    'state.closed': 'Closed early',
    nothing: 'Nothing was decided under it.',
    some: 'A decision',
    decided: 'Decided by {name}',
    'review.unreviewed': 'Waits for a review',
    'review.upheld': 'Reviewed: agreed',
    'review.reversed': 'Reviewed: taken back',
    'review.objected': 'Reviewed: objected',
    reviewed: 'Reviewed by {name}',
    review: 'Review this decision',
    agrees: 'I agree',
    objects: 'I do not agree: take it back',
    'objects.hint': 'If deciding otherwise needs two people as well, it waits for a second person, who is neither of you.',
    'objects.cleared': 'I do not agree: decide the following',
    what: 'What should have been decided',
    clause: 'The clause that is broken',
    waits: 'A reviewer proposes another decision, which waits for a second person.',
    'waits.see': 'See the proposal',
    because: 'Reason',
    'empty.title': 'It has never been opened',
    'empty.text': 'Who opens it, when, why, and what is decided appears here.',
    'wrong.reason-missing': 'Write the reason in a sentence, and choose an answer.',
    'wrong.field-wrong': 'Write a number of hours: 1 to 24.',
    'wrong.conflict': 'It is open already, or closed, or the decision has been reviewed or replaced.',
    'wrong.glass-closed': 'Open it first, with a reason.',
    'wrong.proposal-settled': 'The proposal has been settled.',
    'wrong.same-person': 'Somebody else must review it.',
    'wrong.clause-unknown': 'Choose what should have been decided, and the clause.',
    'wrong.measure-unfit': 'Choose what should have been decided, and the clause.',
    'wrong.second-person-waits': 'A proposal about this case waits for a second person already.',
  },
});

/** What somebody filled in before the page came back. */
export interface TypedGlass {
  readonly hours?: string;
  readonly reason?: string;
  readonly decision?: string;
  readonly because?: string;
}

const told = [
  'reason-missing',
  'field-wrong',
  'conflict',
  'glass-closed',
  'proposal-settled',
  'same-person',
  'clause-unknown',
  'measure-unfit',
  'second-person-waits',
] as const;

/** What is to be put right; null where that can't help. */
export function wrongOf({ language }: Visit, { code }: Problem): string | null {
  const known = told.find((one) => one === code);
  return known ? words(language)(`wrong.${known}`) : null;
}

export function breakGlassPage(visit: Visit, read: BreakGlassRead, typed: TypedGlass, problem?: Problem): Promise<Html> {
  const say = words(visit.language);
  const wrong = problem && wrongOf(visit, problem);
  return frame(visit, {
    title: shared(visit.language)('break-glass'),
    active: 'break-glass',
    ...(wrong ? { errors: [{ message: wrong }] } : {}),
    body: html`<p class="quiet">${say('rule')}</p>${may(visit.member, 'break-glass.open', 'break-glass').allowed ? mine(visit, read, typed) : null}<section class="stack"><h2>${say('list')}</h2>${
      read.glasses.length === 0
        ? emptyState({ title: say('empty.title'), text: say('empty.text') })
        : read.glasses.map((glass) => entry(visit, glass, typed))
    }</section>`,
  });
}

/** Opens it; opened, decides what waits. */
function mine(visit: Visit, { open, waiting, rules, drafts }: BreakGlassRead, typed: TypedGlass): Html {
  const { language } = visit;
  const say = words(language);
  if (!open)
    return html`<section class="card stack"><h2>${say('open')}</h2><form method="post" action="/desk/break-glass">${proof(visit)}${field({
      ...({ kind: 'long', language, name: 'reason', label: say('reason'), rows: 3, maxlength: 2_000 } as const),
      ...(typed.reason ? { value: typed.reason } : {}),
    })}${field({
      ...({ kind: 'text', language, name: 'hours', label: say('hours'), short: true, digits: true, maxlength: 2 } as const),
      value: typed.hours ?? '4',
    })}<div class="actions">${button({ kind: 'critical', text: say('open') })}</div></form></section>`;
  return html`<section class="card stack"><h2>${say('waiting')}</h2><p><strong>${say('mine')} ${dateTime(open.until, language)}</strong></p>${
    waiting.length === 0
      ? html`<p>${say('none')}</p>`
      : waiting.map(
          (one) =>
            html`<form method="post" action="${`/desk/break-glass/${one.id}/decide`}">${proof(visit)}<p>${caseLink(visit, one)} ${harmShort(one.harm, language)} · ${shared(language)(`determination.${one.determination as 'remove'}`)}${one.bundle === null ? null : html` · ${say('together', { count: one.bundle })}`} · <a href="${`/desk/approvals/${one.id}`}">${shared(language)('approvals')}</a></p>${button({ kind: 'critical', text: say('alone') })}</form>`,
        )
  }${ownActs(visit, { rules, drafts })}<form method="post" action="${`/desk/break-glass/${open.id}/close`}">${proof(visit)}${button({ text: say('close') })}</form></section>`;
}

function entry(visit: Visit, glass: GlassRead, typed: TypedGlass): Html {
  const { language, now, member } = visit;
  const say = words(language);
  const runs = glass.state === 'open' && glass.until > now;
  const ends =
    runs && member.id !== glass.openedBy && may(member, 'break-glass.close', { type: 'glass', openedBy: glass.openedBy }).allowed;
  return html`<article class="card stack"><h3>${say('by', { name: glass.name ?? shared(language)('no-name') })}</h3><p>${badge({
    level: runs ? 'critical' : 'good',
    word: say(`state.${runs ? 'open' : glass.state === 'closed' ? 'closed' : 'over'}`),
  })} ${dateTime(glass.openedAt, language)} ${say('until')} ${dateTime(glass.closedAt ?? glass.until, language)}</p>${glass.reason === null ? null : html`<p>${glass.reason}</p>`}${
    glass.decided.length + glass.acts.length === 0 ? html`<p class="quiet">${say('nothing')}</p>` : null
  }${glass.decided.map((one) => decided(visit, one, typed))}${glass.acts.map((one) => act(visit, one, typed))}${ends ? html`<form method="post" action="${`/desk/break-glass/${glass.id}/close`}">${proof(visit)}${button({ text: say('close') })}</form>` : null}</article>`;
}

function decided(visit: Visit, one: AloneRead, typed: TypedGlass): Part {
  const { language, member } = visit;
  const say = words(language);
  const nameless = shared(language)('no-name');
  const sees = may(member, 'case.view', { type: 'case', harm: one.harm }).allowed;
  const reviews =
    one.state === 'unreviewed' &&
    one.waits === null &&
    may(member, 'proposal.settle', { type: 'proposal', proposedBy: one.decidedBy, harm: one.harm }).allowed;
  // That it was about a child, and how much of that there is, is for whom it concerns.
  const told = sees || one.harm !== 'csam' || may(member, 'csam.count', 'csam').allowed;
  const what = html`${caseLink(visit, one)} ${harmShort(one.harm, language)}${sees ? html` · ${shared(language)(`determination.${one.determination as 'remove'}`)}` : null} · ${one.needs.map((need) => needName(need, language)).join(', ')}`;
  return html`<div class="decision"><p>${told ? what : say('some')}</p>${told ? togetherWith(visit, one, sees) : null}<p>${say('decided', { name: one.decidedByName ?? nameless })}, ${dateTime(one.decidedAt, language)}</p><p>${badge(
    {
      level: one.state === 'unreviewed' ? 'high' : one.state === 'upheld' ? 'good' : 'critical',
      word: say(`review.${one.state}`),
    },
  )} ${one.reviewedAt === null ? null : html`${say('reviewed', { name: one.reviewedByName ?? nameless })}, ${dateTime(one.reviewedAt, language)}`}</p>${one.said === null ? null : html`<p>${one.said}</p>`}${one.waits === null || !sees ? null : html`<p class="notice">${say('waits')} <a href="${`/desk/approvals/${one.waits}`}">${say('waits.see')}</a></p>`}${reviews ? review(visit, one, typed) : null}</div>`;
}

/** What was decided as one with it, and each of those for who sees such cases. */
function togetherWith(visit: Visit, { others, harm, determination, ...lead }: AloneRead, sees: boolean): Part {
  if (others.length === 0) return null;
  const { language } = visit;
  const count = words(language)('together', { count: others.length + 1 });
  if (!sees) return html`<p>${count}</p>`;
  const each = [{ case: lead.case, determination }, ...others];
  return html`<details><summary>${count}</summary><ul class="plain">${each.map(
    (one) =>
      html`<li>${caseLink(visit, { case: one.case, harm })} ${shared(language)(`determination.${one.determination as 'remove'}`)}</li>`,
  )}</ul></details>`;
}

function review(visit: Visit, { id, better, others }: AloneRead, typed: TypedGlass): Html {
  const { language } = visit;
  const say = words(language);
  const select = (name: string, label: string, options: readonly (readonly [value: string, label: string])[]) =>
    html`<div class="field"><label class="field-label" for="${`${name}-${id}`}">${label}</label><select class="input" id="${`${name}-${id}`}" name="${name}">${options.map(([value, text]) => html`<option value="${value}">${text}</option>`)}</select></div>`;
  const what = better?.determinations.map((one) => [one, shared(language)(`determination.${one}`)] as const) ?? [];
  const clauses = better?.clauses.map((clause) => [clause.id, `${clause.number} ${clause.title[language]}`] as const) ?? [];
  return reviewForm(visit, {
    id,
    action: `/desk/break-glass/${id}/review`,
    title: say('review'),
    agrees: say('agrees'),
    objects: say(better ? 'objects.cleared' : 'objects'),
    because: say('because'),
    hint: html`${say('objects.hint')}${others.length > 0 && !better ? html` ${say('together.back')}` : null}`,
    instead: better && html`${select('determination', say('what'), what)}${select('clause', say('clause'), clauses)}`,
    typed: typed.decision === id ? (typed.because ?? '') : undefined,
  });
}
