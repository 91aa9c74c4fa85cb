import type { FieldError } from '../../foundation/html/error-summary.ts';
import { field } from '../../foundation/html/field.ts';
import { attributes, type Html, html } from '../../foundation/html/html.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import type { ProposalRead } from '../../views/approvals/proposal.ts';
import { clauseChoice } from '../case/clauses.ts';
import { extentFields, measureChoices } from '../case/measures.ts';
import { proof, type Visit } from '../frame.ts';
import { readers, readersOf } from '../readers/readers.ts';
import { words as shared } from '../words.ts';

const words = staffTexts({
  ms: {
    reason: 'Sebab',
    answer: 'Apa pendapat anda?',
    confirmed: 'Setuju: laksanakan',
    'confirmed.hint': 'Keputusan dibuat atas nama dua orang.',
    changed: 'Putuskan yang lain',
    'changed.hint': 'Jika yang lain itu juga memerlukan dua orang, ia menunggu orang lain pula.',
    refused: 'Kembalikan ke giliran',
    'refused.hint': 'Tiada keputusan; kes itu dilihat semula. Kandungan kekal dilindungi.',
    'refused.answer': 'Tidak setuju: kembalikan',
    'refused.answer.hint': 'Tiada apa-apa berubah: yang diputuskan dahulu kekal, dan orang lain menjawabnya semula.',
    instead: 'Jika lain: apa?',
    'reason.hint': 'Perlu apabila anda tidak bersetuju.',
  },
  en: {
    reason: 'Reason',
    answer: 'What do you say?',
    confirmed: 'I agree: carry it out',
    'confirmed.hint': 'It becomes a decision of two people.',
    changed: 'Decide otherwise',
    'changed.hint': 'If that needs two people as well, it waits for another one.',
    refused: 'Give it back to the queue',
    'refused.hint': 'No decision; the case is looked at anew. The content stays protected.',
    'refused.answer': 'I do not agree: give it back',
    'refused.answer.hint': 'Nothing changes: what was decided before stands, and somebody answers anew.',
    instead: 'If otherwise: what?',
    'reason.hint': 'Needed where you do not agree.',
  },
});

/** What somebody filled in before the page came back. */
export interface TypedSettling {
  readonly outcome?: string;
  readonly determination?: string;
  readonly clause?: string;
  readonly reason?: string;
  readonly territory?: string;
  readonly days?: string;
}

/** What a second person says of a proposal. */
export function settlingForm(
  visit: Visit,
  { proposal, case: about }: ProposalRead,
  { typed = {}, errors = [] }: { readonly typed?: TypedSettling; readonly errors?: readonly FieldError[] },
): Html {
  const { language } = visit;
  const say = words(language);
  const common = shared(language);
  const wrong = (name: string) => {
    const error = errors.find((one) => one.field === name)?.message;
    return error ? { error } : {};
  };
  const whole = proposal.bundle === null && proposal.answers === null;
  const instead = () =>
    html`${field({
      kind: 'radios',
      language,
      name: 'determination',
      label: say('instead'),
      optional: true,
      choices: measureChoices(language, about.item?.kind),
      ...(typed.determination ? { value: typed.determination } : {}),
      ...wrong('determination'),
    })}${extentFields(language, typed, errors)}<details ${attributes({ open: Boolean(typed.clause) || errors.some((one) => one.field === 'clause') })}><summary>${common('clause.choose')}</summary>${clauseChoice(
      {
        language,
        guidelines: about.guidelines,
        harms: [about.of.harm, ...about.reports.map(({ harm }) => harm)],
        chosen: typed.clause,
        error: errors.find((one) => one.field === 'clause')?.message,
      },
    )}</details>`;
  return html`<form class="judgement" id="settle" method="post" action="${`/desk/approvals/${proposal.id}/settle`}">${proof(visit)}${field({
    kind: 'radios',
    language,
    name: 'outcome',
    label: say('answer'),
    // A bundle is changed by whoever gathers it, what answers somebody by whoever hears them next.
    choices: (whole ? (['confirmed', 'changed', 'refused'] as const) : (['confirmed', 'refused'] as const)).map((value) => ({
      value,
      label: say(value === 'refused' && proposal.answers ? 'refused.answer' : value),
      hint: say(value === 'refused' && proposal.answers ? 'refused.answer.hint' : `${value}.hint`),
    })),
    ...(typed.outcome ? { value: typed.outcome } : {}),
    ...wrong('outcome'),
  })}${whole ? instead() : null}${field({
    kind: 'long',
    language,
    name: 'reason',
    label: say('reason'),
    hint: say('reason.hint'),
    rows: 4,
    maxlength: 5_000,
    optional: true,
    ...(typed.reason ? { value: typed.reason } : {}),
    ...wrong('reason'),
  })}${readers(visit, readersOf(about))}</form>`;
}
