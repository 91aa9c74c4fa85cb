import { badge } from '../foundation/html/badge.ts';
import { definitionList, said, threeColumns } from '../foundation/html/blocks.ts';
import { button } from '../foundation/html/button.ts';
import type { FieldError } from '../foundation/html/error-summary.ts';
import { field } from '../foundation/html/field.ts';
import { attributes, type Html, html, type Part } from '../foundation/html/html.ts';
import { dateTime, timeLeft } from '../foundation/html/times.ts';
import { ownNames } from '../foundation/i18n/language.ts';
import { staffTexts } from '../foundation/i18n/texts.ts';
import type { Resemblance } from '../procedure/returning/index.ts';
import { may } from '../staff/index.ts';
import type { AppealRead } from '../views/appeal.ts';
import { hint } from './account/hint.ts';
import { clauseChoice } from './case/clauses.ts';
import { decisionFacts } from './case/decided.ts';
import { life } from './case/life.ts';
import { material, whereabouts } from './case/material.ts';
import { type Extent, extentFields, measureChoices, milderChoices } from './case/measures.ts';
import { frame, proof, type Visit } from './frame.ts';
import { levelOf } from './queue.ts';
import { readers, readersOf } from './readers/readers.ts';
import { harmShort, words as shared, shortCode } from './words.ts';

const words = staffTexts({
  ms: {
    title: 'Rayuan {code}',
    said: 'Apa yang dikatakan, dan di mana',
    appeal: 'Rayuan dan keputusan yang dirayu',
    life: 'Riwayat kes',
    waiting: 'Menunggu orang kedua',
    upheld: 'Keputusan kekal',
    partly: 'Benar sebahagian',
    overturned: 'Keputusan ditukar',
    replaced: 'Sudah diganti',
    from: 'Daripada',
    received: 'Diterima',
    erased: 'Kata-kata perayu sudah dihapuskan.',
    contested: 'Keputusan yang dirayu',
    ruled: 'Jawapan kepada rayuan',
    reason: 'Sebab',
    bundle: 'Diputuskan bersama yang lain',
    'bundle.text': {
      other: '{count} lagi kandungan penulis ini diputuskan dalam himpunan yang sama. Jika keputusan ditukar, semuanya ditukar.',
    },
    alone: 'Tukar yang ini sahaja',
    when: 'Bila',
    case: 'Lihat kes {code}',
    answer: 'Apa jawapan anda?',
    'upheld.hint': 'Keputusan pertama betul. Perayu diberitahu sebabnya.',
    'overturned.hint':
      'Keputusan baharu menggantikannya dan dilaksanakan. Jika ia mengubah apa yang memerlukan dua orang, ia menunggu orang kedua.',
    'partly.hint':
      'Perayu betul sebahagian: antara keputusan ini dan apa yang diminta, atau yang sama dengan fasal, tempat atau tempoh lain.',
    'replaced.hint': 'Keputusan lain sudah menggantikannya, dan yang baharu itu betul. Perayu diberitahu sebabnya.',
    'replaced.note': 'Keputusan yang dirayu sudah diganti sementara itu. Jawab tentang keputusan yang baharu.',
    instead: 'Jika ditukar: apa yang perlu dibuat?',
    why: 'Mengapa?',
    'why.hint': 'Perayu akan membacanya.',
    send: 'Putuskan rayuan',
    held: 'Rayuan ini baru diputuskan; keputusan itu dilaksanakan sebentar lagi.',
    proposed: 'Satu jawapan sudah dicadangkan; ia mengubah apa yang memerlukan dua orang, dan menunggu orang kedua.',
    'proposed.see': 'Lihat cadangan itu',
    'partly.account.hint': 'Perayu betul sebahagian: tindakan yang lebih ringan menggantikannya.',
    another: 'Orang lain perlu memutuskan rayuan ini: keputusan pertama ialah keputusan anda.',
  },
  en: {
    title: 'Appeal {code}',
    said: 'What was said, and where',
    appeal: 'The appeal and the contested decision',
    life: 'The life of the case',
    waiting: 'Waiting for a second person',
    upheld: 'The decision stands',
    partly: 'Right in part',
    overturned: 'The decision is changed',
    replaced: 'Already replaced',
    from: 'From',
    received: 'Received',
    erased: 'The appellant’s words were erased.',
    contested: 'Contested decision',
    ruled: 'The answer to the appeal',
    reason: 'Reason',
    bundle: 'Decided together with others',
    'bundle.text': {
      one: '{count} more item of this author was decided in the same bundle. If the decision is changed, it is changed for it too.',
      other: '{count} more items of this author were decided in the same bundle. If the decision is changed, it is changed for all.',
    },
    alone: 'Change this one alone',
    when: 'When',
    case: 'See case {code}',
    answer: 'What is your answer?',
    'upheld.hint': 'The first decision was right. The appellant is told why.',
    'overturned.hint':
      'A new decision takes its place and is carried out. Where it changes what needed two people, it waits for a second person.',
    'partly.hint':
      'The appellant is right in part: something between this and what they ask for, or the same under another clause, in fewer places or for less time.',
    'replaced.hint': 'Another decision has taken its place, and that one is right. The appellant is told why.',
    'replaced.note': 'The contested decision has been replaced meanwhile. Answer about the new one.',
    instead: 'If it is changed: what is to be done?',
    why: 'Why?',
    'why.hint': 'The appellant will read it.',
    send: 'Decide the appeal',
    held: 'This appeal was decided just now; the decision is carried out in a moment.',
    proposed: 'An answer has been proposed; it changes what needed two people, and waits for a second person.',
    'proposed.see': 'See the proposal',
    'partly.account.hint': 'The appellant is right in part: a milder measure takes its place.',
    another: 'Somebody else must decide this appeal: the first decision was yours.',
  },
});

/** What somebody filled in before the page came back. */
export interface TypedRuling extends Extent {
  readonly outcome?: string;
  readonly determination?: string;
  readonly clause?: string;
  readonly reason?: string;
  readonly alone?: string;
}

export interface AppealShown {
  readonly typed?: TypedRuling;
  readonly errors?: readonly FieldError[];
  /** Of whose account the author's may be another. */
  readonly resembling?: readonly Resemblance[];
}

function hinted(visit: Visit, { item, guidelines }: AppealRead['case'], { resembling: found = [] }: AppealShown): Part {
  return item?.author ? hint(visit, { account: item.author, found, guidelines, in: 'appeal' }) : null;
}

/** An appeal in three columns, as a case is; who decided first is not named. */
export function appealPage(visit: Visit, read: AppealRead, shown: AppealShown): Promise<Html> {
  const { language, now, member } = visit;
  const say = words(language);
  const common = shared(language);
  const { appeal, contested, case: about } = read;
  const open = appeal.state === 'received';
  const held = about.held?.appeal === appeal.id;
  const proposed = about.proposed?.answers?.id === appeal.id ? about.proposed : null;
  const waits = held || proposed !== null;
  const allowed = may(member, 'appeal.decide', { type: 'appeal', ...read.madeBy, harm: about.of.harm }).allowed;
  return frame(visit, {
    title: say('title', { code: shortCode(appeal.id) }),
    active: 'appeals',
    ...(shown.errors ? { errors: shown.errors } : {}),
    body: html`<div class="standing">${badge({ level: levelOf(about.of), word: harmShort(about.of.harm, language) })}${
      open ? badge({ level: 'low', word: say('waiting') }) : badge({ level: 'good', word: say(appeal.outcome ?? 'upheld') })
    }${open && read.dueAt ? html`<span><span class="quiet">${common('due')}</span> ${timeLeft(now, read.dueAt, language)}</span>` : null}<a href="${`/desk/cases/${about.of.id}`}">${say('case', { code: shortCode(about.of.id) })}</a></div>
${threeColumns([
  {
    title: say('said'),
    body: html`${material(visit, about, `/desk/appeals/${appeal.id}/reveal`)}${whereabouts(visit, about)}${hinted(visit, about, shown)}`,
  },
  {
    title: say('appeal'),
    body: html`${read.text === null ? html`<p class="quiet">${say('erased')}</p>` : said(read.text, appeal.language)}${definitionList([
      [say('from'), html`${common(`side.${appeal.role}`)}, <span lang="${appeal.language}">${ownNames[appeal.language]}</span>`],
      [say('received'), dateTime(appeal.receivedAt, language)],
    ])}<section class="decision"><h3>${say('contested')}: ${common(`determination.${contested.determination as 'remove'}`).toLowerCase()}</h3>${decisionFacts(visit, contested, { blind: true })}</section>${
      waits
        ? html`<p class="notice">${say(held ? 'held' : 'proposed')}${proposed && html` <a href="${`/desk/approvals/${proposed.id}`}">${say('proposed.see')}</a>`}</p>`
        : open
          ? (allowed ? rulingForm(visit, read, shown) : html`<p class="notice">${say('another')}</p>`)
          : ruled(visit, read)
    }`,
  },
  {
    title: say('life'),
    body: life(visit, open ? { ...about, moments: about.moments.map((moment) => ({ ...moment, actor: null })) } : about),
  },
])}
${open && allowed && !waits ? html`<div class="act">${button({ kind: 'primary', text: say('send'), form: 'decide' })}</div>` : null}`,
  });
}

function ruled({ language }: Visit, { appeal, ruling }: AppealRead): Part {
  const say = words(language);
  return html`<section class="decision"><h3>${say('ruled')}: ${say(appeal.outcome ?? 'upheld').toLowerCase()}</h3>${definitionList([
    ruling === null ? null : [say('reason'), said(ruling)],
    appeal.decidedAt ? [say('when'), dateTime(appeal.decidedAt, language)] : null,
  ])}</section>`;
}

function rulingForm(visit: Visit, read: AppealRead, { typed = {}, errors = [] }: AppealShown): Html {
  const { appeal, contested, case: about } = read;
  const { language } = visit;
  const say = words(language);
  const common = shared(language);
  const account = contested.targetKind === 'account';
  const wrong = (name: string) => {
    const error = errors.find(({ field }) => field === name)?.message;
    return error ? { error } : {};
  };
  return html`<form class="judgement" id="decide" method="post" action="${`/desk/appeals/${appeal.id}/decide`}">${proof(visit)}${read.still ? null : html`<p class="notice">${say('replaced.note')}</p>`}${field(
    {
      kind: 'radios',
      language,
      name: 'outcome',
      label: say('answer'),
      choices: (read.still ? (['upheld', 'partly', 'overturned'] as const) : (['replaced', 'partly', 'overturned'] as const)).map(
        (value) => ({ value, label: say(value), hint: say(account && value === 'partly' ? 'partly.account.hint' : `${value}.hint`) }),
      ),
      ...(typed.outcome ? { value: typed.outcome } : {}),
      ...wrong('outcome'),
    },
  )}${field({
    kind: 'radios',
    language,
    name: 'determination',
    label: say('instead'),
    choices: account ? milderChoices(language, contested.determination) : measureChoices(language, about.item?.kind).toReversed(),
    ...(typed.determination ? { value: typed.determination } : {}),
    ...wrong('determination'),
  })}${
    account
      ? null
      : html`${extentFields(language, typed, errors)}<details ${attributes({ open: Boolean(typed.clause) || errors.some(({ field }) => field === 'clause') })}><summary>${common('clause.choose')}</summary>${clauseChoice(
          {
            language,
            guidelines: about.guidelines,
            harms: [about.of.harm, ...about.reports.map(({ harm }) => harm)],
            chosen: typed.clause,
            error: errors.find(({ field }) => field === 'clause')?.message,
          },
        )}</details>`
  }${bundled(visit, read, typed)}${field({
    kind: 'long',
    language,
    name: 'reason',
    label: say('why'),
    hint: say('why.hint'),
    rows: 4,
    maxlength: 5_000,
    ...(typed.reason ? { value: typed.reason } : {}),
    ...wrong('reason'),
  })}${readers(visit, [['appellant', appeal.language], ...readersOf(about)])}</form>`;
}

/** What else the ruling reaches, and the choice that it does not. */
function bundled({ language }: Visit, { appeal, alike }: AppealRead, { alone }: TypedRuling): Html | null {
  if (alike === 0 || appeal.role !== 'author') return null;
  const say = words(language);
  return html`<fieldset class="field"><legend class="field-label">${say('bundle')}</legend><p class="quiet">${say('bundle.text', { count: alike })}</p><label class="choice"><input ${attributes({ type: 'checkbox', id: 'alone', name: 'alone', value: 'yes', checked: alone === 'yes' })}><span>${say('alone')}</span></label></fieldset>`;
}
