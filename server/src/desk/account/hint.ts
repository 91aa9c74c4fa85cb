import { button } from '../../foundation/html/button.ts';
import type { FieldError } from '../../foundation/html/error-summary.ts';
import { field } from '../../foundation/html/field.ts';
import { attributes, type Html, html, type Part } from '../../foundation/html/html.ts';
import { dateTime } from '../../foundation/html/times.ts';
import type { Language } from '../../foundation/i18n/language.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import type * as policy from '../../policy/index.ts';
import type { Resemblance } from '../../procedure/returning/index.ts';
import { may } from '../../staff/index.ts';
import { proof, type Visit } from '../frame.ts';
import { clauseName } from '../words.ts';
import { hiddenFrom } from './lane.ts';

const words = staffTexts({
  ms: {
    title: 'Petunjuk: mungkin akaun yang pernah ditamatkan',
    text: 'Akaun ini dikenali melalui perkara yang sama dengan akaun yang ditamatkan. Ini hanya petunjuk: ia tidak memutuskan apa-apa, dan teguran akaun itu tidak dikira.',
    one: 'Akaun ditamatkan',
    because: 'Ditamatkan {when}: {clause}',
    same: 'Sama: {what}',
    device: 'peranti',
    email: 'e-mel',
    phone: 'telefon',
    payment: 'cara bayaran',
    network: 'rangkaian',
    'sure.low': 'Keyakinan rendah: banyak orang berkongsi perkara ini',
    'sure.medium': 'Keyakinan sederhana: satu perkara yang jarang dikongsi',
    'sure.high': 'Keyakinan tinggi: lebih daripada satu perkara yang jarang dikongsi',
    against: 'Yang menyangkalnya:',
    'one-thing': 'hanya satu perkara yang sama; keluarga berkongsi telefon dan peranti, dan barang terpakai dijual',
    common: 'ramai orang lain mempunyai perkara yang sama',
    before: 'akaun ini sudah ada sebelum akaun itu ditamatkan',
    contested: 'ada rayuan terhadap penamatan itu yang belum dijawab',
    age: 'umur yang dinyatakan berlainan',
    language: 'bahasa akaun berlainan',
    undo: 'Ini orang lain',
    which: 'Akaun yang mana?',
    why: 'Mengapa ini orang lain?',
    'why.missing': 'Tulis dalam satu ayat mengapa ini orang lain.',
    'why.hint': 'Hanya kakitangan membacanya. Kedua-dua akaun tidak akan dipautkan lagi; kes tetap perlu diputuskan.',
  },
  en: {
    title: 'Hint: perhaps an account that was ended',
    text: 'This account is known by the same as one that was ended. It is a hint: it decides nothing, and that account’s strikes do not count.',
    one: 'Ended account',
    because: 'Ended {when}: {clause}',
    same: 'The same: {what}',
    device: 'device',
    email: 'e-mail',
    phone: 'telephone',
    payment: 'means of payment',
    network: 'network',
    'sure.low': 'Low confidence: many people share this',
    'sure.medium': 'Medium confidence: one thing that strangers hardly share',
    'sure.high': 'High confidence: more than one thing that strangers hardly share',
    against: 'What speaks against it:',
    'one-thing': 'one thing alone is the same; families share a telephone and a device, and used ones are sold',
    common: 'many others have the same',
    before: 'this account was there before that one was ended',
    contested: 'an appeal against the end of that account waits for an answer',
    age: 'their ages were given differently',
    language: 'the accounts have different languages',
    undo: 'It is somebody else',
    which: 'Which account?',
    why: 'Why is it somebody else?',
    'why.missing': 'Write in a sentence why it is somebody else.',
    'why.hint': 'Only staff read it. The two are never linked again; the case is still to be decided.',
  },
});

/** Somebody says that it is another person, and not why. */
export function whyMissing(language: Language): FieldError {
  return { field: 'why', message: words(language)('why.missing') };
}

export interface Hinted {
  /** Whose account it is that resembles others. */
  readonly account: string;
  readonly found: readonly Resemblance[];
  readonly guidelines: Pick<policy.Policy, 'clauseOf'>;
  /** Where it stands, but for the account's own page: on that of a case one goes back to it; whoever hears an appeal says it by their answer. */
  readonly in?: { readonly case: string } | 'appeal';
  readonly errors?: readonly FieldError[];
}

/** That somebody whose account was ended may be back: which account, why it was ended, what is the same, how sure, and what speaks against it. Nothing where there is no sign of it. */
export function hint(visit: Visit, hinted: Hinted): Part {
  const { found, guidelines } = hinted;
  if (found.length === 0) return null;
  const { language } = visit;
  const say = words(language);
  const entry = ({ ended, by, harm, kinds, confidence, doubts }: Resemblance): Html => {
    const clause = hiddenFrom(visit, guidelines, { clause: by.clause, harm }) ?? clauseName(by.clause, guidelines, language);
    const because = say('because', { when: '{when}', clause }).split('{when}');
    return html`<li><a href="${`/desk/accounts/${ended}`}">${say('one')}</a> <span class="below">${because[0]}${dateTime(by.decidedAt, language)}${because[1]}</span><span class="below">${say('same', { what: kinds.map((kind) => say(kind as 'device')).join(', ') })}</span><span class="below">${say(`sure.${confidence}`)}</span>${
      doubts.length === 0
        ? null
        : html`<span class="below">${say('against')}</span><ul>${doubts.map((doubt) => html`<li>${say(doubt)}</li>`)}</ul>`
    }</li>`;
  };
  return html`<section class="notice">${hinted.in === undefined ? html`<h2>${say('title')}</h2>` : html`<h3>${say('title')}</h3>`}<p>${say('text')}</p><ul class="plain">${found.map(entry)}</ul>${undo(visit, hinted)}</section>`;
}

/** The form by which somebody says that it is another person. */
function undo(visit: Visit, { account, found, in: place, errors = [] }: Hinted): Part {
  if (place === 'appeal' || !may(visit.member, 'account.unlink', 'account').allowed) return null;
  const { language } = visit;
  const say = words(language);
  const [first] = found as [Resemblance, ...Resemblance[]];
  const wrong = errors.find((error) => error.field === 'why')?.message;
  const which =
    found.length === 1
      ? html`<input type="hidden" name="ended" value="${first.ended}">`
      : field({
          ...{ kind: 'radios', language, name: 'ended', label: say('which'), value: first.ended },
          choices: found.map(({ ended, by }, place) => ({
            value: ended,
            label: `${place + 1}. ${say('one')}`,
            hint: by.decidedAt.toISOString().slice(0, 10),
          })),
        });
  return html`<details ${attributes({ open: wrong !== undefined })}><summary>${say('undo')}</summary><form method="post" action="${`/desk/accounts/${account}/unlink`}">${proof(visit)}${place === undefined ? null : html`<input type="hidden" name="case" value="${place.case}">`}${which}${field({ kind: 'long', language, name: 'why', label: say('why'), hint: say('why.hint'), rows: 3, maxlength: 2_000, ...(wrong ? { error: wrong } : {}) })}${button({ text: say('undo') })}</form></details>`;
}
