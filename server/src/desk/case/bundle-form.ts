import { button } from '../../foundation/html/button.ts';
import { field } from '../../foundation/html/field.ts';
import { attributes, type Html, html } from '../../foundation/html/html.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import * as policy from '../../policy/index.ts';
import { outcomeOf, outcomeTable } from '../../procedure/moderation/index.ts';
import type { BundleMember } from '../../views/similar.ts';
import { proof, type Visit } from '../frame.ts';
import { readers, readersOfAll } from '../readers/readers.ts';
import { words as shared, shortCode } from '../words.ts';
import { suggested } from './case.ts';
import { clauseChoice } from './clauses.ts';
import { choicesOf, extentFields } from './measures.ts';
import type { BundleAbout, BundleShown } from './shown.ts';

const words = staffTexts({
  ms: {
    what: 'Apa yang perlu dibuat?',
    'what.hint': 'Yang boleh dibuat kepada setiap satu daripadanya.',
    except: 'Keputusan lain bagi yang ini',
    same: 'Sama seperti yang lain',
    measure: 'Apa yang dibuat kepada akaun penulis?',
    suggested: 'Seperti tangga tindakan, satu teguran bagi setiap penulis',
    nothing: 'Tiada apa-apa kepada sesiapa',
    lessened: 'Mengapa lebih ringan?',
    'lessened.hint': 'Hanya jika anda memilih kurang daripada tangga. Kakitangan sahaja membacanya.',
    again: 'Lihat apa yang akan berlaku',
    reason: 'Mengapa?',
    'reason.hint': 'Semua penulis akan membacanya.',
    preview: 'Siapa diberitahu',
    'preview.text':
      '{what}: {authors} penulis dimaklumkan ({author}), setiap seorang dengan satu notis yang menyenaraikan kandungannya; {reports} laporan dijawab ({reporter}).',
    nobody: 'tidak dimaklumkan',
    decide: 'Putuskan semuanya',
  },
  en: {
    what: 'What is to be done?',
    'what.hint': 'What can be done to every one of them.',
    except: 'Another determination for this one',
    same: 'As the others',
    measure: 'What is done to the authors’ accounts?',
    suggested: 'What the ladder has, one strike an author',
    nothing: 'Nothing to anybody',
    lessened: 'Why less?',
    'lessened.hint': 'Only if you choose less than the ladder has. Only staff read it.',
    again: 'Show what would follow',
    reason: 'Why?',
    'reason.hint': 'All authors will read it.',
    preview: 'Who is told',
    'preview.text':
      '{what}: {authors} authors are told ({author}), each in one notice that lists their items; {reports} reports are answered ({reporter}).',
    nobody: 'not told',
    decide: 'Decide all of it',
  },
});

/** What can be done to all that lies in a bundle. */
export function fitting(members: readonly BundleMember[]): readonly policy.FinalDetermination[] {
  return policy.determinationsForAll(members.map(({ kind }) => kind));
}

/** Whom each determination would be told to, from the table of outcomes. */
export function outcomesShown({ language }: Visit, { case: { desired }, bundle: { members } }: BundleAbout): Html {
  const say = words(language);
  const common = shared(language);
  const authors = new Set(members.flatMap(({ author }) => (author === null ? [] : [author]))).size;
  const reports = members.reduce((sum, member) => sum + member.reports, 0);
  const told = (cell: { readonly tell: string } | { readonly nothing: string }) => ('tell' in cell ? cell.tell : say('nobody'));
  return html`<details><summary>${say('preview')}</summary><ul class="plain">${fitting(members).map((determination) => {
    const row =
      outcomeTable[outcomeOf({ targetKind: 'item', stage: 'final', determination, appeal: null }, { measured: desired !== 'visible' })];
    return html`<li>${say('preview.text', {
      what: common(`determination.${determination}`),
      authors: 'tell' in row.author ? authors : 0,
      author: told(row.author),
      reports,
      reporter: told(row.reporter),
    })}</li>`;
  })}</ul></details>`;
}

/** The decision: what for all, what otherwise for which, where and how long, what for the accounts, and why. */
export function decideForm(visit: Visit, read: BundleAbout, { typed = {}, errors = [] }: BundleShown): Html {
  const { language } = visit;
  const say = words(language);
  const common = shared(language);
  const at = `/desk/cases/${read.case.of.id}/bundle`;
  const wrong = (name: string) => {
    const message = errors.find((error) => error.field === name)?.message;
    return message === undefined ? {} : { error: message };
  };
  const exception = (member: BundleMember) =>
    html`<li><label>${shortCode(member.id)} <select class="input" name="except"><option value="">${say('same')}</option>${policy
      .determinationsFor(member.kind)
      .map((determination) => {
        const value = `${member.id} ${determination}`;
        return html`<option ${attributes({ value, selected: typed.except?.includes(value) ?? false })}>${common(`determination.${determination}`)}</option>`;
      })}</select></label></li>`;
  return html`<form class="judgement" id="decide-bundle" method="post" action="${`${at}/decide`}">${proof(visit)}${clauseChoice({
    language,
    guidelines: read.case.guidelines,
    harms: [read.case.of.harm],
    chosen: typed.clause ?? suggested(read.case),
    error: errors.find((error) => error.field === 'clause')?.message,
  })}${field({
    kind: 'radios',
    language,
    name: 'determination',
    label: say('what'),
    hint: say('what.hint'),
    choices: choicesOf(language, fitting(read.bundle.members)),
    ...(typed.determination ? { value: typed.determination } : {}),
    ...wrong('determination'),
  })}${extentFields(language, typed, errors)}${field({
    kind: 'radios',
    language,
    name: 'measure',
    label: say('measure'),
    choices: (['suggested', 'nothing'] as const).map((value) => ({ value, label: say(value) })),
    value: typed.measure ?? 'suggested',
    ...wrong('measure'),
  })}${field({
    kind: 'long',
    language,
    name: 'lessened',
    label: say('lessened'),
    hint: say('lessened.hint'),
    rows: 2,
    maxlength: 2_000,
    optional: true,
    ...(typed.lessened ? { value: typed.lessened } : {}),
    ...wrong('lessened'),
  })}${button({ text: say('again'), formaction: `${at}/preview` })}${field({
    kind: 'long',
    language,
    name: 'reason',
    label: say('reason'),
    hint: say('reason.hint'),
    rows: 4,
    maxlength: 5_000,
    ...(typed.reason ? { value: typed.reason } : {}),
    ...wrong('reason'),
  })}${readers(visit, readersOfAll(read.bundle.members))}<details ${attributes({ open: typed.except?.some((one) => one !== '') ?? false })}><summary>${say('except')}</summary><ul class="plain">${read.bundle.members.map(exception)}</ul></details>${button({ kind: 'primary', text: say('decide') })}</form>`;
}
