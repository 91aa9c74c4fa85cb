import { said } from '../../foundation/html/blocks.ts';
import { button } from '../../foundation/html/button.ts';
import type { FieldError } from '../../foundation/html/error-summary.ts';
import { field } from '../../foundation/html/field.ts';
import type { Html, Part } from '../../foundation/html/html.ts';
import { attributes, html } from '../../foundation/html/html.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import { bulk } from '../../procedure/casework/index.ts';
import { outcomeOf, outcomeTable } from '../../procedure/moderation/index.ts';
import type { CaseRead } from '../../views/case-life.ts';
import type { BundleMember, BundleRead } from '../../views/similar.ts';
import { frame, proof, type Visit } from '../frame.ts';
import { words as shared, shortCode } from '../words.ts';
import { clauseChoice } from './clauses.ts';
import type { Typed } from './shown.ts';

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
    guarded: 'Teks tidak ditunjukkan di sini: bahan ini mungkin mengganggu anda.',
    erased: 'Teks sudah dihapuskan.',
    decide: 'Putuskan semuanya',
    what: 'Apa yang perlu dibuat?',
    except: 'Keputusan lain bagi yang ini',
    same: 'Sama seperti yang lain',
    reason: 'Mengapa?',
    'reason.hint': 'Semua penulis akan membacanya.',
    preview: 'Apa yang akan berlaku',
    'preview.text':
      '{what}: {authors} penulis dimaklumkan ({author}), setiap seorang dengan satu notis yang menyenaraikan kandungannya; {reports} laporan dijawab ({reporter}).',
    nobody: 'tidak dimaklumkan',
    take: 'Pegang kes ini dahulu, di halamannya, untuk memutuskan.',
    bulk: 'Lebih daripada {bulk} sekali gus: orang lain yang memutuskannya, bukan orang yang menghimpunkannya.',
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
    guarded: 'The text is not shown here: this material may distress you.',
    erased: 'The text was erased.',
    decide: 'Decide all of it',
    what: 'What is to be done?',
    except: 'Another determination for this one',
    same: 'As the others',
    reason: 'Why?',
    'reason.hint': 'All authors will read it.',
    preview: 'What will happen',
    'preview.text':
      '{what}: {authors} authors are told ({author}), each in one notice that lists their items; {reports} reports are answered ({reporter}).',
    nobody: 'not told',
    take: 'Take the case first, on its page, to decide.',
    bulk: 'More than {bulk} at once: somebody else decides than who gathered them.',
    back: 'To the case',
  },
});

interface Read {
  readonly case: CaseRead;
  readonly bundle: BundleRead;
}
interface Shown {
  readonly typed?: Typed;
  readonly errors?: readonly FieldError[];
}

/** A bundle on one page: what is in it, what could be, what would follow, and the decision. */
export function bundlePage(visit: Visit, read: Read, shown: Shown): Promise<Html> {
  const say = words(visit.language);
  const { of, holder } = read.case;
  const { members } = read.bundle;
  const open = of.state === 'open' && read.case.work.bundle === null;
  const mine = open && holder?.id === visit.member.id;
  return frame(visit, {
    title: say('title', { code: shortCode(of.id) }),
    active: 'queue',
    ...(shown.errors ? { errors: shown.errors } : {}),
    body: html`<p class="lead">${say('lead')}</p><p>${button({ text: say('back'), href: `/desk/cases/${of.id}` })}</p>${
      members.length > bulk ? html`<p><strong>${say('bulk', { bulk })}</strong></p>` : null
    }<section><h2>${say('inside', { count: members.length })}</h2>${inside(visit, read, open)}</section>${
      open ? html`<section><h2>${say('similar')}</h2>${suggestions(visit, read)}</section>` : null
    }${open && members.length > 1 ? html`<section><h2>${say('decide')}</h2>${preview(visit, read)}${mine ? decideForm(visit, read, shown) : html`<p>${say('take')}</p>`}</section>` : null}`,
  });
}

function item(visit: Visit, { case: { guarded, mayLook, of } }: Read, member: BundleMember): Part {
  const say = words(visit.language);
  return html`<span class="code">${shortCode(member.id)}</span> <span class="quiet">${member.authorName ?? shared(visit.language)('no-name')}</span>${
    guarded || !mayLook
      ? html`<span class="below">${say('guarded')}</span>`
      : member.text === null
        ? html`<span class="below">${say('erased')}</span>`
        : said(member.text, of.language)
  }`;
}

/** To one of the cases by itself. */
function look({ language }: Visit, { id }: BundleMember): Html {
  return button({ text: shared(language)('case.title', { code: shortCode(id) }), href: `/desk/cases/${id}` });
}

function inside(visit: Visit, read: Read, open: boolean): Html {
  const say = words(visit.language);
  const [lead, ...others] = read.bundle.members;
  const tick = (member: BundleMember) =>
    html`<li><label class="choice"><input ${attributes({ type: 'checkbox', name: 'case', value: member.id })}><span>${item(visit, read, member)}</span></label>${look(visit, member)}</li>`;
  return html`<form method="post" action="${`/desk/cases/${read.case.of.id}/bundle/take-out`}">${proof(visit)}<ul class="plain">${lead ? html`<li>${item(visit, read, lead)}</li>` : null}${others.map(tick)}</ul>${
    open && others.length > 0 ? button({ text: say('out') }) : null
  }</form>`;
}

function suggestions(visit: Visit, read: Read): Html {
  const say = words(visit.language);
  const found = read.bundle.suggestions;
  if (found.length === 0) return html`<p class="quiet">${say('similar.none')}</p>`;
  return html`<p class="quiet">${say('similar.text')}</p><form method="post" action="${`/desk/cases/${read.case.of.id}/bundle/gather`}">${proof(visit)}<ul class="plain">${found.map(
    (one) =>
      html`<li><label class="choice"><input ${attributes({ type: 'checkbox', name: 'case', value: [one.id, ...one.why].join(' ') })}><span>${item(visit, read, one)}<span class="below">${one.why.map((why) => say(`why.${why}`)).join(', ')}</span></span></label>${look(visit, one)}</li>`,
  )}</ul>${button({ text: say('bring') })}</form>`;
}

/** What each determination would bring about, from the table of outcomes. */
function preview({ language }: Visit, { case: { desired }, bundle: { members } }: Read): Html {
  const say = words(language);
  const common = shared(language);
  const authors = new Set(members.flatMap(({ author }) => (author === null ? [] : [author]))).size;
  const reports = members.reduce((sum, member) => sum + member.reports, 0);
  const told = (cell: { readonly tell: string } | { readonly nothing: string }) => ('tell' in cell ? cell.tell : say('nobody'));
  return html`<h3>${say('preview')}</h3><ul class="plain">${(['remove', 'label', 'none'] as const).map((determination) => {
    const row =
      outcomeTable[outcomeOf({ targetKind: 'item', stage: 'final', determination, appeal: null }, { measured: desired !== 'visible' })];
    return html`<li>${say('preview.text', {
      what: common(`determination.${determination}`),
      authors: 'tell' in row.author ? authors : 0,
      author: told(row.author),
      reports,
      reporter: told(row.reporter),
    })}</li>`;
  })}</ul>`;
}

function decideForm(visit: Visit, read: Read, { typed = {}, errors = [] }: Shown): Html {
  const { language } = visit;
  const say = words(language);
  const common = shared(language);
  const wrong = (name: string) => {
    const message = errors.find((error) => error.field === name)?.message;
    return message === undefined ? {} : { error: message };
  };
  const exception = (member: BundleMember) =>
    html`<li><label>${shortCode(member.id)} <select class="input" name="except"><option value="">${say('same')}</option>${(
      ['remove', 'label', 'none'] as const
    ).map(
      (determination) => html`<option value="${`${member.id} ${determination}`}">${common(`determination.${determination}`)}</option>`,
    )}</select></label></li>`;
  return html`<form class="judgement" method="post" action="${`/desk/cases/${read.case.of.id}/bundle/decide`}">${proof(visit)}${clauseChoice(
    {
      language,
      guidelines: read.case.guidelines,
      harms: [read.case.of.harm],
      chosen: typed.clause ?? read.case.decisions.at(-1)?.clause ?? undefined,
      error: errors.find((error) => error.field === 'clause')?.message,
    },
  )}${field({
    kind: 'radios',
    language,
    name: 'determination',
    label: say('what'),
    choices: (['remove', 'label', 'none'] as const).map((value) => ({ value, label: common(`determination.${value}`) })),
    ...(typed.determination ? { value: typed.determination } : {}),
    ...wrong('determination'),
  })}${field({
    kind: 'long',
    language,
    name: 'reason',
    label: say('reason'),
    hint: say('reason.hint'),
    rows: 4,
    maxlength: 5_000,
    ...(typed.reason ? { value: typed.reason } : {}),
    ...wrong('reason'),
  })}<details><summary>${say('except')}</summary><ul class="plain">${read.bundle.members.map(exception)}</ul></details>${button({ kind: 'primary', text: say('decide') })}</form>`;
}
